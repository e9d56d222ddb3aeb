"""Imports: tables that are sent as files, and jobs that tell how far they are."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import AsyncGenerator
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Self

import strawberry
from strawberry.utils.str_converters import to_camel_case

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Level, NotFound, Place, Text
from steelyard.errors import Problem as Found
from steelyard.services.context import View
from steelyard.services.import_jobs import NewJob
from steelyard.services.importing import import_table
from steelyard.services.progress import Report
from steelyard.services.records import listing
from steelyard.store.import_jobs import JobRecord, JobState
from steelyard_graphql.context import Info
from steelyard_graphql.faults import Problem, ProblemLevel
from steelyard_graphql.fields import computed
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.mutations import mutation
from steelyard_graphql.problems import UPLOAD_TOO_LARGE
from steelyard_graphql.record_imports import RecordImport
from steelyard_graphql.subscriptions import subscription
from steelyard_graphql.uploads import Upload, UploadedFile

TABLE_MOST = 50_000_000
"""Bytes of a table of measurements, which is read as a whole."""
JobArgument = Annotated[str, strawberry.argument(description="The job, as its start named it.")]


@strawberry.enum(description="Where an import job is.")
class ImportJobState(Enum):
    """The states of the store."""

    QUEUED = strawberry.enum_value(JobState.QUEUED.value, description="It waits for its turn.")
    RUNNING = strawberry.enum_value(JobState.RUNNING.value, description="It is at work.")
    DONE = strawberry.enum_value(JobState.DONE.value, description="Everything is imported.")
    FAILED = strawberry.enum_value(
        JobState.FAILED.value, description="Nothing is imported; `problems` say why."
    )
    CANCELLED = strawberry.enum_value(
        JobState.CANCELLED.value, description="It was stopped; nothing is imported."
    )


@strawberry.type(description="An import that goes on in the server.")
class ImportJob:
    """A job."""

    job: str = strawberry.field(description="Its name, for `importProgress` and `cancelImport`.")
    target: str = strawberry.field(
        description="The code of the scheme that it imports measurements for, or the table of its records."
    )
    file_name: str = strawberry.field(description="How the file is called.")
    state: ImportJobState = strawberry.field(description="Where it is.")
    done: int = strawberry.field(description="How much of its present stage is done.")
    total: int = strawberry.field(description="How much the stage is in all; 0 before it begins.")
    started_at: datetime.datetime = strawberry.field(description="When it was asked for.")
    started_by: str = strawberry.field(
        description="Who asked for it: the code of an account, for persons a pseudonym."
    )
    problems: list[Problem] = strawberry.field(
        description="What kept it from being imported, the first hundred problems."
    )
    words: strawberry.Private[Text]
    import_id: strawberry.Private[int | None]

    @computed("What it made of records: the number, and how many rows were stored and rejected; else null.")
    async def record_import(self, info: Info) -> RecordImport | None:
        """Return the import of a job that is done."""
        if self.import_id is None:
            return None
        try:
            return RecordImport.of(await listing.find_import(*info.context.seat, self.import_id))
        except NotFound:
            # It made measurements of a table, or its records are not for whoever asks.
            return None

    @computed("What it does at present, in words.")
    def stage(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the stage in the language asked for."""
        return said(self.words, locale)

    @classmethod
    def of(cls, record: JobRecord) -> Self:
        """Show a job."""
        return cls(
            job=record.job,
            target=record.target,
            file_name=record.file_name,
            state=ImportJobState(record.state.value),
            done=record.done,
            total=record.total,
            started_at=record.started_at,
            started_by=record.started_by,
            problems=[_problem(each) for each in record.problems],
            words=record.stage,
            import_id=record.import_id,
        )


@strawberry.input(description="A table of measurements, as `steelyard import` takes it.")
class ImportMeasurementsInput:
    """What is to be imported."""

    scheme: str = strawberry.field(description="The code of the scheme that reads the table.")
    file: Upload = strawberry.field(description="A CSV table.")
    period: str | None = strawberry.field(
        default=None, description="The period of a table that has no column for it."
    )


