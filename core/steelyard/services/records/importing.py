"""Importing records: rows become a part and their measures, all of it or nothing.

The row in the database is the commit. What comes before it (validating, writing and syncing files, measuring)
is done without a transaction; but from reading the list of parts to the commit the import holds the lock of
its table, so that importers of one table take turns.

The same content read in the same way is one import, unless that was withdrawn. Rows of units that the actor
does not see are rejected as those of unknown ones are; rows with the key of one of their records are refused.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Problem
from steelyard.intake.validation.result import Cancelled, Validated
from steelyard.intake.validation.validate import validate
from steelyard.packs import InstalledTable
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.problems import not_found
from steelyard.services.progress import Progress, Report, silent
from steelyard.services.rated import require_not_rated
from steelyard.services.records import stages
from steelyard.services.records.garbage import only_new
from steelyard.services.records.held import taking_turns
from steelyard.services.records.problems import IMPORT_CANCELLED, RECORD_TABLE_NOT_FOUND
from steelyard.services.records.source import RecordSource
from steelyard.services.records.storing import Files, Kept, Look, Storing
from steelyard.services.room import full_disk_told
from steelyard.services.structure import Structure
from steelyard.store.content import TenantContent
from steelyard.store.record_imports import RecordImportRecord

IsCancelled = Callable[[], bool]
"""Asked between steps, from any thread; once it is true the import ends and nothing of it is kept."""
_ASKED_EVERY = 0.1
"""Seconds between two such questions while an import waits for its turn."""


@dataclass(frozen=True, slots=True)
class RecordImportResult:
    """What became of the rows.

    record: the import, None for a dry run. new: False where it was imported before; then nothing is stored.
    declared: units × months of such an import that were declared complete now and had not been before.
    stored + rejected + blank: all rows. superseded: records of earlier imports that these stand for now.
    rejections: how often each code of a problem occurs; problems: how the source was read, and the first of
    them. ignored: headers that the table does not declare. recorded, unchanged: measurements that are new or
    different, and that said what stood. waiting: units × closed periods for which rows wait as a correction.
    """

    record: RecordImportRecord | None
    new: bool
    stored: int
    rejected: int
    blank: int
    superseded: int
    ignored: tuple[str, ...]
    rejections: Mapping[str, int]
    problems: tuple[Problem, ...]
    recorded: int = 0
    unchanged: int = 0
    waiting: int = 0
    declared: int = 0


def installed_table(view: View, name: str) -> InstalledTable:
    """The table of this full name, `<pack>.<table>`; NotFound (RECORD_TABLE_NOT_FOUND)."""
    tables = view.context.packs.record_tables
    if name not in tables:
        raise not_found(RECORD_TABLE_NOT_FOUND, "table", name, tables)
    return tables[name]


def never() -> bool:
    """Nobody cancels."""
    return False


async def import_records(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    table: str,
    source: RecordSource,
    complete: bool = False,
    dry_run: bool = False,
    progress: Report = silent,
    cancelled: IsCancelled = never,
) -> RecordImportResult:
    """Import rows of `<pack>.<table>`; complete: all records of their units and months are among them.

    A dry run validates and counts, and keeps nothing. Raises NotFound for the table, InvalidInput where the
    source as a whole cannot be read, Forbidden without `measurement.import` on the units of the stored rows
    or where the actor is rated with one (SELF_RATING), Conflict (IMPORT_CANCELLED, SOURCE_CHANGED),
    ConfigError, and TransientError (DISK_FULL).
    """
    installed = installed_table(view, table)
    actor.require_somewhere(Permission.MEASUREMENT_IMPORT)
    known = await structure.load(view, actor, scope)
    content = await view.context.content.of(scope)
    run = _Run(installed, source, progress, cancelled)
    with full_disk_told(), only_new(), content.temporary() as folder:
        with source.unchanged():
            validated, read = await run.validated(known, folder)
        _require(actor, {each.unit_id for each in validated.extents}, known)
        files = await run.sealed(content, validated)
        base = _name(installed, read, files)
        async with run.turn(view, scope):
            order = run.order(view, actor, scope, validated, files, content)
            return await _in_turn(order, run, base, known, complete=complete, dry_run=dry_run)


async def _in_turn(
    order: Storing, run: _Run, base: str, known: Structure, *, complete: bool, dry_run: bool
) -> RecordImportResult:
    """What is done while nobody else imports into the table."""
    validated = order.validated
    name, found = await order.named(base)
    if found is not None and not (complete and not dry_run):
        return _result(validated, found, found.superseded, new=False)
    look = await order.look()
    _require(order.actor, {unit_id for unit_id, _, _ in look.touched.cells}, known)
    run.go_on()
    if found is not None:
        return await _declared(order.view, order, look, found)
    if dry_run:
        return _result(validated, None, look.touched.superseded)
    kept = await _stored(order, run, name, look, known, complete=complete)
    order.view.renew()
    run.progress(Progress(stages.COMMITTED, 1, 1))
    return _result(validated, kept.record, look.touched.superseded, kept=kept)


async def _declared(view: View, order: Storing, look: Look, found: RecordImportRecord) -> RecordImportResult:
    """Of rows that are there: declare their units and months complete where they are not, and no more."""
    result = _result(order.validated, found, found.superseded, new=False)
    if not (missing := look.undeclared(order.table.name)):
        return result
    counted = await order.declare_complete(look, missing)
    view.renew()
    return replace(result, declared=len(missing), recorded=counted.recorded, unchanged=counted.unchanged)


async def _stored(
    order: Storing, run: _Run, name: str, look: Look, known: Structure, *, complete: bool
) -> Kept:
    await order.keep_files()
    run.go_on()
    measured = await order.measured(look, complete=complete)
    run.go_on()
    return await order.commit(name, look, measured, complete=complete)


@dataclass(frozen=True, slots=True)
class _Run:
    """What comes before the locks."""

    table: InstalledTable
    source: RecordSource
    progress: Report
    cancelled: IsCancelled

    def go_on(self) -> None:
        """Raise Conflict (IMPORT_CANCELLED) where somebody asked to stop."""
        if self.cancelled():
            raise Conflict(Problem(IMPORT_CANCELLED))

    def order(
        self,
        view: View,
        actor: Actor,
        scope: Scope,
        validated: Validated,
        files: Files,
        content: TenantContent,
    ) -> Storing:
        """What is to be stored under the locks."""
        read_by, name = self.source.adapter.name, self.source.name
        return Storing(
            view, actor, scope, self.table, read_by, name, validated, files, content, self.progress
        )

    @asynccontextmanager
    async def turn(self, view: View, scope: Scope) -> AsyncIterator[None]:
        """Take turns with all others who import into the table; who is asked to stop waits no longer."""
        async with AsyncExitStack() as stack:
            turns = taking_turns(view.context, scope, self.table.name)
            entering = asyncio.ensure_future(stack.enter_async_context(turns))
            try:
                while not entering.done():
                    await asyncio.wait([entering], timeout=_ASKED_EVERY)
                    self.go_on()
            except BaseException:
                entering.cancel()
                await asyncio.wait([entering])
                raise
            await entering
            yield

    async def validated(self, known: Structure, folder: Path) -> tuple[Validated, str | None]:
        """Read and validate all rows in a thread, and in another hash what the source says it was."""
        loop = asyncio.get_running_loop()
        units = {unit.code: unit.id for unit in known.units}

        def told(rows: int) -> None:
            loop.call_soon_threadsafe(self.progress, Progress(stages.READING, rows, 0))

        def work() -> Validated:
            with self.source.adapter.read(self.source.options) as rows:
                found = validate(rows, self.table.table, units, folder, report=told, cancelled=self.cancelled)
                return replace(found, warnings=rows.warnings)

        self.progress(Progress(stages.READING, 0, 0))
        hashing = asyncio.ensure_future(asyncio.to_thread(self.source.content))
        try:
            found = await asyncio.to_thread(work)
        except Cancelled as error:
            raise Conflict(Problem(IMPORT_CANCELLED)) from error
        finally:
            await asyncio.gather(hashing, return_exceptions=True)
        self.progress(Progress(stages.VALIDATED, 1, 1))
        self.progress(Progress(stages.PART_WRITTEN, 1, 1))
        self.go_on()
        return found, hashing.result()

    async def sealed(self, content: TenantContent, validated: Validated) -> Files:
        """Bring the files to the disk."""
        part, rejects = [
            None if each is None else await asyncio.to_thread(content.seal, each)
            for each in (validated.part, validated.rejects)
        ]
        self.progress(Progress(stages.SYNCED, 1, 1))
        self.go_on()
        return Files(part, rejects)


def _require(actor: Actor, ids: Collection[int], known: Structure) -> None:
    if ids:
        actor.require(Permission.MEASUREMENT_IMPORT, ids)
    require_not_rated(actor, [unit for unit in known.units if unit.id in ids])


def _name(table: InstalledTable, read: str | None, files: Files) -> str:
    """The hash of what was read and of all that decides how; of queries that of what came out."""
    # With the rejects: once a unit is there, rows that were rejected for it are another import.
    content = (read or files.part or "", files.rejects or "")
    text = "\0".join(("records", table.name, table.hash, *content))
    return hashlib.sha256(text.encode()).hexdigest()


def _result(
    validated: Validated,
    record: RecordImportRecord | None,
    superseded: int,
    *,
    new: bool = True,
    kept: Kept | None = None,
) -> RecordImportResult:
    return RecordImportResult(
        record=record,
        new=new,
        stored=validated.stored,
        rejected=validated.rejected,
        blank=validated.blank,
        superseded=superseded,
        ignored=validated.ignored,
        rejections=validated.rejections,
        problems=(*validated.warnings, *validated.problems),
        recorded=kept.measured.recorded if kept else 0,
        unchanged=kept.measured.unchanged if kept else 0,
        waiting=kept.waiting if kept else 0,
    )
