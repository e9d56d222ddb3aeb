"""Importers, readers, a withdrawal and an evaluation at once, in processes of their own: no row is lost.

The campaign `concurrency` of `python -m soak` does this with eight processes for as long as it is told.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event, Thread

import pytest

from postgres_server import PostgresServer
from services.desk_pack import VISITS, Place, import_file, look, rows, seated, write, write_pack
from services.record_crowd import Turns, faults, prepare, work
from services.ticket_pack import source
from steelyard.errors import Conflict, TransientError
from steelyard.services.progress import Progress
from steelyard.services.records import stages
from steelyard.services.records.held import taking_turns
from steelyard.services.records.importing import import_records

ENDED = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"


def test_no_row_is_lost(database_url: str, sqlite_template: Path, tmp_path: Path) -> None:
    place, alone = (
        Place(database_url, tmp_path),
        Place(f"sqlite:///{tmp_path / 'alone.db'}", tmp_path / "alone"),
    )
    alone.folder.mkdir()
    Path(f"{tmp_path / 'alone.db'}").write_bytes(sqlite_template.read_bytes())
    for each in (place, alone):
        write_pack(each)
    asyncio.run(prepare(place))
    told = work(place, 5, Turns(2))
    assert asyncio.run(faults(place, alone, told)) == []
    assert [each.operations.total() for each in told] == [2] * 5


async def test_who_waits_for_a_turn_can_be_stopped(database_url: str, tmp_path: Path) -> None:
    place, stop = Place(database_url, tmp_path), Event()
    write_pack(place)
    file = write(tmp_path / "visits.csv", rows([("1", "2025-01-05", "true")]))
    async with seated(place) as seat:
        view, _, scope = seat
        async with taking_turns(view.context, scope, VISITS):
            synced = asyncio.Event()

            def told(progress: Progress) -> None:
                if progress.stage == stages.SYNCED:
                    synced.set()

            importing = import_records(
                *seat, table=VISITS, source=source(file), cancelled=stop.is_set, progress=told
            )
            task = asyncio.create_task(importing)
            await synced.wait()
            # Then it takes a moment until it waits.
            await asyncio.wait([task], timeout=0.3)
            stop.set()
            with pytest.raises(Conflict) as caught:
                await asyncio.wait_for(task, 60)
            assert caught.value.code == "IMPORT_CANCELLED"
        assert (await look(seat)).imports == ()
        assert (await import_file(seat, VISITS, file)).stored == 3


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_who_lost_the_lock_does_not_commit(
    database_url: str, postgres: PostgresServer, tmp_path: Path
) -> None:
    """Somebody ends the session of an import's lock, and another import comes before it is done."""
    place = Place(database_url, tmp_path)
    write_pack(place)
    mine = write(tmp_path / "mine.csv", rows([("1", "2025-01-05", "true")]))
    other = write(tmp_path / "other.csv", rows([("2", "2025-01-06", "false")]))

    async def overtake() -> None:
        async with seated(place) as seat:
            await import_file(seat, VISITS, other)

    def overtaken(progress: Progress) -> None:
        if progress.stage == stages.MEASURED:
            for work in (lambda: postgres.run(ENDED), lambda: asyncio.run(overtake())):
                thread = Thread(target=work)
                thread.start()
                thread.join()

    async with seated(place) as seat:
        with pytest.raises(TransientError) as caught:
            await import_file(seat, VISITS, mine, overtaken)
        assert caught.value.code == "LOCK_HELD"
        assert [name for name, *_ in (await look(seat)).imports] == ["other.csv"]
        await import_file(seat, VISITS, mine)
        assert (await look(seat)).measures["D1 2025-01 SOLVED"] == "1/2 of 2"
