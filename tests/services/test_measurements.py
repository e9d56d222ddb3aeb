"""Recording one measurement, and reading it at once."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from conftest import StatementCounter
from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.errors import InvalidInput, NotFound
from steelyard.scoring import Outcome
from steelyard.services import measurements
from steelyard.store.measurements import Source

SHOP: dict[str, Any] = {"scheme": SCHEME, "unit": "S1", "period": "2025-01"}


async def test_the_new_score_is_there(writing_seat: Seat) -> None:
    found = await measurements.record(*writing_seat, **SHOP, measure="SPEED", value="98%")
    assert found.changed
    assert found.scorecard.node("SPEED").score == 98
    assert [node.code for node in found.nodes] == ["SPEED"]
    assert (found.record.value, found.record.source, found.record.recorded_by) == (
        Fraction(49, 50),
        Source.GRAPHQL,
        "local",
    )


async def test_what_stands_already_is_no_change(writing_seat: Seat) -> None:
    found = await measurements.record(*writing_seat, **SHOP, measure="SPEED", value="0.90")
    assert not found.changed
    assert found.record.source is Source.SAMPLE


async def test_it_may_not_apply(writing_seat: Seat) -> None:
    found = await measurements.record(*writing_seat, **SHOP, measure="SPEED", value="n/a")
    assert found.record.value is None
    assert found.nodes[0].outcome is Outcome.NOT_APPLICABLE


async def test_a_measure_that_only_rules_read(writing_seat: Seat) -> None:
    found = await measurements.record(*writing_seat, **SHOP, measure="bonus", value="2")
    assert found.nodes == ()
    assert found.scorecard.root.score == pytest.approx(90.75)


async def test_a_period_of_the_calendar_is_put_on_record(writing_seat: Seat) -> None:
    later = {**SHOP, "period": "2025-Q4"}
    found = await measurements.record(*writing_seat, **later, measure="SPEED", value="1")
    assert found.scorecard.period.code == "2025-Q4"
    assert found.scorecard.root.coverage == pytest.approx(0.375)


async def test_the_history_has_all(writing_seat: Seat) -> None:
    for value in ("50%", "60%"):
        await measurements.record(*writing_seat, **SHOP, measure="SPEED", value=value)
    found = await measurements.history(*writing_seat, **SHOP, measure="SPEED")
    assert [record.value for record in found] == [Fraction(9, 10), Fraction(1, 2), Fraction(3, 5)]


async def test_the_statements_do_not_grow(writing_seat: Seat, count_statements: StatementCounter) -> None:
    view = writing_seat[0]
    with count_statements(view.context.database) as seen:
        await measurements.record(*writing_seat, **SHOP, measure="SPEED", value="12%")
    assert len(seen) <= 24, seen


async def test_what_stands_by_unit_and_measure(seat: Seat) -> None:
    asked = {"scheme": SCHEME, "period": "2025-01", "units": ["S4", "S1", "S5"]}
    found = await measurements.records(*seat, **asked)
    assert {unit: [record.measure for record in records] for unit, records in found.items()} == {
        "S4": ["SPEED", "complaints"],
        "S1": ["KINDNESS", "SPEED", "bonus", "complaints"],
        "S5": [],
    }
    of_leaf = await measurements.records(*seat, **asked, node="ROOMS")
    assert [record.measure for record in of_leaf["S1"]] == ["complaints"]


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"measure": "SPED"}, "MEASURE_NOT_READ", "measure"),
        ({"value": ""}, "MEASUREMENT_EMPTY", "value"),
        ({"value": "98"}, "TABLE_RATE_ABOVE_ONE", "value"),
        ({"value": "１"}, "TABLE_FULL_WIDTH", "value"),
        ({"value": "fast"}, "TABLE_NOT_A_NUMBER", "value"),
        ({"measure": "complaints", "value": "-1"}, "TABLE_NEGATIVE_COUNT", "value"),
    ],
)
async def test_bad_values(seat: Seat, changed: dict[str, str], code: str, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        await measurements.record(*seat, **{**SHOP, "measure": "SPEED", "value": "1", **changed})
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.field) == (code, field)
    assert problem.text("zh")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"unit": "S9"}, "UNIT_NOT_FOUND"),
        ({"unit": "NORTH"}, "UNIT_NOT_SCORED"),
        ({"period": "2025"}, "PERIOD_NOT_FOUND"),
        ({"scheme": "none"}, "SCHEME_NOT_FOUND"),
    ],
)
async def test_what_is_not_there(seat: Seat, changed: dict[str, str], code: str) -> None:
    with pytest.raises(NotFound) as caught:
        await measurements.record(*seat, **{**SHOP, "measure": "SPEED", "value": "1", **changed})
    assert caught.value.code == code
