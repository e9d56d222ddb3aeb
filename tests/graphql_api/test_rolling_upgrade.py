"""A rolling upgrade, as it is done: the database is upgraded while an older server works on, newer ones take
over, and what nobody needs any more goes at the end. Real processes; not one acknowledged write is lost."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

import steelyard
from graphql_api.http_server import Api, administrators_token
from services.desk_pack import VISITS, Place, import_file, rows, seated, write, write_pack
from steelyard.store import migrate
from steelyard.store.engine import open_database

COMMAND = [sys.executable, "-c", "from steelyard_graphql.cli import main; main()", "--lang", "en"]
HEAD = migrate.head()
EXPANDED, CONTRACTED = f"9998_since_{HEAD[:4]}", "9999"
MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{after}"


def upgrade() -> None:
    {statement}
"""
EXPAND = MIGRATION.format(
    revision=EXPANDED,
    after=HEAD,
    statement='op.add_column("measurement", sa.Column("more", sa.String(), nullable=True))',
)
CONTRACT = MIGRATION.format(
    revision=CONTRACTED, after=EXPANDED, statement='op.drop_column("measurement", "more")'
)
RECORD = """
mutation ($value: String!) {
  recordMeasurement(input: {
    scheme: "desk.desk", unit: "D1", period: "2025-01", measure: "ANSWERED", value: $value
  }) { __typename ... on MeasurementRecorded { record { value } } ... on Problem { code } }
}
"""


@dataclass
class Writer:
    """Somebody who records one value after the other, at whichever server is in `at` just then."""

    at: Api
    acknowledged: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    ends: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Record meanwhile."""
        thread = threading.Thread(target=self._work)
        thread.start()
        try:
            yield
        finally:
            self.ends.set()
            thread.join()

    def _work(self) -> None:
        for number in range(1, 100_000):
            if self.ends.wait(0.02):
                return
            value = f"0.{number:05}1"
            found = self.at.answer(RECORD, {"value": value})
            if found.get("data", {}).get("recordMeasurement", {}).get("record"):
                self.acknowledged.append(value)
            else:
                self.failures.append(str(found))

    def wait_for_more(self, count: int = 5) -> None:
        """Return when so many more values are acknowledged."""
        least, ends = len(self.acknowledged) + count, time.monotonic() + 60
        while len(self.acknowledged) < least:
            assert time.monotonic() < ends, self.failures[-3:]
            time.sleep(0.02)


@pytest.fixture
def place(empty_url: str, tmp_path: Path) -> Place:
    made = Place(empty_url, tmp_path)
    write_pack(made)
    return made


def version(folder: Path, *migrations: tuple[str, str]) -> dict[str, str]:
    """The environment of a version of the program that has these migrations more."""
    code = folder / "steelyard"
    shutil.copytree(Path(steelyard.__file__).parent, code, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(migrate.folder(), code / "store" / "migrations")
    for name, source in migrations:
        (code / "store" / "migrations" / "versions" / f"{name}.py").write_text(source)
    return {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(folder)}


def upgrade(place: Place, environment: dict[str, str]) -> None:
    """Run `steelyard db upgrade` of a version."""
    words = [*COMMAND, "db", "upgrade", "--database", place.url]
    subprocess.run(words, env=environment, check=True, capture_output=True)


@contextmanager
def serving(
    place: Place, environment: dict[str, str], token: str
) -> Iterator[tuple[Api, subprocess.Popen[str]]]:
    """Run `steelyard serve` of a version."""
    options = ["--database", place.url, "--packs-dir", str(place.pack), "--allow-pack", "desk"]
    words = [*COMMAND, "serve", "--port", "0", *options, "--parts", str(place.parts)]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().removeprefix("GraphQL: ").strip()
            headers = {"authorization": f"Bearer {token}"}
            with Api(base_url=address.removesuffix("/graphql"), timeout=30, headers=headers) as api:
                yield api, process
        finally:
            process.kill()


async def prepared(place: Place) -> str:
    """Make the database at the version of this code; return an administrator's token."""
    await migrate.upgrade(place.url)
    async with seated(place) as seat:
        visits = write(place.folder / "visits.csv", rows([("1", "2025-01-03", "yes")]))
        await import_file(seat, VISITS, visits)
        return await administrators_token(seat[0].context)


async def recorded(place: Place) -> set[str]:
    """All values that were ever recorded."""
    async with open_database(place.url) as database, database.bare() as connection:
        found = await connection.execute(text("SELECT value FROM measurement"))
        return {row.value for row in found}


async def test_a_rolling_upgrade(place: Place, tmp_path: Path) -> None:
    token = await prepared(place)
    new = version(tmp_path / "new", ("expand", EXPAND))
    newest = version(tmp_path / "newest", ("expand", EXPAND), ("contract", CONTRACT))
    with serving(place, {**os.environ, "PYTHONUNBUFFERED": "1"}, token) as (first, first_process):
        writer = Writer(first)
        with writer.working():
            writer.wait_for_more()
            await asyncio.to_thread(upgrade, place, new)
            writer.wait_for_more()
            assert first.get("/readyz").status_code == 200
            with serving(place, new, token) as (second, _):
                assert second.get("/readyz").status_code == 200
                writer.at = second
                writer.wait_for_more()
                first_process.send_signal(signal.SIGTERM)
                assert first_process.wait(30) == 0
                writer.wait_for_more()
                writer.ends.set()
                await asyncio.to_thread(upgrade, place, newest)
                # Of this it is not said that an earlier version can go on.
                unready = second.get("/readyz")
    assert writer.failures == []
    assert set(writer.acknowledged) <= await recorded(place)
    code = unready.json()["errors"][0]["extensions"]["code"]
    assert (unready.status_code, code) == (503, "DATABASE_NEWER")
