"""Import jobs: imports that a server was asked for, and how far they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select, update

from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store.tables import IMPORT_JOB
from steelyard.store.transaction import Reader, Writer


class JobState(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing will change any more."""
        return self not in (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class JobRecord:
    """One job.

    kind: what is imported, e.g. `measurements`. target: the scheme or table. stage: what it does, `done` of
    `total`. cancel: somebody asked to stop. import_id: what it made. problems: each as code, place, and words
    in both languages. told_at: when its process last gave a sign of life.
    """

    job: str
    kind: str
    target: str
    file_name: str
    state: JobState
    stage: Text
    done: int
    total: int
    cancel: bool
    import_id: int | None
    problems: Sequence[Mapping[str, Any]]
    started_at: datetime
    started_by: str
    told_at: datetime


async def record(writer: Writer, scope: Scope, job: JobRecord) -> None:
    """Record a new job."""
    fixed = ("job", "kind", "target", "file_name", "started_at", "started_by")
    row = {name: getattr(job, name) for name in fixed}
    await writer.run(
        insert(IMPORT_JOB), [{"tenant_id": scope.tenant_id, "cancel": job.cancel, **row, **_changing(job)}]
    )


async def tell(writer: Writer, scope: Scope, job: JobRecord) -> bool:
    """Record how far a job is; return whether somebody asked to stop it."""
    await writer.run(_one(scope, job.job).values(**_changing(job)))
    found = await find(writer, scope, job.job)
    return found is not None and found.cancel


async def ask_to_stop(writer: Writer, scope: Scope, job: str) -> None:
    """Ask whichever process runs a job to stop it."""
    await writer.run(_one(scope, job).values(cancel=True))


async def find(reader: Reader, scope: Scope, job: str) -> JobRecord | None:
    """Return a job; None where there is none."""
    table = IMPORT_JOB.c
    row = await reader.first(select(IMPORT_JOB).where(table.tenant_id == scope.tenant_id, table.job == job))
    if row is None:
        return None
    found = dict(row._mapping)
    stage = Text(found.pop("stage_zh"), found.pop("stage_en"))
    found.pop("tenant_id")
    return JobRecord(**{**found, "stage": stage, "state": JobState(found["state"])})


def _one(scope: Scope, job: str) -> Any:
    table = IMPORT_JOB.c
    return update(IMPORT_JOB).where(table.tenant_id == scope.tenant_id, table.job == job)


def _changing(job: JobRecord) -> dict[str, Any]:
    return {
        "state": job.state,
        "stage_zh": job.stage.zh,
        "stage_en": job.stage.en,
        "done": job.done,
        "total": job.total,
        "import_id": job.import_id,
        "problems": list(job.problems),
        "told_at": job.told_at,
    }
