"""Import jobs: imports that go on in a server after the request that asked for them was answered.

Each job tells how far it is in its row, so that any process on the database can say it; whoever asks the
process that runs it hears it at once.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem, SteelyardError, Text
from steelyard.services import heap
from steelyard.services.context import Context, View
from steelyard.services.places import Places
from steelyard.services.problems import (
    IMPORT_JOB_BROKEN,
    IMPORT_JOB_LOST,
    IMPORT_JOB_NOT_FOUND,
    IMPORT_JOBS_TOO_MANY,
    UPLOADS_TOO_MANY,
)
from steelyard.services.progress import Progress, Report
from steelyard.services.room import full_disk_told
from steelyard.services.standing import actor_now
from steelyard.store import import_jobs as store
from steelyard.store.import_jobs import JobRecord, JobState

TOLD_EVERY = 0.5
"""Seconds between two writes of a job's progress."""
SIGN_OF_LIFE = 5.0
"""Seconds after which a job that has nothing new to tell says that it lives."""
LOST_AFTER = timedelta(minutes=2)
AT_ONCE = 2
"""Jobs of one process that run at a time; others wait in the order in which they came."""
JOBS_OF_ACCOUNT, JOBS_OF_TENANT = 20, 100
"""Jobs that wait or run in one process; each keeps its file until it is over."""
UPLOADS_OF_ACCOUNT, UPLOADS_OF_TENANT = 4, 16
"""Files that one process receives at a time."""
PROBLEMS_MOST = 100
"""Problems of one job that are recorded."""
LOOKED_EVERY = 0.25
"""Seconds between two looks of a follower."""
WAITING = Text("等待", "Waiting")
logger = logging.getLogger("steelyard.import_jobs")
Work = Callable[[View, Actor, Scope, Path, Report], Awaitable[int | None]]
"""Imports the file with the rights that the actor has when it begins; gives the number of the import."""


@dataclass(frozen=True, slots=True)
class NewJob:
    """What is to be imported. keep: moves the file into a folder, and says where it is then."""

    kind: str
    target: str
    file_name: str
    keep: Callable[[Path], Path]
    work: Work


class _Live:
    """A job of this process."""

    def __init__(self, actor: Actor, scope: Scope, record: JobRecord) -> None:
        self.actor, self.scope, self.record = actor, scope, record
        self.task: asyncio.Task[None] | None = None
        self.is_ending = False

    def stop(self) -> None:
        """Cancel the work; once that is over, what ends the job goes on."""
        if self.task is not None and not self.is_ending:
            self.task.cancel()

    def report(self, progress: Progress) -> None:
        """Note how far it is."""
        self.record = replace(
            self.record, stage=progress.stage, done=progress.done, total=max(progress.total, progress.done)
        )


