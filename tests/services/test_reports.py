"""What stands in a report: figures as everywhere else, and of others only what may be told."""

from __future__ import annotations

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.scope import Scope
from steelyard.services import evaluating, peers, reports, scorecards, structure
from steelyard.services.administration.calendars import ClosePeriod
from steelyard.services.administration.perform import perform

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


async def test_a_final_run_is_told_to_who_sees_all(writing_seat: Seat) -> None:
    view, actor, scope = writing_seat
    await perform(*writing_seat, ClosePeriod("month", "2025-01"), reason="all is in")
    await evaluating.evaluate_scheme(*writing_seat, scheme=SCHEME)
    own = (await structure.load(*writing_seat)).unit("S1")
    every = (await reports.report(*writing_seat, **JANUARY)).provenance
    some = await reports.report(view, actor, Scope(scope.tenant_id, frozenset({own.id})), **JANUARY)
    assert (every.withheld, every.revision) == (False, 2)
    assert (some.provenance.withheld, some.provenance.revision) == (True, None)


@pytest.mark.parametrize("period", ["2025-01", "2025-02"])
async def test_a_trend_ends_with_its_period(seat: Seat, period: str) -> None:
    found = await reports.report(*seat, **{**JANUARY, "period": period})
    assert found.trend[-1].period == period
    assert found.trend[0].score is not None
