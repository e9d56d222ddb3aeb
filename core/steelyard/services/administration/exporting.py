"""Exporting a tenant: everything that is kept of it, as a zip file; the act stands before the first byte."""

from __future__ import annotations

from typing import IO

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.services.administration import chain
from steelyard.services.administration.perform import apply, claimed, refuse_problems
from steelyard.services.administration.tenants import ExportTenant
from steelyard.services.administration.texts import reason_problems
from steelyard.services.context import View
from steelyard.store import migrate, tenant_export
from steelyard.store.acts import ActRecord


async def export_tenant(
    view: View, actor: Actor, scope: Scope, *, tenant: str, target: IO[bytes], reason: str
) -> ActRecord:
    """Write all that is kept of a tenant into `target`. It never waits: who asks is who gets the file.

    Raises InvalidInput without a reason, Forbidden, NotFound and Conflict as the other deeds of tenants do,
    and ConfigError where the database is newer than this version.
    """
    refuse_problems([*reason_problems(reason)])
    # A newer database has what this version would leave out.
    await migrate.require_current(view.context.database)
    deed = ExportTenant(tenant)
    async with claimed(view, scope, deed.topics) as writer:
        change = await apply(writer, actor, scope, deed)
        act = await chain.append(writer, scope, actor, deed.name, change, reason=reason)
    theirs = Scope(change.result.id)
    store = view.context.content
    files = await store.of(theirs) if await store.has(theirs) else None
    async with view.context.database.read(theirs) as reader:
        await tenant_export.write(reader, theirs, target, files)
    return act
