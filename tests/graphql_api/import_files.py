"""Imports for tests: one that a server runs, and one whose process says nothing more."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from graphql_api.http_server import Api
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store import import_jobs
from steelyard.store.engine import open_database
from steelyard.store.import_jobs import JobRecord, JobState

TABLE = "unit,period,FD.5S\nDEALER-SH-XX,2014,44\n"
_IMPORT = """
mutation ($file: Upload!) {
  importMeasurements(input: {scheme: "automotive.front-desk", file: $file}) {
    ... on ImportJobChanged { job { job } }
    ... on Problem { code }
  }
}
"""


def begin_import(api: Api, table: str = TABLE) -> str:
    """Send a table of measurements; return the job."""
    fields = {
        "operations": (None, json.dumps({"query": _IMPORT, "variables": {"file": None}})),
        "map": (None, '{"0": ["variables.file"]}'),
        "0": ("table.csv", table),
    }
    answer = api.post("/graphql", files=fields).json()
    return str(answer["data"]["importMeasurements"]["job"]["job"])


def silent_job(path: Path, quiet: timedelta = timedelta(0)) -> str:
    """Record a job of a process that was heard of `quiet` ago and says nothing more; return its name."""
    told = datetime.now(UTC) - quiet
    stage = Text("记录度量", "Recording")
    state = JobState.RUNNING
    job = JobRecord(
        "silent", "measurements", "x.y", "x.csv", state, stage, 1, 2, False, None, [], told, "who", told
    )

    async def record() -> None:
        async with open_database(f"sqlite:///{path}") as database, database.write(Scope(1)) as writer:
            await import_jobs.record(writer, Scope(1), job)

    asyncio.run(record())
    return job.job
