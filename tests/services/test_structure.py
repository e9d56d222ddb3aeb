"""The tenant's units, tree, attributes and periods in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from services.conftest import Seat
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import NotFound
from steelyard.services import structure
from steelyard.services.context import Context
from steelyard.services.structure import Structure
from steelyard.store import attributes, parentage
from steelyard.store.attributes import Setting
from steelyard.store.parentage import Placement

MOVED = date(2025, 2, 1)


@pytest.fixture
async def found(seat: Seat) -> Structure:
    return await structure.load(*seat)


def codes(units: tuple[structure.UnitRecord, ...]) -> list[str]:
    return [unit.code for unit in units]


def test_units_stand_by_code(found: Structure) -> None:
    assert codes(found.units) == ["CO", "NORTH", "S1", "S2", "S3", "S4", "S5", "SOUTH"]


def test_the_tree_goes_both_ways(found: Structure) -> None:
    assert codes(found.children(None)) == ["CO"]
    assert codes(found.children(found.unit("CO"))) == ["NORTH", "SOUTH"]
    assert codes(found.below(found.unit("CO"))) == ["CO", "NORTH", "S1", "S2", "SOUTH", "S3", "S4", "S5"]
    assert found.parent(found.unit("S1")) == found.unit("NORTH")
    assert found.parent(found.unit("CO")) is None


def test_attributes_and_ids(found: Structure) -> None:
    shop = found.unit("S4")
    assert found.attributes(shop) == {"size": "large"}
    assert found.attributes(found.unit("S1")) == {}
    assert found.unit_by_id(shop.id) == shop
    assert found.unit_by_id(-1) is None


def test_periods(found: Structure) -> None:
    assert [period.code for period in found.periods] == ["2025-01", "2025-02", "2025-Q1"]
    period = found.period("2025-01")
    assert (period.start, period.end) == (date(2025, 1, 1), date(2025, 2, 1))
    assert found.period_by_id(period.id) == period
    assert found.find_period("2025-01", ["quarter"]) is None


@pytest.mark.parametrize(
    ("ask", "code", "suggestion"),
    [
        (lambda found: found.unit("S11"), "UNIT_NOT_FOUND", "S1"),
        (lambda found: found.period("2025-03"), "PERIOD_NOT_FOUND", "2025-0"),
        (lambda found: found.period("2025-01", ["quarter"]), "PERIOD_NOT_FOUND", "2025-Q1"),
    ],
)
def test_what_is_not_there(
    found: Structure, ask: Callable[[Structure], object], code: str, suggestion: str
) -> None:
    with pytest.raises(NotFound) as caught:
        ask(found)
    assert caught.value.code == code
    assert suggestion in str(caught.value.problems[0].values["suggestion_en"])


async def test_what_is_dated_is_asked_for_a_day(writing: Context) -> None:
    seat = writing.view(), LOCAL_ADMINISTRATOR, writing.scope
    before = await structure.load(*seat)
    shop, south = before.unit("S1"), before.unit("SOUTH")
    async with writing.database.write(writing.scope) as writer:
        await parentage.place(writer, writing.scope, [Placement(shop.id, south.id, MOVED)])
        await attributes.assign(writer, writing.scope, [Setting(shop.id, "size", "small", MOVED)])
    after = await structure.load(writing.view(), *seat[1:])
    january = date(2025, 1, 31)
    assert [after.parent(shop, day) for day in (january, MOVED)] == [after.unit("NORTH"), south]
    assert codes(after.children(after.unit("NORTH"), MOVED)) == ["S2"]
    assert [after.attributes(shop, day) for day in (january, MOVED)] == [{}, {"size": "small"}]
    assert [each.valid_from for each in after.attribute_history(shop)] == [MOVED]


async def test_a_scope_hides_the_rest(seat: Seat) -> None:
    view, actor, scope = seat
    whole = await structure.load(*seat)
    mine = frozenset({whole.unit("NORTH").id, whole.unit("S1").id})
    seen = await structure.load(view, actor, replace(scope, unit_ids=mine))
    assert codes(seen.units) == ["NORTH", "S1"]
    assert codes(seen.children(None)) == ["NORTH"]
    with pytest.raises(NotFound):
        seen.unit("S2")