@strawberry.input(description="An import that is to be stopped.")
class CancelImportInput:
    """Which job is to stop."""

    job: str = strawberry.field(description="The job, as its start named it.")


@strawberry.type(description="A job as it stands after a mutation.")
class ImportJobChanged:
    """The success of mutations on jobs."""

    job: ImportJob = strawberry.field(description="The job.")


ImportJobResult = Annotated[
    ImportJobChanged | Problem,
    strawberry.union("ImportJobResult", description="The job, or what is wrong."),
]


@strawberry.type
class ImportQueries:
    """The queries about import jobs."""

    @computed(
        "An import job: one's own, or anybody's for those who may import everywhere.",
        needs=Permission.MEASUREMENT_IMPORT,
    )
    async def import_job(self, info: Info, job: JobArgument) -> ImportJob | None:
        """Return a job."""
        context = info.context
        return ImportJob.of(await context.jobs.find(context.actor, context.scope, job))


@strawberry.type
class ImportMutations:
    """The mutations about imports."""

    @mutation(
        "Begin to import a table of measurements; `importProgress` tells how far it is.",
        needs=Permission.MEASUREMENT_IMPORT,
    )
    async def import_measurements(
        self,
        info: Info,
        input: Annotated[ImportMeasurementsInput, strawberry.argument(description="The table.")],
    ) -> ImportJobResult:
        """Start a job."""
        context = info.context
        context.view.context.entry(input.scheme)
        file: UploadedFile = input.file
        if file.size > TABLE_MOST:
            raise InvalidInput(Found(UPLOAD_TOO_LARGE, Place(field="file"), {"most": TABLE_MOST}))
        made = await context.jobs.start(context.actor, context.scope, _job(input, file))
        return ImportJobChanged(job=ImportJob.of(made))

    @mutation(
        "Stop an import; nothing of it stays. One that is over is left as it is.",
        needs=Permission.MEASUREMENT_IMPORT,
    )
    async def cancel_import(
        self,
        info: Info,
        input: Annotated[CancelImportInput, strawberry.argument(description="Which import.")],
    ) -> ImportJobResult:
        """Stop a job."""
        context = info.context
        found = await context.jobs.cancel(context.actor, context.scope, input.job)
        return ImportJobChanged(job=ImportJob.of(found))


@strawberry.type
class ImportSubscriptions:
    """The subscriptions about imports."""

    @subscription(
        "An import job each time that it has changed, until it is over.",
        needs=Permission.MEASUREMENT_IMPORT,
    )
    async def import_progress(self, info: Info, job: JobArgument) -> AsyncGenerator[ImportJob, None]:
        """Follow a job."""
        context = info.context
        async for found in context.jobs.follow(context.actor, context.scope, job):
            yield ImportJob.of(found)


def _job(input: ImportMeasurementsInput, file: UploadedFile) -> NewJob:
    async def work(view: View, actor: Actor, scope: Scope, path: Path, report: Report) -> int | None:
        data = await asyncio.to_thread(path.read_bytes)
        made = await import_table(
            view,
            actor,
            scope,
            scheme=input.scheme,
            data=data,
            file=file.name,
            period=input.period,
            progress=report,
        )
        return None if made.record is None else made.record.id

    return NewJob("measurements", input.scheme, file.name, file.keep, work)


def _problem(recorded: Any) -> Problem:
    """A problem as it was recorded."""
    field = recorded["field"]
    return Problem(
        code=recorded["code"],
        level=ProblemLevel(Level(recorded["level"]).value),
        path=[] if field is None else [to_camel_case(part) for part in field.split(".")],
        place=recorded["place"] or None,
        others=[],
        words=Text(recorded["message"]["zh"], recorded["message"]["en"]),
        remedy=Text(recorded["advice"]["zh"], recorded["advice"]["en"]),
    )
