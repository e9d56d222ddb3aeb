"""Imports of records: what each stored and rejected, of which units and days, and which were withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, NotFound, Problem
from steelyard.store import stamps
from steelyard.store.problems import RECORD_IMPORT_NOT_FOUND, RECORD_IMPORT_WITHDRAWN
from steelyard.store.tables import IMPORT_BATCH, RECORD_EXTENT, RECORD_IMPORT, RECORD_WITHDRAWAL
from steelyard.store.transaction import Reader, Writer


@dataclass(frozen=True, slots=True)
class NewRecordImport:
    """What an import of records is, beside who did it and when.

    pack, record_table: whose records. adapter: how they were read. declaration: the hash of the table as it
    was declared. part, rejects: the contents (sha256 in hex) of its files, None where no row went there.
    superseded: records of earlier imports that have the key of one of its rows. notes: columns that were
    ignored, by name.
    """

    pack: str
    record_table: str
    adapter: str
    declaration: str
    part: str | None
    rejects: str | None
    stored: int
    rejected: int
    superseded: int
    blank: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordExtent:
    """From which day to which, both included, an import has rows of a unit, and how many."""

    unit_id: int
    first_day: date
    last_day: date
    rows: int


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That the rows of an import do not count any more."""

    withdrawn_at: datetime
    withdrawn_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordImportRecord:
    """One import of records; `id` is the number of its import."""

    id: int
    file_name: str
    content: str
    recorded_at: datetime
    recorded_by: str
    pack: str
    record_table: str
    adapter: str
    declaration: str
    part: str | None
    rejects: str | None
    stored: int
    rejected: int
    superseded: int
    blank: int
    notes: tuple[str, ...]
    withdrawal: Withdrawal | None

    @property
    def table(self) -> str:
        """The full name of its table: `<pack>.<table>`."""
        return f"{self.pack}.{self.record_table}"


@dataclass(frozen=True, slots=True)
class PartInForce:
    """A part whose rows count. Of rows with the same key that of the largest `import_id` does."""

    import_id: int
    part: str


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks: they see the imports that `maker` made, and those without rejected rows whose units are all
    among `unit_ids`.
    """

    maker: str
    unit_ids: frozenset[int]


def topic(pack: str, record_table: str) -> str:
    """The topic of the version stamp of a table's records: imports, withdrawals, feeds."""
    return f"records:{pack}.{record_table}"


async def record(
    writer: Writer, scope: Scope, import_id: int, new: NewRecordImport, extents: Sequence[RecordExtent]
) -> None:
    """Record what an import stored, beside its row in `import_batch`."""
    await stamps.claim(writer, scope, topic(new.pack, new.record_table))
    values = {name: getattr(new, name) for name in NewRecordImport.__slots__}
    mine = {"tenant_id": scope.tenant_id, "import_id": import_id}
    await writer.run(RECORD_IMPORT.insert(), [{**mine, **values, "notes": list(new.notes)}])
    rows = [{**mine, **{name: getattr(each, name) for name in RecordExtent.__slots__}} for each in extents]
    await writer.append(RECORD_EXTENT, rows)
    await stamps.advance(writer, scope, topic(new.pack, new.record_table))


async def withdraw(writer: Writer, scope: Scope, found: RecordImportRecord, reason: str, by: Actor) -> None:
    """Take an import's rows out of force; Conflict (RECORD_IMPORT_WITHDRAWN) where they are."""
    await stamps.claim(writer, scope, topic(found.pack, found.record_table))
    if (await get(writer, scope, found.id)).withdrawal is not None:
        raise Conflict(Problem(RECORD_IMPORT_WITHDRAWN, values={"import": found.id}))
    row = {
        "tenant_id": scope.tenant_id,
        "import_id": found.id,
        "withdrawn_at": writer.now,
        "withdrawn_by": by.id,
        "reason": reason,
    }
    await writer.run(RECORD_WITHDRAWAL.insert(), [row])
    await stamps.advance(writer, scope, topic(found.pack, found.record_table))


async def load(
    reader: Reader,
    scope: Scope,
    *,
    pack: str | None = None,
    record_table: str | None = None,
    import_ids: Collection[int] | None = None,
    before: int | None = None,
    limit: int | None = None,
    sight: Sight | None = None,
) -> list[RecordImportRecord]:
    """Return imports of records, the newest first: all, a table's, those named, those before a number.

    sight: only what somebody sees.
    """
    query = _query(scope)
    if sight is not None:
        query = query.where(_seen(reader, scope, sight))
    if pack is not None:
        query = query.where(RECORD_IMPORT.c.pack == pack)
    if record_table is not None:
        query = query.where(RECORD_IMPORT.c.record_table == record_table)
    if import_ids is not None:
        query = query.where(reader.within(RECORD_IMPORT.c.import_id, import_ids))
    if before is not None:
        query = query.where(RECORD_IMPORT.c.import_id < before)
    query = query.order_by(RECORD_IMPORT.c.import_id.desc()).limit(limit)
    return [_record(row) for row in await reader.rows(query)]


