"""Sampling errors in the robustness of rankings: of which measures they are known, and what they tell."""

from __future__ import annotations

from collections.abc import AsyncIterator
from fractions import Fraction
from pathlib import Path

import pytest

from conftest import StatementCounter
from services.conftest import Seat
from services.repair_pack import JOBS, RECORDS, SCHEME, garages_on, import_jobs
from steelyard.analysis.robustness import SampledMean
from steelyard.services import editions, measurements
from steelyard.services.administration import policy
from steelyard.services.administration.perform import perform
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.weights import robustness
from steelyard.services.weights.robustness import Asked, RobustRanking
from steelyard.services.weights.sampled import FEW, WITHOUT_SQUARES, SampledMeasures, load_sampled
from steelyard.store import measurements as store
from steelyard.store.engine import Database
from steelyard.store.measurements import Origin, Reading, Source

ASKED = Asked(SCHEME, "2025-01", draws=400)
BOUNDED = RECORDS.replace("type: decimal}", "type: decimal, at_least: 0, at_most: 500}")
WHERE = {"scheme": SCHEME, "period": "2025-01"}


@pytest.fixture
async def garages(database: Database, tmp_path: Path) -> AsyncIterator[Seat]:
    """Three garages with jobs, of which again_share is 1 of 3, 1 of 1 and 0 of 1."""
    async with garages_on(database, tmp_path) as seat:
        await _begin(seat, tmp_path, JOBS)
        yield seat


async def _begin(seat: Seat, folder: Path, text: str) -> None:
    await import_jobs(seat, folder, f"{text}6,G3,2025-01-05,false,50\n")
    await perform(*seat, SetPolicy(policy.PEER_MINIMUM, 3), reason="few garages")
    for unit in ("G1", "G2", "G3"):
        await measurements.record(*seat, **WHERE, unit=unit, measure="manner", value="10")


async def _assessed(seat: Seat, asked: Asked = ASKED) -> RobustRanking:
    return await robustness.assess(*seat, asked)


async def test_a_share_is_drawn_as_often_as_its_records_allow(garages: Seat) -> None:
    found = await _assessed(garages)
    assert found.sampling is not None
    assert found.sampling.measures == ("again_share", "mean_invoice")
    low, high = found.sampling.error.low, found.sampling.error.high
    # 1 of 3 is 6 % to 79 % by Wilson, and AGAIN has 50 points of 100.
    assert (high[0] - low[0]) == pytest.approx(50 * (0.7923 - 0.0615), abs=3)
    assert found.simulation is not None
    assert found.sampling.simulation is not None
    assert found.simulation.neighbours[0] > 0.99
    assert found.sampling.simulation.neighbours[0] < 0.99
    assert found.simulation.best.tolist() == [2, 1, 3]
    assert found.sampling.simulation.best.tolist() == [1, 1, 1]


async def test_a_mean_is_sampled_where_its_values_are_bounded(database: Database, tmp_path: Path) -> None:
    async with garages_on(database, tmp_path, BOUNDED) as seat:
        await _begin(seat, tmp_path, JOBS.replace("5000", "500"))
        found = await _assessed(seat)
    assert found.sampling is not None
    assert found.sampling.measures == ("again_share", "mean_invoice")


async def test_what_somebody_recorded_counts_as_exact(garages: Seat) -> None:
    for measure in ("again_share", "mean_invoice"):
        await measurements.record(*garages, **WHERE, unit="G1", measure=measure, value="50")
    found = await _assessed(garages)
    assert found.sampling is not None
    assert found.sampling.error.low[0] == found.sampling.error.high[0]
    assert found.sampling.error.low[1] < found.sampling.error.high[1]
    for unit in ("G2", "G3"):
        await measurements.record(*garages, **WHERE, unit=unit, measure="again_share", value="50")
    assert (await _assessed(garages)).sampling is None


async def _means(seat: Seat) -> SampledMeasures:
    view, _, scope = seat
    scores = await editions.load(view, scope, view.context.entry(SCHEME))
    return await load_sampled(view, scope, scores, scores.period("2025-01"), scores.units)


async def test_the_error_of_a_mean_is_that_of_its_records(garages: Seat) -> None:
    """s ÷ √n of 100.10 and 200; the other two garages have one invoice each."""
    found = await _means(garages)
    mean = found.measures["mean_invoice"]
    assert isinstance(mean, SampledMean)
    assert mean.values[0] == pytest.approx(150.05)
    assert mean.errors[0] == pytest.approx((200 - 100.10) / 2)
    assert mean.known.tolist() == [True, False, False]
    low, high = mean.ends(0.95)
    assert (high[0] - low[0]) / 2 == pytest.approx(12.7062 * 49.95, rel=1e-4)
    assert [(each.measure, each.units, each.reason) for each in found.without] == [("mean_invoice", 2, FEW)]


async def test_a_mean_without_squares_has_no_error_and_says_why(database: Database, garages: Seat) -> None:
    """As an earlier version recorded it, that did not say of how many either."""
    view, actor, scope = garages
    known = await editions.load(view, scope, view.context.entry(SCHEME))
    mean = Reading(
        known.unit("G1").id,
        known.period("2025-01").id,
        "mean_invoice",
        Fraction("150.05"),
        numerator=Fraction("300.10"),
        denominator=Fraction(2),
    )
    async with database.write(scope) as writer:
        await store.record(writer, scope, "repair", [mean], Origin(actor, Source.RECORDS))
    view.renew()
    found = await _means(garages)
    assert found.measures.keys() == {"again_share"}
    assert [(each.units, each.reason) for each in found.without] == [(2, FEW), (1, WITHOUT_SQUARES)]


async def test_below_the_minimum_only_scores_are_told(garages: Seat) -> None:
    found = await _assessed(garages, Asked(SCHEME, "2025-01", units=["G1"]))
    assert found.sampling is not None
    assert found.sampling.simulation is None
    assert found.sampling.error.low.shape == (1,)


async def test_it_costs_one_statement_more(garages: Seat, count_statements: StatementCounter) -> None:
    view, _, scope = garages
    scores = await editions.load(view, scope, view.context.entry(SCHEME))
    period = scores.period("2025-01")
    with count_statements(view.context.database) as seen:
        await load_sampled(view, scope, scores, period, scores.units)
    assert len([each for each in seen if "SELECT" in each.upper() and "measurement" in each]) == 1
