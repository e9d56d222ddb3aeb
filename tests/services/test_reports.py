"""What stands in a report: figures as everywhere else, and of others only what may be told."""

from __future__ import annotations

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.scope import Scope
from steelyard.services import peers, reports, scorecards, structure

JANUARY = {"scheme": SCHEME, "unit": "S1", "period": "2025-01"}


async def test_figures_are_those_of_the_scorecard(seat: Seat) -> None:
    found = await reports.report(*seat, **JANUARY)
    card = await scorecards.card(*seat, **JANUARY)
    assert [line.code for line in found.tree] == [node.code for node in card.nodes]
    assert [line.points for line in found.tree] == [node.points for node in card.nodes]
    assert (found.standing.score, found.standing.coverage) == (card.root.score, card.root.coverage)


async def test_peers_are_those_of_the_standing(seat: Seat) -> None:
    found = await reports.report(*seat, **JANUARY)
    standing = await peers.standing(*seat, **JANUARY)
    assert isinstance(standing, peers.PeerStanding)
    assert (found.peers[0].rank, found.peers[0].median) == (standing.rank, standing.summary.median)


async def test_few_others_are_not_told_of(seat: Seat) -> None:
    view, actor, scope = seat
    known = await structure.load(*seat)
    all_but_one = frozenset(unit.id for unit in known.units if unit.code != "S2")
    found = await reports.report(view, actor, Scope(scope.tenant_id, all_but_one), **JANUARY)
    assert found.peers[0].count is None


async def test_an_open_period_is_provisional(seat: Seat) -> None:
    found = await reports.report(*seat, **JANUARY)
    assert found.provenance.provisional
    assert found.provenance.revision is None


@pytest.mark.parametrize("period", ["2025-01", "2025-02"])
async def test_a_trend_ends_with_its_period(seat: Seat, period: str) -> None:
    found = await reports.report(*seat, **{**JANUARY, "period": period})
    assert found.trend[-1].period == period
    assert found.trend[0].score is not None