async def get(reader: Reader, scope: Scope, import_id: int) -> RecordImportRecord:
    """Return one; NotFound (RECORD_IMPORT_NOT_FOUND)."""
    row = await reader.first(_query(scope).where(RECORD_IMPORT.c.import_id == import_id))
    if row is None:
        raise NotFound(Problem(RECORD_IMPORT_NOT_FOUND, values={"import": import_id}))
    return _record(row)


async def find(reader: Reader, scope: Scope, content: str) -> RecordImportRecord | None:
    """Return the import of this content (sha256 in hex of all that decides what is imported)."""
    row = await reader.first(_query(scope).where(IMPORT_BATCH.c.content == content))
    return None if row is None else _record(row)


async def in_force(reader: Reader, scope: Scope, pack: str, record_table: str) -> list[PartInForce]:
    """Return the parts of a table whose rows count, in the order of their imports."""
    found = await load(reader, scope, pack=pack, record_table=record_table)
    counted = [each for each in reversed(found) if each.part is not None and each.withdrawal is None]
    return [PartInForce(each.id, str(each.part)) for each in counted]


async def extents(reader: Reader, scope: Scope, import_ids: Collection[int]) -> dict[int, list[RecordExtent]]:
    """Return what imports have of the units in scope, by import, then by unit id."""
    table = RECORD_EXTENT.c
    shown = [table[name] for name in RecordExtent.__slots__]
    query = select(table.import_id, *shown).where(table.tenant_id == scope.tenant_id)
    query = query.where(reader.within(table.import_id, import_ids)).order_by(table.import_id, table.unit_id)
    if scope.unit_ids is not None:
        query = query.where(reader.within(table.unit_id, scope.unit_ids))
    found: dict[int, list[RecordExtent]] = {each: [] for each in import_ids}
    for import_id, *extent in await reader.rows(query):
        found[import_id].append(RecordExtent(*extent))
    return found


async def count(
    reader: Reader,
    scope: Scope,
    *,
    pack: str | None = None,
    record_table: str | None = None,
    before: int | None = None,
    sight: Sight | None = None,
) -> tuple[int, int]:
    """Return how many imports of records there are, and how many have a lower number than `before`."""
    number, batch = RECORD_IMPORT.c.import_id, IMPORT_BATCH.c
    earlier = func.count() if before is None else func.count().filter(number < before)
    query = (
        select(func.count(), earlier)
        .select_from(RECORD_IMPORT)
        .join(IMPORT_BATCH, batch.id == number)
        .where(RECORD_IMPORT.c.tenant_id == scope.tenant_id, batch.tenant_id == scope.tenant_id)
    )
    if pack is not None:
        query = query.where(RECORD_IMPORT.c.pack == pack)
    if record_table is not None:
        query = query.where(RECORD_IMPORT.c.record_table == record_table)
    if sight is not None:
        query = query.where(_seen(reader, scope, sight))
    [row] = await reader.rows(query)
    return row[0], row[1]


def _seen(reader: Reader, scope: Scope, sight: Sight) -> ColumnElement[bool]:
    extent, of = RECORD_EXTENT.c, RECORD_IMPORT.c
    # The import is that of the query around it; each part says by itself whose rows it is about.
    of_import = (
        extent.tenant_id == scope.tenant_id,
        of.tenant_id == scope.tenant_id,
        extent.import_id == of.import_id,
    )
    hidden = exists().where(*of_import, not_(reader.within(extent.unit_id, sight.unit_ids)))
    clean = and_(of.rejected == 0, exists().where(*of_import), not_(hidden))
    return or_(IMPORT_BATCH.c.recorded_by == sight.maker, clean)


def _query(scope: Scope) -> Select[Any]:
    batch, taken = IMPORT_BATCH.c, RECORD_WITHDRAWAL.c
    withdrawn = (taken.import_id == RECORD_IMPORT.c.import_id) & (taken.tenant_id == scope.tenant_id)
    query: Select[Any] = select(
        RECORD_IMPORT,
        batch.file_name,
        batch.content,
        batch.recorded_at,
        batch.recorded_by,
        taken.withdrawn_at,
        taken.withdrawn_by,
        taken.reason,
    )
    return (
        query.join(IMPORT_BATCH, batch.id == RECORD_IMPORT.c.import_id)
        .outerjoin(RECORD_WITHDRAWAL, withdrawn)
        .where(RECORD_IMPORT.c.tenant_id == scope.tenant_id, batch.tenant_id == scope.tenant_id)
    )


def _record(row: Any) -> RecordImportRecord:
    values = row._asdict()
    values["id"] = values.pop("import_id")
    del values["tenant_id"]
    told = {name: values.pop(name) for name in Withdrawal.__slots__}
    withdrawal = None if told["withdrawn_at"] is None else Withdrawal(**told)
    return RecordImportRecord(**{**values, "notes": tuple(values["notes"])}, withdrawal=withdrawal)
