"""Imports of records: rows become measures, once, all of it or nothing."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from services.conftest import Seat
from services.ticket_pack import HEAD, TABLE, open_shops, source, standing, ticket_packs, tickets
from steelyard.errors import Conflict, InvalidInput, NotFound
from steelyard.intake.adapters import BUILT_IN
from steelyard.services.context import context_on
from steelyard.services.progress import Progress
from steelyard.services.records import stages
from steelyard.services.records.importing import RecordImportResult, import_records
from steelyard.services.records.listing import list_imports, rejects_file
from steelyard.services.records.remeasuring import declare_feed, measure_table, withdraw
from steelyard.services.records.source import RecordSource
from steelyard.store import content_names, periods
from steelyard.store.engine import Database
from steelyard.store.periods import PeriodState

JANUARY = ("1,S1,2025-01-05,true,true", "2,S1,2025-01-20,false,", "3,S2,2025-01-09,true,true")
FEBRUARY = ("4,S1,2025-02-03,true,true",)


@pytest.fixture
async def seat(database: Database, tmp_path: Path) -> AsyncIterator[Seat]:
    packs = ticket_packs(tmp_path / "tickets")
    async with context_on(database, packs, parts=tmp_path / "parts") as context:
        yield await open_shops(context)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tickets.csv"


async def imported(
    seat: Seat, file: Path, rows: Sequence[str], head: str = HEAD, **options: Any
) -> RecordImportResult:
    view, actor, scope = seat
    read = source(tickets(file, rows, head))
    return await import_records(view, actor, scope, table=TABLE, source=read, **options)


async def set_state(seat: Seat, code: str, state: PeriodState) -> None:
    view, _, scope = seat
    async with view.context.database.write(scope) as writer:
        found = [each for each in await periods.load(writer, scope) if each.code == code]
        await periods.set_state(writer, scope, found[0].id, state)


async def kept_files(seat: Seat) -> set[str]:
    """The names of all files of the tenant, but the marker."""
    content = await seat[0].context.content.of(seat[2])
    return {each.name for each in content.folder.rglob("*") if each.is_file()} - {"identity"}


async def test_rows_become_measures(seat: Seat, file: Path) -> None:
    done = await imported(seat, file, [*JANUARY, *FEBRUARY])
    assert (done.new, done.stored, done.rejected, done.superseded) == (True, 4, 0, 0)
    assert await standing(seat) == {
        "S1 2025-01 SOLVED": "1/2 of 2",
        "S1 2025-01 complaints": "1 of 1",
        "S1 2025-02 SOLVED": "1/1 of 1",
        "S1 2025-02 complaints": "1 of 1",
        "S1 2025-Q1 SOLVED": "2/3 of 3",
        "S1 2025-Q1 complaints": "2 of 2",
        "S2 2025-01 SOLVED": "1/1 of 1",
        "S2 2025-01 complaints": "1 of 1",
        "S2 2025-Q1 SOLVED": "1/1 of 1",
        "S2 2025-Q1 complaints": "1 of 1",
    }


async def test_the_same_file_twice_is_one_import(seat: Seat, file: Path) -> None:
    first = await imported(seat, file, JANUARY)
    before = await standing(seat)
    again = await imported(seat, file, JANUARY)
    assert (again.new, again.record, again.recorded) == (False, first.record, 0)
    assert len(await list_imports(*seat)) == 1
    assert await standing(seat) == before


async def test_a_corrected_row_stands_for_the_earlier_one(seat: Seat, file: Path) -> None:
    await imported(seat, file, JANUARY)
    done = await imported(seat, file, ["2,S1,2025-01-20,true,"])
    assert (done.superseded, done.recorded) == (1, 2)
    found = await standing(seat)
    assert found["S1 2025-01 SOLVED"] == found["S1 2025-Q1 SOLVED"] == "2/2 of 2"


async def test_a_row_that_moves_leaves_its_old_month(seat: Seat, file: Path) -> None:
    await imported(seat, file, JANUARY)
    await imported(seat, file, ["3,S2,2025-02-09,true,true"])
    found = await standing(seat)
    assert {key: value for key, value in found.items() if key.startswith("S2") and "SOLVED" in key} == {
        "S2 2025-02 SOLVED": "1/1 of 1",
        "S2 2025-Q1 SOLVED": "1/1 of 1",
    }


async def test_only_touched_units_and_periods_are_recorded_anew(seat: Seat, file: Path) -> None:
    await imported(seat, file, [*JANUARY, *FEBRUARY])
    done = await imported(seat, file, ["5,S2,2025-02-03,true,true"])
    # S2's February and first quarter, with two measures each; nothing else was even looked at.
    assert (done.recorded, done.unchanged) == (4, 0)


async def test_withdrawing_takes_back(seat: Seat, file: Path) -> None:
    await imported(seat, file, JANUARY)
    before = await standing(seat)
    done = await imported(seat, file, ["2,S1,2025-01-20,true,", *FEBRUARY])
    assert done.record is not None
    await withdraw(*seat, import_id=done.record.id, reason="wrong file")
    assert await standing(seat) == before


async def test_what_was_withdrawn_can_come_again(seat: Seat, file: Path) -> None:
    done = await imported(seat, file, JANUARY)
    before = await standing(seat)
    assert done.record is not None
    await withdraw(*seat, import_id=done.record.id, reason="not yet")
    again = await imported(seat, file, JANUARY)
    assert again.new
    assert await standing(seat) == before
    with pytest.raises(Conflict, match="RECORD_IMPORT_WITHDRAWN"):
        await withdraw(*seat, import_id=done.record.id, reason="once more")


async def test_rows_for_a_closed_period_wait(seat: Seat, file: Path) -> None:
    await imported(seat, file, JANUARY)
    await set_state(seat, "2025-01", PeriodState.CLOSED)
    done = await imported(seat, file, ["2,S1,2025-01-20,true,"])
    found = await standing(seat)
    assert done.waiting == 1
    assert (found["S1 2025-01 SOLVED"], found["S1 2025-Q1 SOLVED"]) == ("1/2 of 2", "2/2 of 2")
    assert (await measure_table(*seat, table=TABLE)).applied == 0
    await set_state(seat, "2025-01", PeriodState.OPEN)
    assert (await measure_table(*seat, table=TABLE)).applied == 1
    assert (await standing(seat))["S1 2025-01 SOLVED"] == "2/2 of 2"


async def test_what_waited_is_applied_once(seat: Seat, file: Path) -> None:
    await imported(seat, file, JANUARY)
    await set_state(seat, "2025-01", PeriodState.CLOSED)
    await imported(seat, file, ["2,S1,2025-01-20,true,"])
    await set_state(seat, "2025-01", PeriodState.OPEN)
    assert [(await measure_table(*seat, table=TABLE)).applied for _ in range(2)] == [1, 0]


async def test_complete_files_say_zero(seat: Seat, file: Path) -> None:
    rows = ["1,S1,2025-01-05,true,false"]
    await imported(seat, file, rows)
    assert "S1 2025-01 complaints" not in await standing(seat)
    await imported(seat, file, [*rows, "2,S1,2025-01-06,true,false"], complete=True)
    assert (await standing(seat))["S1 2025-01 complaints"] == "0 of 0"


async def test_what_was_imported_before_can_be_declared_complete_by_its_file(seat: Seat, file: Path) -> None:
    """Once: what is declared already is left alone, and a dry run declares nothing."""
    rows = ["1,S1,2025-01-05,true,false"]
    first = await imported(seat, file, rows)
    tried = await imported(seat, file, rows, complete=True, dry_run=True)
    assert (tried.declared, "S1 2025-01 complaints" in await standing(seat)) == (0, False)
    told = await imported(seat, file, rows, complete=True)
    assert (told.new, told.record, told.declared, told.recorded > 0) == (False, first.record, 1, True)
    assert (await standing(seat))["S1 2025-01 complaints"] == "0 of 0"
    again = await imported(seat, file, rows, complete=True)
    assert (again.declared, again.recorded) == (0, 0)
    assert len(await list_imports(*seat)) == 1


async def test_a_feed_without_rows_is_zero_once_complete(seat: Seat) -> None:
    await declare_feed(*seat, table=TABLE, units=["S3"], period_codes=["2025-01"])
    found = await standing(seat)
    assert (found["S3 2025-01 complaints"], found["S3 2025-01 SOLVED"]) == ("0 of 0", "not_applicable")
    await declare_feed(*seat, table=TABLE, units=["S3"], period_codes=["2025-01"], complete=False)
    assert await standing(seat) == {}


async def test_a_dry_run_keeps_nothing(seat: Seat, file: Path) -> None:
    done = await imported(seat, file, [*JANUARY, "9,NOBODY,2025-01-01,,"], dry_run=True)
    assert (done.record, done.stored, done.rejected) == (None, 3, 1)
    assert await list_imports(*seat) == []
    assert await standing(seat) == {}
    assert await kept_files(seat) == set()


@pytest.mark.parametrize("stage", stages.OF_IMPORT[:-3], ids=lambda stage: stage.en)
async def test_a_cancelled_import_keeps_nothing(seat: Seat, file: Path, stage: object) -> None:
    seen = []

    def told(progress: Progress) -> None:
        seen.append(progress.stage)

    with pytest.raises(Conflict, match="IMPORT_CANCELLED"):
        await imported(seat, file, JANUARY, progress=told, cancelled=lambda: stage in seen)
    assert await list_imports(*seat) == []
    assert await standing(seat) == {}
    assert (await imported(seat, file, JANUARY)).new


@pytest.mark.parametrize("stage", stages.OF_IMPORT[:2], ids=lambda stage: stage.en)
async def test_a_file_that_changes_while_it_is_read_is_refused(seat: Seat, file: Path, stage: object) -> None:
    """Else rows that were written in between could be taken for imported when the file is sent again."""

    def told(progress: Progress) -> None:
        if progress.stage == stage:
            with file.open("a") as opened:
                opened.write(f"{FEBRUARY[0]}\n")

    with pytest.raises(Conflict, match="SOURCE_CHANGED"):
        await imported(seat, file, JANUARY, progress=told)
    assert (await list_imports(*seat), await kept_files(seat)) == ([], set())
    assert (await imported(seat, file, [*JANUARY, *FEBRUARY])).stored == 4


async def test_a_file_that_is_cut_while_it_is_read_is_refused(seat: Seat, file: Path) -> None:
    """Whatever reading what is left led to."""

    def told(progress: Progress) -> None:
        if progress.stage == stages.READING and progress.done == 0:
            file.write_text("")

    with pytest.raises(Conflict, match="SOURCE_CHANGED"):
        await imported(seat, file, JANUARY, progress=told)


async def test_the_stages_come_in_their_order(seat: Seat, file: Path) -> None:
    seen: list[object] = []
    await imported(seat, file, JANUARY, progress=lambda progress: seen.append(progress.stage))
    assert list(dict.fromkeys(seen)) == list(stages.OF_IMPORT)


async def test_bad_rows_are_put_aside_and_corrected(seat: Seat, file: Path) -> None:
    good = [f"{number},S{1 + number % 3},2025-01-{1 + number % 28:02},true,true" for number in range(98)]
    bad = ["98,S1,2025-02-30,true,", "99,NOBODY,2025-01-01,true,"]
    done = await imported(seat, file, [*good, *bad, ",,,,"])
    assert (done.stored, done.rejected, done.blank) == (98, 2, 1)
    assert done.record is not None
    rejects = await rejects_file(*seat, done.record.id)
    with rejects.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    assert [row[0] for row in rows[1:]] == ["98", "99"]
    rows[1][2], rows[2][1] = "2025-01-30", "S2"
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened).writerows(rows)
    closed = await import_records(*seat, table=TABLE, source=source(file))
    assert (closed.stored, closed.rejected, closed.superseded) == (2, 0, 0)
    whole = [*good, "98,S1,2025-01-30,true,", "99,S2,2025-01-01,true,"]
    assert (await standing(seat))["S1 2025-01 SOLVED"] == _solved(whole, "S1")
    assert (await standing(seat))["S2 2025-01 SOLVED"] == _solved(whole, "S2")


def _solved(rows: list[str], shop: str) -> str:
    mine = [row.split(",") for row in rows]
    known = [row[3] == "true" for row in mine if row[1] == shop and row[3]]
    return f"{sum(known)}/{len(known)} of {len(known)}"


async def test_a_file_of_bad_rows_alone_is_kept_with_them(seat: Seat, file: Path) -> None:
    done = await imported(seat, file, ["1,NOBODY,2025-01-01,,"])
    assert (done.stored, done.rejected) == (0, 1)
    assert await standing(seat) == {}
    assert done.record is not None
    _, after = await withdraw(*seat, import_id=done.record.id, reason="nothing in it")
    assert after.measured.recorded == 0


async def test_rows_without_text_are_no_records(seat: Seat, file: Path) -> None:
    done = await imported(seat, file, [",,,,"])
    assert (done.stored, done.rejected, done.blank) == (0, 0, 1)


async def test_the_database_names_every_file(seat: Seat, file: Path) -> None:
    await imported(seat, file, [*JANUARY, "9,NOBODY,2025-01-01,,"])
    view, _, scope = seat
    async with view.context.database.read(scope) as reader:
        assert await kept_files(seat) == await content_names.load(reader, scope)


async def test_a_header_that_no_database_takes(seat: Seat, tmp_path: Path) -> None:
    """A workbook may write U+0000 into a cell; rejected rows come with a header that can be read again."""
    path = tmp_path / "tickets.xlsx"
    book = openpyxl.Workbook()
    for row in (
        ["ticket", "shop", "opened", "x_x0000_"],
        ["1", "S1", "2025-01-05", 1],
        ["2", "NO", "2025-01-05", 1],
    ):
        book.worksheets[0].append(row)
    book.save(path)
    read = RecordSource(BUILT_IN["xlsx"], {"file": str(path)}, path.name, path)
    done = await import_records(*seat, table=TABLE, source=read)
    assert (done.stored, done.rejected, done.ignored) == (1, 1, ("x\\x00",))
    assert done.record is not None
    rejects = await rejects_file(*seat, done.record.id)
    again = await import_records(*seat, table=TABLE, source=source(rejects))
    assert (again.stored, again.rejected) == (0, 1)


async def test_a_folder_with_a_quote_in_its_name(database: Database, tmp_path: Path) -> None:
    packs = ticket_packs(tmp_path / "tickets")
    async with context_on(database, packs, parts=tmp_path / "it's") as context:
        done = await imported(await open_shops(context), tmp_path / "tickets.csv", JANUARY)
    assert done.stored == 3


async def test_a_table_that_no_pack_declares(seat: Seat, file: Path) -> None:
    with pytest.raises(NotFound, match="RECORD_TABLE_NOT_FOUND"):
        await import_records(*seat, table="tickets.tocket", source=source(tickets(file, JANUARY)))


async def test_a_file_without_a_required_column_is_refused_whole(seat: Seat, file: Path) -> None:
    with pytest.raises(InvalidInput):
        await imported(seat, file, JANUARY, head="ticket,opened,solved,complaint")
    assert await list_imports(*seat) == []
