"""Where units stood when a closed period was decided does not change."""

from __future__ import annotations

from datetime import date

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.errors import Conflict
from steelyard.services import evaluating, overviews
from steelyard.services.administration.calendars import ClosePeriod
from steelyard.services.administration.moves import MoveUnit
from steelyard.services.administration.perform import perform
from steelyard.services.administration.units import CreateUnit

WHY = "a new region"
JANUARY, FEBRUARY = date(2025, 1, 15), date(2025, 2, 1)


@pytest.fixture
async def closed(writing_seat: Seat) -> Seat:
    """January is closed and evaluated."""
    await perform(*writing_seat, ClosePeriod("month", "2025-01"), reason=WHY)
    await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME, period="2025-01")
    return writing_seat


REFUSED = {
    "a measured unit": MoveUnit("S1", "SOUTH", JANUARY),
    "one that was evaluated": MoveUnit("S5", "NORTH", JANUARY),
    "all below a region": MoveUnit("NORTH", "SOUTH", JANUARY),
    "to the top": MoveUnit("S1", None, JANUARY),
}
ALLOWED = {
    "later": MoveUnit("S1", "SOUTH", FEBRUARY),
    "a region later": MoveUnit("NORTH", "SOUTH", FEBRUARY),
    "where it stands": MoveUnit("S1", "NORTH", JANUARY),
    "to the top, later": MoveUnit("S1", None, FEBRUARY),
}


@pytest.mark.parametrize("move", REFUSED)
async def test_a_move_in_a_closed_period_is_refused(move: str, closed: Seat) -> None:
    deed = REFUSED[move]
    with pytest.raises(Conflict) as raised:
        await perform(*closed, deed, reason=WHY)
    said = {(each.kind.code, each.values["unit"], each.values["period"]) for each in raised.value.problems}
    assert said == {("PLACE_OF_CLOSED_PERIOD", deed.unit, "2025-01")}


@pytest.mark.parametrize("move", ALLOWED)
async def test_a_move_that_changes_nothing_closed_is_none_of_its_business(move: str, closed: Seat) -> None:
    view, actor, scope = closed
    before = await overviews.below(*closed, scheme=SCHEME, period="2025-01", unit="NORTH")
    await perform(*closed, ALLOWED[move], reason=WHY)
    seat = view.context.view(), actor, scope
    assert await overviews.below(*seat, scheme=SCHEME, period="2025-01", unit="NORTH") == before


async def test_a_unit_that_is_new_may_stand_where_it_will(closed: Seat) -> None:
    await perform(*closed, CreateUnit("S6", "六店", "Shop 6", "shop", parent="NORTH"), reason=WHY)
    await perform(*closed, MoveUnit("S6", "SOUTH", JANUARY), reason=WHY)
    await perform(*closed, CreateUnit("EAST", "东区", "East", "region", parent="CO"), reason=WHY)
    await perform(*closed, MoveUnit("EAST", "NORTH", JANUARY), reason=WHY)
    with pytest.raises(Conflict):
        await perform(*closed, MoveUnit("S1", "EAST", JANUARY), reason=WHY)


async def test_an_open_period_binds_nobody(writing_seat: Seat) -> None:
    await perform(*writing_seat, MoveUnit("S1", "SOUTH", JANUARY), reason=WHY)
