"""What other weights would make of a period."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import InvalidInput
from steelyard.services.administration import policy
from steelyard.services.context import Context, context_on
from steelyard.services.importing import import_table
from steelyard.services.weights import what_if as weights
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.what_if import WhatIf

JANUARY: dict[str, Any] = {"scheme": SCHEME, "period": "2025-01"}


def proposed(**given: int) -> list[ProposedWeight]:
    return [ProposedWeight(node, Fraction(weight)) for node, weight in given.items()]


@pytest.fixture(autouse=True)
def four_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the ranks of four shops be told."""
    monkeypatch.setattr(policy, "USUAL_PEER_MINIMUM", 4)


@pytest.fixture
async def rooms_only(seat: Seat) -> WhatIf:
    return await weights.propose(*seat, **JANUARY, weights=proposed(SERVICE=0))


def test_each_unit_before_and_after(rooms_only: WhatIf) -> None:
    changes = {change.unit.code: change for change in rooms_only.changes}
    assert list(changes) == ["S1", "S2", "S3", "S4", "S5"]
    second = changes["S2"]
    assert (second.current.score, second.proposed.score) == pytest.approx((65, 80))
    assert second.score_change == pytest.approx(15)
    assert (second.current.verdict, second.proposed.verdict) == ("failed", "passed")
    assert second.verdict_changed
    assert second.band_changed
    assert (second.current.rank, second.proposed.rank, second.rank_changed) == (3, 2, True)
    assert changes["S5"].score_change is None


def test_the_summary_counts_all(rooms_only: WhatIf) -> None:
    summary = rooms_only.summary
    assert (summary.units, summary.scored, summary.score_changed) == (5, 4, 4)
    assert (summary.band_changed, summary.verdict_changed, summary.rank_changed) == (4, 3, 3)


def test_the_shares_before_and_after(rooms_only: WhatIf) -> None:
    shares = {each.node: each for each in rooms_only.nodes}
    assert (shares["ROOMS"].current_local, shares["ROOMS"].proposed_local) == (0.25, 1)
    assert (shares["SPEED"].current_global, shares["SPEED"].proposed_global) == (0.375, 0)


async def test_the_same_weights_change_nothing(seat: Seat) -> None:
    found = await weights.propose(*seat, **JANUARY, weights=proposed(SERVICE=3, ROOMS=1))
    summary = found.summary
    assert (summary.score_changed, summary.rank_changed, summary.band_changed, summary.verdict_changed) == (
        0,
        0,
        0,
        0,
    )


async def test_only_the_units_asked_for_are_listed(seat: Seat) -> None:
    found = await weights.propose(*seat, **JANUARY, weights=proposed(ROOMS=2), units=["S3", "S1"])
    assert [change.unit.code for change in found.changes] == ["S1", "S3"]
    assert found.summary.units == 5


async def test_streaks_look_back_with_the_new_weights(empty: Context) -> None:
    seat = empty.view(), LOCAL_ADMINISTRATOR, empty.scope
    rows = "".join(f"S1,2025-{month:02},90%,90%,4,0\n" for month in (1, 2, 3))
    table = f"unit,period,SPEED,KINDNESS,complaints,bonus\n{rows}".encode()
    await import_table(*seat, scheme=SCHEME, data=table, file="t.csv", create_units=True)
    found = await weights.propose(*seat, scheme=SCHEME, period="2025-03", weights=proposed(SERVICE=0))
    assert [change.proposed.verdict for change in found.changes] == ["suspended"]


async def test_nothing_is_stored(seat: Seat, context: Context) -> None:
    before = await context.view().stamps(context.scope)
    await weights.propose(*seat, **JANUARY, weights=proposed(ROOMS=5))
    async with context_on(context.database, context.packs) as other:
        assert await other.view().stamps(other.scope) == before


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ([], [("WEIGHT_NONE", "weights")]),
        ([("ROMS", 1)], [("WEIGHT_UNKNOWN_NODE", "weights.0")]),
        ([("SHOP", 1)], [("WEIGHT_OF_ROOT", "weights.0")]),
        ([("ROOMS", 1), ("ROOMS", 2)], [("WEIGHT_TWICE", "weights.1")]),
        ([("SPEED", -1)], [("WEIGHT_NEGATIVE", "weights.0")]),
        ([("SPEED", 0), ("KINDNESS", 0)], [("WEIGHT_ALL_ZERO", "weights")]),
        (
            [("X", 1), ("SHOP", 1), ("ROOMS", 0), ("SERVICE", 0)],
            [
                ("WEIGHT_UNKNOWN_NODE", "weights.0"),
                ("WEIGHT_OF_ROOT", "weights.1"),
                ("WEIGHT_ALL_ZERO", "weights"),
            ],
        ),
    ],
)
async def test_bad_weights(seat: Seat, given: list[tuple[str, int]], problems: list[tuple[str, str]]) -> None:
    wanted = [ProposedWeight(node, Fraction(weight)) for node, weight in given]
    with pytest.raises(InvalidInput) as caught:
        await weights.propose(*seat, **JANUARY, weights=wanted)
    assert [(problem.code, problem.place.field) for problem in caught.value.problems] == problems
    assert caught.value.text("zh")


async def test_no_ranks_below_the_declared_minimum(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "USUAL_PEER_MINIMUM", 5)
    found = await weights.propose(*seat, **JANUARY, weights=proposed(SERVICE=0))
    assert (found.summary.ranked, found.summary.rank_changed, found.summary.scored) == (False, 0, 4)
    assert {each.current.rank for each in found.changes} == {each.proposed.rank for each in found.changes}
    assert {each.current.rank for each in found.changes} == {None}
    [second] = [each for each in found.changes if each.unit.code == "S2"]
    assert (second.band_changed, second.rank_changed) == (True, False)
    assert sum(found.summary.after) == 4


async def test_ranks_are_withheld_where_one_side_is_too_small(seat: Seat) -> None:
    """Without ROOMS the fourth shop has no score any more: it has nothing but rooms."""
    found = await weights.propose(*seat, **JANUARY, weights=proposed(SERVICE=1, ROOMS=0, SPEED=0))
    assert (found.summary.scored, found.summary.ranked) == (3, False)


@pytest.mark.parametrize("weight", ["5e-324", "1e308", "1e-31", "2e30"])
async def test_weights_that_floats_cannot_hold_are_refused(seat: Seat, weight: str) -> None:
    """A subnormal float has lost its digits: 5e-324 × 0.95 ÷ 5e-324 is 1."""
    given = [ProposedWeight("SPEED", Fraction(weight))]
    with pytest.raises(InvalidInput) as raised:
        await weights.propose(*seat, **JANUARY, weights=given)
    assert [problem.code for problem in raised.value.problems] == ["WEIGHT_OUT_OF_RANGE"]
