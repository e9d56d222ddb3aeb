"""Imports of records as somebody may see them, and the files of their rejected rows.

An import tells of all units in its file. It is shown to who made it, to those who hold `record.read` on the
whole tenant, and to those who hold it on all units of its rows, where none was rejected: rejected rows may be
of anybody. To all others it is not there.
"""

from __future__ import annotations

from pathlib import Path

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem
from steelyard.services.context import View
from steelyard.services.records.problems import NO_REJECTS
from steelyard.store import record_imports
from steelyard.store.problems import RECORD_IMPORT_NOT_FOUND
from steelyard.store.record_imports import RecordImportRecord
from steelyard.store.transaction import Reader


async def list_imports(
    view: View, actor: Actor, scope: Scope, *, table: str | None = None
) -> list[RecordImportRecord]:
    """The imports that the actor may see, the newest first; of one table by its full name."""
    pack, _, name = (table or "").rpartition(".")
    async with view.context.database.read(scope) as reader:
        found = await record_imports.load(reader, scope, pack=pack or None, record_table=name or None)
        return await _shown(reader, actor, scope, found)


async def find_import(view: View, actor: Actor, scope: Scope, import_id: int) -> RecordImportRecord:
    """One import; NotFound (RECORD_IMPORT_NOT_FOUND), also for one that the actor may not see."""
    async with view.context.database.read(scope) as reader:
        found = await record_imports.load(reader, scope, import_ids=[import_id])
        shown = await _shown(reader, actor, scope, found)
    if not shown:
        raise NotFound(Problem(RECORD_IMPORT_NOT_FOUND, values={"import": import_id}))
    return shown[0]


async def rejects_file(view: View, actor: Actor, scope: Scope, import_id: int) -> Path:
    """The file of an import's rejected rows; NotFound (NO_REJECTS) where all were stored."""
    found = await find_import(view, actor, scope, import_id)
    if found.rejects is None:
        raise NotFound(Problem(NO_REJECTS, values={"import": import_id}))
    return (await view.context.content.of(scope)).path(found.rejects)


async def _shown(
    reader: Reader, actor: Actor, scope: Scope, found: list[RecordImportRecord]
) -> list[RecordImportRecord]:
    if actor.may(Permission.RECORD_READ):
        return found
    clean = [each.id for each in found if not each.rejected]
    tenant = Scope(scope.tenant_id)
    extents = await record_imports.extents(reader, tenant, clean)
    return [
        each
        for each in found
        if each.recorded_by == actor.id
        or (
            extents.get(each.id)
            and actor.may(Permission.RECORD_READ, [extent.unit_id for extent in extents[each.id]])
        )
    ]
