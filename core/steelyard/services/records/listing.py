"""Imports of records as somebody may see them, and the files of their rejected rows.

An import tells of all units in its file. It is shown to who made it, to those who hold `record.read` on the
whole tenant, and to those who hold it on all units of its rows, where none was rejected: rejected rows may be
of anybody. To all others it is not there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem
from steelyard.services.context import View
from steelyard.services.records.problems import NO_REJECTS
from steelyard.store import record_imports
from steelyard.store.problems import RECORD_IMPORT_NOT_FOUND
from steelyard.store.record_imports import RecordImportRecord, Sight


class _OfTable(TypedDict):
    pack: str | None
    record_table: str | None


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """Some of `total` imports, the newest first; before the first of them there are `start`."""

    records: tuple[RecordImportRecord, ...]
    start: int
    total: int


async def list_imports(
    view: View, actor: Actor, scope: Scope, *, table: str | None = None
) -> list[RecordImportRecord]:
    """The imports that the actor may see, the newest first; of one table by its full name."""
    async with view.context.database.read(scope) as reader:
        return await record_imports.load(reader, scope, sight=_sight(actor), **_of_table(table))


async def page_of_imports(
    view: View, actor: Actor, scope: Scope, *, limit: int, before: int | None = None, table: str | None = None
) -> ImportsPage:
    """As `list_imports`, at most `limit` of them with a number below `before`. Two statements."""
    sight, of_table = _sight(actor), _of_table(table)
    async with view.context.database.read(scope) as reader:
        found = await record_imports.load(reader, scope, before=before, limit=limit, sight=sight, **of_table)
        total, rest = await record_imports.count(reader, scope, before=before, sight=sight, **of_table)
    return ImportsPage(tuple(found), total - rest, total)


async def seen_among(view: View, actor: Actor, scope: Scope, import_ids: Collection[int]) -> frozenset[int]:
    """Which of some imports the actor may see; who reads all records sees all of them."""
    if actor.may(Permission.RECORD_READ):
        return frozenset(import_ids)
    async with view.context.database.read(scope) as reader:
        found = await record_imports.load(reader, scope, import_ids=import_ids, sight=_sight(actor))
    return frozenset(each.id for each in found)


async def find_import(view: View, actor: Actor, scope: Scope, import_id: int) -> RecordImportRecord:
    """One import; NotFound (RECORD_IMPORT_NOT_FOUND), also for one that the actor may not see."""
    async with view.context.database.read(scope) as reader:
        found = await record_imports.load(reader, scope, import_ids=[import_id], sight=_sight(actor))
    if not found:
        raise NotFound(Problem(RECORD_IMPORT_NOT_FOUND, values={"import": import_id}))
    return found[0]


async def rejects_file(view: View, actor: Actor, scope: Scope, import_id: int) -> Path:
    """The file of an import's rejected rows; NotFound (NO_REJECTS) where all were stored."""
    found = await find_import(view, actor, scope, import_id)
    if found.rejects is None:
        raise NotFound(Problem(NO_REJECTS, values={"import": import_id}))
    return (await view.context.content.of(scope)).path(found.rejects)


def _sight(actor: Actor) -> Sight | None:
    held = actor.units(Permission.RECORD_READ)
    return None if held is None else Sight(actor.id, held)


def _of_table(table: str | None) -> _OfTable:
    pack, _, name = (table or "").rpartition(".")
    return {"pack": pack or None, "record_table": name or None}
