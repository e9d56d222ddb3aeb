"""Robustness of a period's ranking: told about what one sees, from the tenant's minimum on, and stoppable."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Forbidden, InvalidInput, Text
from steelyard.services import structure
from steelyard.services.administration import policy
from steelyard.services.administration.perform import perform
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.progress import Progress
from steelyard.services.weights import robustness
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.robustness import Asked, RobustRanking

ASKED = Asked(SCHEME, "2025-01", draws=50)


async def _declared(seat: Seat, minimum: int) -> None:
    await perform(*seat, SetPolicy(policy.PEER_MINIMUM, minimum), reason="few shops")


async def test_no_ranking_below_the_declared_minimum(seat: Seat) -> None:
    found = await robustness.assess(*seat, ASKED)
    assert (found.minimum, found.ranking.scored) == (policy.USUAL_PEER_MINIMUM, 4)
    assert (found.simulation, found.variation) == (None, None)
    assert found.crossings.factors.shape == (len(found.crossings.nodes), len(found.units))


async def test_from_the_minimum_on_ranks_are_told(writing_seat: Seat) -> None:
    await _declared(writing_seat, 4)
    found = await robustness.assess(*writing_seat, ASKED)
    assert found.simulation is not None
    assert found.variation is not None
    assert [unit.code for unit in found.units] == ["S1", "S2", "S3", "S4", "S5"]
    at = found.simulation.ranking.rank
    assert (found.simulation.best <= at).all()
    assert (at <= found.simulation.worst).all()
    assert at[4] == 0


async def test_it_is_about_the_weights_that_are_tried(seat: Seat) -> None:
    asked = replace(ASKED, weights=[ProposedWeight("SERVICE", Fraction(0))])
    found = await robustness.assess(*seat, asked)
    assert "SERVICE" not in found.crossings.nodes
    assert found.ranking.rank.tolist() == [1, 2, 2, 4, 0]


async def test_what_carries_a_unit_over_its_line(seat: Seat) -> None:
    found = await robustness.assess(*seat, replace(ASKED, units=["S2"]))
    factor = found.crossings.factors[found.crossings.nodes.index("ROOMS"), 0]
    # 0.75 × 60 % + 0.25 × 80 % = 65 %; with ROOMS at f: (3 × 60 + 80 f) ÷ (3 + f) = 70 where f = 3.
    assert factor == pytest.approx(3)


async def test_too_much_to_wait_for(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robustness, "AT_ONCE_MOST", 249)
    with pytest.raises(InvalidInput) as raised:
        await robustness.assess(*seat, ASKED)
    [problem] = raised.value.problems
    assert (problem.code, problem.place.field) == ("WEIGHTS_TOO_MUCH_TO_SIMULATE", "draws")


async def test_it_is_told_how_far_it_is(writing_seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robustness, "LOOKED_EVERY", 0.001)
    await _declared(writing_seat, 4)
    events = [each async for each in robustness.follow(*writing_seat, replace(ASKED, draws=20_000))]
    *before, last = events
    assert isinstance(last, RobustRanking)
    assert all(isinstance(each, Progress) for each in before)
    alone = await robustness.assess(*writing_seat, replace(ASKED, draws=20_000))
    assert last.simulation is not None
    assert alone.simulation is not None
    assert np.array_equal(last.simulation.median, alone.simulation.median)


async def test_it_stops_when_nobody_listens(writing_seat: Seat) -> None:
    await _declared(writing_seat, 4)
    async with aclosing(robustness.follow(*writing_seat, replace(ASKED, draws=100_000))) as events:
        assert isinstance(await anext(events), Progress)
    # The next one has its turn though two threads are all there are.
    for _ in range(3):
        assert (await robustness.assess(*writing_seat, ASKED)).simulation is not None


async def test_it_is_about_units_on_which_weights_may_be_proposed(seat: Seat) -> None:
    view, _, scope = seat
    whole = await structure.load(view, Actor("who", Text("谁", "Who"), dict.fromkeys(Permission)), scope)
    rights = {**dict.fromkeys(Permission), Permission.WEIGHTS_PROPOSE: frozenset({whole.unit("S1").id})}
    actor = Actor("who", Text("谁", "Who"), rights)
    with pytest.raises(Forbidden):
        await robustness.assess(view, actor, scope, ASKED)
    assert (await robustness.assess(view, actor, scope, replace(ASKED, units=["S1"]))).ranking.scored == 1


@pytest.mark.parametrize(
    "wrong", [{"draws": 0}, {"concentration": 0.5}, {"concentration": float("nan")}, {"seed": -1}]
)
async def test_numbers_are_checked_whether_a_ranking_is_told_or_not(seat: Seat, wrong: Any) -> None:
    with pytest.raises(InvalidInput) as raised:
        await robustness.assess(*seat, replace(ASKED, **wrong))
    assert [problem.code for problem in raised.value.problems] == ["ROBUSTNESS_OUT_OF_RANGE"]