class ImportJobs:
    """The jobs of one process."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._live: dict[tuple[int, str], _Live] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._places = Places(IMPORT_JOBS_TOO_MANY, JOBS_OF_TENANT, JOBS_OF_ACCOUNT)
        self.uploads = Places(UPLOADS_TOO_MANY, UPLOADS_OF_TENANT, UPLOADS_OF_ACCOUNT)

    @property
    def taken(self) -> int:
        """How many jobs of this process wait or run."""
        return self._places.taken

    async def start(self, actor: Actor, scope: Scope, new: NewJob) -> JobRecord:
        """Begin a job and return it as it is recorded.

        Raises TransientError where too many wait already (IMPORT_JOBS_TOO_MANY) or the disk is full.
        """
        self._places.take(actor, scope)
        try:
            with full_disk_told():
                live = await self._begin(actor, scope, new)
        except BaseException:
            self._places.leave(actor, scope)
            raise
        # A task that is cancelled before its first step would not clean up after itself.
        await asyncio.sleep(0)
        return live.record

    async def _begin(self, actor: Actor, scope: Scope, new: NewJob) -> _Live:
        folder = TemporaryDirectory(prefix="steelyard-import-", ignore_cleanup_errors=True)
        try:
            path = await asyncio.to_thread(new.keep, Path(folder.name))
            live = _Live(actor, scope, _begun(actor, new))
            async with self._context.database.write(scope) as writer:
                await store.record(writer, scope, live.record)
        except BaseException:
            folder.cleanup()
            raise
        self._live[scope.tenant_id, live.record.job] = live
        live.task = asyncio.create_task(self._run(live, new.work, path, folder))
        live.task.add_done_callback(lambda _: self._places.leave(actor, scope))
        return live

    async def find(self, actor: Actor, scope: Scope, job: str) -> JobRecord:
        """A job of the actor's own, any for those who may import everywhere; else NotFound."""
        found = await self._look(scope, job)
        if found is None or not (found.started_by == actor.id or actor.may(Permission.MEASUREMENT_IMPORT)):
            raise NotFound(Problem(IMPORT_JOB_NOT_FOUND, values={"job": job[:40]}))
        return found

    async def cancel(self, actor: Actor, scope: Scope, job: str) -> JobRecord:
        """Stop a job in whatever process it runs; nothing of its import stays. Raises NotFound."""
        found = await self.find(actor, scope, job)
        live = self._live.get((scope.tenant_id, job))
        if live is not None and live.task is not None:
            live.stop()
            await asyncio.wait([live.task])
        elif not found.state.is_over:
            async with self._context.database.write(scope) as writer:
                await store.ask_to_stop(writer, scope, job)
        return await self.find(actor, scope, job)

    async def follow(self, actor: Actor, scope: Scope, job: str) -> AsyncGenerator[JobRecord, None]:
        """Hand out a job each time that it has changed, until it is over. Raises NotFound."""
        last = None
        while True:
            found = await self.find(actor, scope, job)
            if _shown(found) != last:
                yield found
            if found.state.is_over:
                return
            last = _shown(found)
            here = (scope.tenant_id, job) in self._live
            await asyncio.sleep(LOOKED_EVERY if here else 4 * LOOKED_EVERY)

    async def close(self) -> None:
        """Stop all jobs of this process."""
        tasks = [live.task for live in self._live.values() if live.task is not None]
        for live in self._live.values():
            live.stop()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self, scope: Scope, job: str) -> JobRecord | None:
        live = self._live.get((scope.tenant_id, job))
        if live is not None:
            return live.record
        async with self._context.database.read(scope) as reader:
            found = await store.find(reader, scope, job)
        if found is None or found.state.is_over or datetime.now(UTC) - found.told_at < LOST_AFTER:
            return found
        return replace(found, state=JobState.FAILED, problems=[_told(Problem(IMPORT_JOB_LOST))])

    async def _run(self, live: _Live, work: Work, path: Path, folder: TemporaryDirectory[str]) -> None:
        telling = asyncio.create_task(self._tell(live))
        try:
            end = await self._end(live, work, path)
            live.is_ending = True
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
            await asyncio.to_thread(folder.cleanup)
            await asyncio.to_thread(heap.give_back)
        await self._finish(live, end)

    async def _end(self, live: _Live, work: Work, path: Path) -> JobRecord:
        """Do the work, and say how the job ended."""
        try:
            async with self._turns:
                live.record = replace(live.record, state=JobState.RUNNING)
                view = self._context.view()
                # It may have waited for long: what counts is what its sender may do now.
                actor, scope = await actor_now(view, live.actor, live.scope)
                with full_disk_told():
                    made = await work(view, actor, scope, path, live.report)
        except asyncio.CancelledError:
            return replace(live.record, state=JobState.CANCELLED)
        except SteelyardError as error:
            problems = [_told(problem) for problem in error.problems[:PROBLEMS_MOST]]
            return replace(live.record, state=JobState.FAILED, problems=problems)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            # Libraries written in Rust raise what is no Exception where they give up.
            logger.error("import job %s broke", live.record.job, exc_info=error)
            problem = Problem(IMPORT_JOB_BROKEN, values={"job": live.record.job})
            return replace(live.record, state=JobState.FAILED, problems=[_told(problem)])
        return replace(live.record, state=JobState.DONE, done=live.record.total, import_id=made)

    async def _finish(self, live: _Live, end: JobRecord) -> None:
        end = replace(end, told_at=datetime.now(UTC))
        try:
            async with self._context.database.write(live.scope) as writer:
                await store.tell(writer, live.scope, end)
        except SteelyardError as error:
            # It will be shown as lost; what it imported, or not, stands for itself.
            logger.error("the end of import job %s could not be recorded: %s", end.job, error)
        finally:
            del self._live[live.scope.tenant_id, end.job]

    async def _tell(self, live: _Live) -> None:
        """Write now and then how far a job is, and stop it where another process was asked to."""
        told = live.record
        waited = 0.0
        while True:
            await asyncio.sleep(TOLD_EVERY)
            waited += TOLD_EVERY
            if live.record == told and waited < SIGN_OF_LIFE:
                continue
            told, waited = live.record, 0.0
            try:
                async with self._context.database.write(live.scope) as writer:
                    now = replace(told, told_at=datetime.now(UTC))
                    stop = await store.tell(writer, live.scope, now)
            except SteelyardError:
                # SQLite has one writer, which may be the import itself: the next turn tells more.
                continue
            if stop:
                live.stop()


@asynccontextmanager
async def open_import_jobs(context: Context) -> AsyncIterator[ImportJobs]:
    """Take jobs until the end of the block, which stops those that still run."""
    jobs = ImportJobs(context)
    try:
        yield jobs
    finally:
        await jobs.close()


def _begun(actor: Actor, new: NewJob) -> JobRecord:
    now = datetime.now(UTC)
    return JobRecord(
        job=secrets.token_hex(12),
        kind=new.kind,
        target=new.target,
        file_name=new.file_name,
        state=JobState.QUEUED,
        stage=WAITING,
        done=0,
        total=0,
        cancel=False,
        import_id=None,
        problems=[],
        started_at=now,
        started_by=actor.id,
        told_at=now,
    )


def _shown(record: JobRecord) -> tuple[object, ...]:
    return record.state, record.stage, record.done, record.total, record.cancel


def _told(problem: Problem) -> dict[str, Any]:
    """A problem as it is recorded."""
    return {
        "code": problem.code,
        "level": problem.level.value,
        "place": str(problem.place),
        "field": problem.place.field,
        "message": {"zh": problem.message("zh"), "en": problem.message("en")},
        "advice": {"zh": problem.advice("zh"), "en": problem.advice("en")},
    }
