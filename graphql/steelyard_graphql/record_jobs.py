"""The mutation `importRecords`: a file of records, imported by a job."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from threading import Event
from typing import Annotated

import strawberry

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Text
from steelyard.intake.adapters import for_file
from steelyard.services.context import View
from steelyard.services.import_jobs import NewJob
from steelyard.services.progress import Progress, Report
from steelyard.services.records.importing import (
    RecordImportResult,
    import_records,
    installed_table,
)
from steelyard.services.records.source import RecordSource
from steelyard_graphql.context import Info
from steelyard_graphql.import_jobs import ImportJob, ImportJobChanged, ImportJobResult
from steelyard_graphql.mutations import mutation
from steelyard_graphql.uploads import Upload, UploadedFile

KIND = "records"
ENDING_MOST = 16
"""Letters of a file's ending that is looked at."""
CHECKED = Text(
    "已检查：可保存 {stored} 行，拒绝 {rejected} 行，空行 {blank}；将取代 {superseded} 条。未作保存。",
    "Checked: rows to be stored {stored}, rejected {rejected}, blank {blank}; records to be superseded"
    " {superseded}. Nothing was kept.",
)

DECLARED = Text(
    "相同内容此前已导入；新声明完整的评价对象×月份 {declared} 个，更新度量 {recorded} 个。",
    "The same content was imported before; units × months declared complete {declared}, measurements"
    " changed {recorded}.",
)


@strawberry.input(description="A file of records, as `steelyard records import` takes it.")
class ImportRecordsInput:
    """What is to be imported."""

    table: str = strawberry.field(description="The table, as `<pack>.<table>`.")
    file: Upload = strawberry.field(
        description="A file whose content or ending tells how it is read: CSV, XLSX, JSON lines, Parquet."
    )
    complete: bool = strawberry.field(
        default=False, description="Whether all records of its units and months are in it."
    )
    dry_run: bool = strawberry.field(
        default=False, description="Check and count, which `stage` tells at the end, but keep nothing."
    )


@strawberry.type
class RecordJobMutations:
    """The mutations that begin imports of records."""

    @mutation(
        "Begin to import records; `importProgress` tells how far it is. Bad rows are put aside, the"
        " others are stored and measured, all of it or nothing.",
        needs=Permission.MEASUREMENT_IMPORT,
    )
    async def import_records(
        self,
        info: Info,
        input: Annotated[ImportRecordsInput, strawberry.argument(description="The records.")],
    ) -> ImportJobResult:
        """Start a job."""
        context = info.context
        installed_table(context.view, input.table)
        made = await context.jobs.start(context.actor, context.scope, _job(input, input.file))
        return ImportJobChanged(job=ImportJob.of(made))


def _job(input: ImportRecordsInput, file: UploadedFile) -> NewJob:
    def keep(folder: Path) -> Path:
        # Adapters know some files by their endings alone.
        kept, ending = file.keep(folder), Path(file.name).suffix
        usual = ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= ENDING_MOST
        return kept.rename(kept.with_suffix(ending)) if usual else kept

    async def work(view: View, actor: Actor, scope: Scope, path: Path, report: Report) -> int | None:
        adapter = for_file(path)
        stop = Event()
        importing = import_records(
            view,
            actor,
            scope,
            table=input.table,
            source=RecordSource(adapter, {"file": str(path)}, file.name, path),
            complete=input.complete,
            dry_run=input.dry_run,
            progress=report,
            cancelled=stop.is_set,
        )
        result = await _stopping(asyncio.create_task(importing), stop)
        if input.dry_run:
            report(Progress(_checked(result), 1, 1))
        elif result.declared:
            values = {"declared": result.declared, "recorded": result.recorded}
            report(Progress(DECLARED.format(values), 1, 1))
        return None if result.record is None else result.record.id

    return NewJob(KIND, input.table, file.name, keep, work)


async def _stopping(importing: asyncio.Task[RecordImportResult], stop: Event) -> RecordImportResult:
    """Wait for an import; when cancelled, ask it to stop and wait until its threads have let go of the file.

    One that was asked too late is done all the same.
    """
    try:
        return await asyncio.shield(importing)
    except asyncio.CancelledError:
        stop.set()
        while not importing.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait([importing])
        if isinstance(importing.exception(), Conflict):
            raise
        return importing.result()


def _checked(result: RecordImportResult) -> Text:
    names = ("stored", "rejected", "blank", "superseded")
    return CHECKED.format({name: getattr(result, name) for name in names})
