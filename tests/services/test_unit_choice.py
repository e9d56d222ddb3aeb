"""Which units a choice means, in a period and on its last day."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from conftest import copy_database
from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.analysis.choice import Condition
from steelyard.errors import InvalidInput, NotFound
from steelyard.packs import Packs
from steelyard.scoring import Outcome
from steelyard.services import attributions, comparisons, overviews, rankings, structure
from steelyard.services.context import open_context
from steelyard.services.unit_choice import PeerGroup, Places, UnitChoice
from steelyard.store import attributes
from steelyard.store.attributes import Setting

JANUARY, FEBRUARY = "2025-01", "2025-02"
FLOOR = {"S1": "2"}
STAFF = {"S1": "12", "S2": "30", "S3": "9", "S4": "many"}
SIZES = {"S1": "small", "S2": "small", "S3": "small"}


@pytest.fixture(scope="module")
def shops_with_staff(sqlite_shops: Path, packs: Packs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shops with attributes; S3 grows large in February."""
    path = tmp_path_factory.mktemp("staff") / "shops.db"
    copy_database(sqlite_shops, path)

    async def assign() -> None:
        async with open_context(f"sqlite:///{path}", packs) as opened:
            seat = opened.view(), LOCAL_ADMINISTRATOR, opened.scope
            known = await structure.load(*seat)
            given = [Setting(known.unit(code).id, "staff", value) for code, value in STAFF.items()]
            given += [Setting(known.unit(code).id, "size", value) for code, value in SIZES.items()]
            given += [Setting(known.unit(code).id, "floor", value) for code, value in FLOOR.items()]
            given.append(Setting(known.unit("S3").id, "size", "large", date(2025, 2, 1)))
            given.append(Setting(known.unit("S3").id, "floor", "3", date(2025, 2, 1)))
            given.append(Setting(known.unit("S3").id, "floor", "4", date(2025, 3, 1)))
            async with opened.database.write(opened.scope) as writer:
                await attributes.assign(writer, opened.scope, given)

    asyncio.run(assign())
    return path


@pytest.fixture
async def seat(shops_with_staff: Path, packs: Packs) -> AsyncIterator[Seat]:
    async with open_context(f"sqlite:///{shops_with_staff}", packs) as opened:
        yield opened.view(), LOCAL_ADMINISTRATOR, opened.scope


async def meant(seat: Seat, choice: UnitChoice, period: str = JANUARY) -> str:
    table = await comparisons.compare(*seat, scheme=SCHEME, periods=[period], choice=choice)
    return " ".join(unit.code for unit in table.units)


def size(*values: str) -> UnitChoice:
    return UnitChoice(attributes=(Condition("size", values),))


@pytest.mark.parametrize(
    ("choice", "units"),
    [
        (UnitChoice(), "S1 S2 S3 S4 S5"),
        (UnitChoice(codes=("S4", "S2", "S4")), "S4 S2"),
        (UnitChoice(children_of="SOUTH"), "S3 S4 S5"),
        (UnitChoice(children_of="CO"), ""),
        (UnitChoice(below="CO", codes=("S1",)), "S1"),
        (UnitChoice(below="SOUTH", codes=("S1",)), ""),
        (size("large"), "S4"),
        (size("large", "small"), "S1 S2 S3 S4"),
        (UnitChoice(attributes=(Condition("staff", (), 10),)), "S1 S2"),
        (UnitChoice(attributes=(Condition("staff", (), None, 12), Condition("size", ("small",)))), "S1 S3"),
        (UnitChoice(bands=("C",)), "S2 S3"),
        (UnitChoice(passed=True), "S1 S4"),
        (UnitChoice(passed=False), "S2 S3"),
        (UnitChoice(verdicts=("failed", "suspended")), "S2 S3"),
        (UnitChoice(outcomes=(Outcome.MISSING, Outcome.INCOMPLETE)), "S5"),
        (UnitChoice(peers_of=PeerGroup("S1", ("size",))), "S1 S2 S3"),
        (UnitChoice(peers_of=PeerGroup("S1", ("size",), "region")), "S1 S2"),
        (UnitChoice(peers_of=PeerGroup("S1", (), "company")), "S1 S2 S3 S4 S5"),
        (UnitChoice(peers_of=PeerGroup("S2", (), None, "complaints", 2)), "S2 S3 S4"),
        (UnitChoice(peers_of=PeerGroup("S2", (), None, "complaints", 1)), "S2 S3"),
        (UnitChoice(peers_of=PeerGroup("S1", ("size",)), below="SOUTH"), "S3"),
        (UnitChoice(places=Places(top=1)), "S1"),
        (UnitChoice(places=Places(bottom=1)), "S2 S3"),
        (UnitChoice(places=Places(top=1, around="S4", reach=0)), "S1 S4"),
        (UnitChoice(places=Places(around="S5", reach=1)), "S3 S5"),
        (UnitChoice(places=Places(top=1), below="NORTH"), "S1"),
        (UnitChoice(places=Places(top=1, indicator="SPEED"), codes=("S2", "S1")), "S1"),
    ],
)
async def test_who_is_meant(seat: Seat, choice: UnitChoice, units: str) -> None:
    assert await meant(seat, choice) == units


