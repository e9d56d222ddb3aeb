"""The units of a region at a glance."""

from __future__ import annotations

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.scoring import Outcome
from steelyard.services import overviews


async def test_a_row_has_it_all(seat: Seat) -> None:
    rows = await overviews.below(*seat, scheme=SCHEME, period="2025-02", unit="NORTH", length=3)
    assert [row.unit.code for row in rows] == ["S1", "S2"]
    second = rows[1]
    assert (second.outcome, second.verdict, second.passed) == (Outcome.SCORED, "failed", False)
    assert second.band is not None
    assert second.band.code == "C"
    assert (second.score, second.points, second.full, second.coverage) == pytest.approx(
        (61.25, 61.25, 100, 1)
    )
    assert second.change == pytest.approx(-3.75)
    assert second.sparkline == (None, pytest.approx(65), pytest.approx(61.25))


async def test_units_without_a_score_are_there(seat: Seat) -> None:
    rows = {row.unit.code: row for row in await overviews.below(*seat, scheme=SCHEME, period="2025-01")}
    assert list(rows) == ["S1", "S2", "S3", "S4", "S5"]
    nothing = rows["S5"]
    assert (nothing.outcome, nothing.score, nothing.verdict, nothing.band) == (
        Outcome.MISSING,
        None,
        None,
        None,
    )
    assert len(nothing.sparkline) == overviews.LENGTH
