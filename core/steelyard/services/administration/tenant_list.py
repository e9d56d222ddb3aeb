"""Listing tenants."""

from __future__ import annotations

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.services.administration.tenants import require_operator
from steelyard.services.context import View
from steelyard.store import tenants
from steelyard.store.tenants import TenantRecord


async def all_tenants(view: View, actor: Actor, scope: Scope) -> list[TenantRecord]:
    """All tenants by code. Needs tenant.manage in the tenant that operates the installation."""
    actor.require(Permission.TENANT_MANAGE)
    async with view.context.database.read(scope) as reader:
        await require_operator(reader, scope)
        return await tenants.load(reader)