async def test_attributes_are_those_of_the_last_day(seat: Seat) -> None:
    assert await meant(seat, size("large"), FEBRUARY) == "S3 S4"


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (UnitChoice(attributes=(Condition("sise", ("large",)),)), "CHOICE_ATTRIBUTE_UNKNOWN"),
        (size("larg"), "CHOICE_ATTRIBUTE_VALUE"),
        (UnitChoice(attributes=(Condition("size", (), 1),)), "CHOICE_ATTRIBUTE_NO_NUMBER"),
        (UnitChoice(places=Places(indicator="SPEED")), "CHOICE_PLACES_OF_NOTHING"),
        (UnitChoice(bands=("D",)), "CHOICE_BAND_UNKNOWN"),
        (UnitChoice(verdicts=("gone",)), "CHOICE_VERDICT_UNKNOWN"),
        (UnitChoice(peers_of=PeerGroup("S5", ("size",))), "CHOICE_PEER_WITHOUT_ATTRIBUTE"),
        (UnitChoice(peers_of=PeerGroup("S1", (), "planet")), "CHOICE_PEER_WITHOUT_ANCESTOR"),
        (UnitChoice(peers_of=PeerGroup("S1", (), None, "complaints")), "CHOICE_PEER_WITHOUT_SIZE"),
        (UnitChoice(peers_of=PeerGroup("S1", (), None, "orders")), "MEASURE_NOT_READ"),
        (UnitChoice(peers_of=PeerGroup("S1")), "CHOICE_PEERS_IN_NOTHING"),
    ],
)
async def test_what_means_nothing(seat: Seat, choice: UnitChoice, code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        await meant(seat, choice)
    assert [problem.code for problem in raised.value.problems] == [code]


async def test_a_value_that_nobody_has_suggests_those_there_are(seat: Seat) -> None:
    with pytest.raises(InvalidInput) as raised:
        await meant(seat, size("small", "larg"))
    assert "(did you mean `large`?). It is: large, small." in raised.value.text()


async def test_a_value_of_another_day_is_no_fault(seat: Seat) -> None:
    assert await meant(seat, UnitChoice(attributes=(Condition("floor", ("3",)),))) == ""


async def test_all_that_means_nothing_is_told_at_once(seat: Seat) -> None:
    with pytest.raises(InvalidInput) as raised:
        await meant(seat, UnitChoice(bands=("D",), attributes=(Condition("sise"),)))
    assert len(raised.value.problems) == 2


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (UnitChoice(codes=("S9",)), "UNIT_NOT_FOUND"),
        (UnitChoice(below="EAST"), "UNIT_NOT_FOUND"),
        (UnitChoice(peers_of=PeerGroup("CO", ("size",))), "UNIT_NOT_SCORED"),
        (UnitChoice(places=Places(top=1, indicator="NONE")), "NODE_NOT_FOUND"),
        (UnitChoice(places=Places(around="S1"), below="SOUTH"), "UNIT_NOT_RANKED"),
    ],
)
async def test_what_is_not_there(seat: Seat, choice: UnitChoice, code: str) -> None:
    with pytest.raises(NotFound) as raised:
        await meant(seat, choice)
    assert raised.value.code == code


async def narrowed(seat: Seat, *codes: str) -> Seat:
    view, actor, scope = seat
    known = await structure.load(*seat)
    return view, actor, Scope(scope.tenant_id, frozenset(known.unit(code).id for code in codes))


async def test_only_units_that_one_sees(seat: Seat) -> None:
    narrow = await narrowed(seat, "SOUTH", "S3", "S5")
    assert await meant(narrow, UnitChoice(places=Places(top=1))) == "S3"
    assert await meant(narrow, UnitChoice(peers_of=PeerGroup("S3", ("size",)))) == "S3"
    assert await meant(narrow, UnitChoice(peers_of=PeerGroup("S3", (), "region"))) == "S3 S5"


@pytest.mark.parametrize(
    "choice",
    [
        UnitChoice(attributes=(Condition("floor"),)),
        UnitChoice(peers_of=PeerGroup("S4", (), "company")),
    ],
)
async def test_what_lies_out_of_scope_is_not_known(seat: Seat, choice: UnitChoice) -> None:
    with pytest.raises(InvalidInput):
        await meant(await narrowed(seat, "SOUTH", "S4"), choice)


async def test_every_screen_takes_a_choice(seat: Seat) -> None:
    choice, asked = size("small"), {"scheme": SCHEME, "period": JANUARY}
    ranking = await rankings.rank_units(*seat, **asked, choice=choice)
    rows = await overviews.below(*seat, **asked, choice=choice)
    heat = await comparisons.heat_map(*seat, **asked, choice=choice)
    shown = (ranking.units, [row.unit for row in rows], heat.units)
    assert [[unit.code for unit in units] for units in shown] == [["S1", "S2", "S3"]] * 3


async def test_the_median_of_the_chosen(seat: Seat) -> None:
    found = await attributions.from_median(
        *seat, scheme=SCHEME, unit="S1", period=JANUARY, choice=size("large")
    )
    assert [unit.code for unit in found.units] == ["S4"]
