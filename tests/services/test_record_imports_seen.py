"""Who may import records of which units, and who sees which import and its rejected rows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from pathlib import Path

import pytest

from services.conftest import Seat
from services.ticket_pack import TABLE, open_shops, source, standing, ticket_packs, tickets
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.rights import Rights
from steelyard.errors import Forbidden, InvalidInput, NotFound, Text
from steelyard.services import structure
from steelyard.services.context import context_on
from steelyard.services.records.importing import import_records
from steelyard.services.records.listing import find_import, list_imports, rejects_file
from steelyard.services.records.remeasuring import declare_feed, measure_table, withdraw
from steelyard.store.engine import Database

OF_BOTH = ("1,S1,2025-01-05,true,true", "2,S2,2025-01-20,false,")
BAD = "3,NOBODY,2025-01-20,false,"


@pytest.fixture
async def seat(database: Database, tmp_path: Path) -> AsyncIterator[Seat]:
    packs = ticket_packs(tmp_path / "tickets")
    async with context_on(database, packs, parts=tmp_path / "parts") as context:
        yield await open_shops(context)


async def of(seat: Seat, code: str, *shops: str, rated: Collection[str] = ()) -> Seat:
    """Somebody who may do everything on some shops, and sees no others."""
    view, _, scope = seat
    whole = await structure.load(*seat)
    mine = frozenset(whole.unit(shop).id for shop in shops)
    own = frozenset(whole.unit(shop).id for shop in rated)
    actor = Actor(code, Text(code, code), dict.fromkeys(Permission, mine), own)
    return view, actor, actor.scope(scope.tenant_id)


async def imported(seat: Seat, folder: Path, *rows: str) -> int:
    file = tickets(folder / "tickets.csv", rows)
    done = await import_records(*seat, table=TABLE, source=source(file))
    assert done.record is not None
    return done.record.id


async def test_units_out_of_scope_are_rejected_as_unknown_ones_are(seat: Seat, tmp_path: Path) -> None:
    narrow = await of(seat, "north", "S1")
    file = tickets(tmp_path / "a.csv", [*OF_BOTH, BAD])
    done = await import_records(*narrow, table=TABLE, source=source(file))
    assert (done.stored, done.rejected) == (1, 2)
    hidden, unknown = (problem.message("en") for problem in done.problems)
    assert hidden.replace("S2", "NOBODY") == unknown
    assert {key[:2] for key in await standing(seat)} == {"S1"}


async def test_an_import_shows_to_who_made_it_and_to_who_sees_all_its_units(
    seat: Seat, tmp_path: Path
) -> None:
    made = await imported(await of(seat, "maker", "S1", "S2"), tmp_path, *OF_BOTH)
    for shops, seen in ((("S1",), []), (("S1", "S2"), [made]), (("S1", "S2", "S3"), [made]), (("S3",), [])):
        looking = await of(seat, "reader", *shops)
        assert [each.id for each in await list_imports(*looking)] == seen
    assert [each.id for each in await list_imports(*await of(seat, "maker", "S3"))] == [made]


async def test_rejected_rows_are_for_who_made_the_import_and_who_sees_everything(
    seat: Seat, tmp_path: Path
) -> None:
    made = await imported(await of(seat, "maker", "S1"), tmp_path, OF_BOTH[0], BAD)
    everything = await rejects_file(*seat, made)
    assert await rejects_file(*await of(seat, "maker", "S1"), made) == everything
    with pytest.raises(NotFound, match="RECORD_IMPORT_NOT_FOUND"):
        await rejects_file(*await of(seat, "reader", "S1", "S2", "S3"), made)


async def test_an_import_out_of_sight_is_as_one_that_is_not_there(seat: Seat, tmp_path: Path) -> None:
    made = await imported(seat, tmp_path, *OF_BOTH)
    narrow = await of(seat, "north", "S1")
    told = []
    for number in (made, made + 1):
        with pytest.raises(NotFound) as refused:
            await find_import(*narrow, number)
        told.append(refused.value.problems[0].message("en").replace(str(number), "N"))
    assert told[0] == told[1]
    with pytest.raises(NotFound, match="RECORD_IMPORT_NOT_FOUND"):
        await withdraw(*narrow, import_id=made, reason="not mine")


async def test_nothing_rejected_has_no_file(seat: Seat, tmp_path: Path) -> None:
    made = await imported(seat, tmp_path, *OF_BOTH)
    with pytest.raises(NotFound, match="NO_REJECTS"):
        await rejects_file(*seat, made)


async def test_nobody_imports_records_of_a_unit_with_which_they_are_rated(seat: Seat, tmp_path: Path) -> None:
    rated = await of(seat, "clerk", "S1", "S2", rated=["S2"])
    with pytest.raises(Forbidden, match="SELF_RATING"):
        await imported(rated, tmp_path, *OF_BOTH)
    await imported(rated, tmp_path, OF_BOTH[0])
    assert {key[:2] for key in await standing(seat)} == {"S1"}
    with pytest.raises(Forbidden, match="SELF_RATING"):
        await declare_feed(*rated, table=TABLE, units=["S2"], period_codes=["2025-01"])


async def test_importing_needs_its_permission(seat: Seat, tmp_path: Path) -> None:
    view, reader, scope = await of(seat, "reader", "S1")
    rights: Rights = {
        each: held for each, held in reader.rights.items() if each is not Permission.MEASUREMENT_IMPORT
    }
    reading = (view, reader.after(rights), scope)
    with pytest.raises(Forbidden):
        await imported(reading, tmp_path, OF_BOTH[0])
    with pytest.raises(Forbidden):
        await declare_feed(*reading, table=TABLE, units=["S1"], period_codes=["2025-01"])


async def test_measuring_everything_needs_the_whole_tenant(seat: Seat) -> None:
    with pytest.raises(Forbidden):
        await measure_table(*await of(seat, "north", "S1", "S2", "S3"), table=TABLE)


async def test_a_withdrawal_needs_a_reason(seat: Seat, tmp_path: Path) -> None:
    made = await imported(seat, tmp_path, *OF_BOTH)
    with pytest.raises(InvalidInput):
        await withdraw(*seat, import_id=made, reason=" ")


async def test_who_imports_one_unit_leaves_the_others_alone(seat: Seat, tmp_path: Path) -> None:
    await imported(seat, tmp_path, *OF_BOTH)
    before = await standing(seat)
    await imported(await of(seat, "north", "S1"), tmp_path, "9,S1,2025-01-31,true,")
    after = await standing(seat)
    assert {key: value for key, value in after.items() if key.startswith("S2")} == {
        key: value for key, value in before.items() if key.startswith("S2")
    }
    assert after["S1 2025-01 SOLVED"] == "2/2 of 2"
