"""Places of units, with ties and those without a score."""

from __future__ import annotations

from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.errors import NotFound
from steelyard.services import rankings
from steelyard.services.rankings import RankingTable

JANUARY: dict[str, Any] = {"scheme": SCHEME, "period": "2025-01"}


@pytest.fixture
async def table(seat: Seat) -> RankingTable:
    return await rankings.rank_units(*seat, **JANUARY, node="SPEED")


def test_ties_share_a_rank_and_stand_by_code(table: RankingTable) -> None:
    listed = [(entry.unit.code, entry.rank, entry.tied) for entry in table.entries(0, 10)]
    assert listed == [("S4", 1, 1), ("S1", 2, 1), ("S2", 3, 2), ("S3", 3, 2), ("S5", None, 0)]
    assert (table.total, table.scored) == (5, 4)


def test_an_entry_has_it_all(table: RankingTable) -> None:
    entry = table.find("S1")
    assert (entry.position, entry.score, entry.passed, entry.quartile) == (1, 90, True, 2)
    assert entry.percentile == pytest.approx(2 / 3)
    assert entry.points == pytest.approx(33.75)
    assert entry.band is not None
    assert entry.band.code == "A"
    last = table.find("S5")
    assert (last.score, last.points, last.percentile, last.quartile, last.passed) == (None,) * 5


def test_neighbours(table: RankingTable) -> None:
    assert [entry.unit.code for entry in table.neighbours("S1", 1)] == ["S4", "S1", "S2"]
    assert [entry.unit.code for entry in table.neighbours("S5", 1)] == ["S3", "S5"]


def test_the_list_goes_on_after_every_entry(table: RankingTable) -> None:
    for entry in table.entries(0, table.total):
        assert table.position_after(entry.score, entry.unit.code) == entry.position + 1


@pytest.mark.parametrize(
    ("score", "unit", "position"),
    [(99, "S9", 0), (90, "S0", 1), (60, "S2A", 3), (60, "S9", 4), (None, "S0", 4), (None, "S9", 5)],
)
def test_the_list_goes_on_where_a_unit_is_gone(
    table: RankingTable, score: float | None, unit: str, position: int
) -> None:
    assert table.position_after(score, unit) == position


def test_the_spread_of_those_ranked(table: RankingTable) -> None:
    assert (table.spread.count, table.spread.best, table.spread.mean) == (4, 95, 76.25)
    assert table.spread.best_unit == table.find("S4").unit


@pytest.mark.parametrize(
    ("chosen", "units"),
    [({"below": "SOUTH"}, ["S4", "S3", "S5"]), ({"units": ["S5", "S3", "S1"]}, ["S1", "S3", "S5"])],
)
async def test_which_units_are_ranked(seat: Seat, chosen: dict[str, Any], units: list[str]) -> None:
    table = await rankings.rank_units(*seat, **JANUARY, node="SPEED", **chosen)
    assert [entry.unit.code for entry in table.entries(0, 9)] == units


def test_who_is_not_ranked(table: RankingTable) -> None:
    with pytest.raises(NotFound) as caught:
        table.find("NORTH")
    assert caught.value.code == "UNIT_NOT_RANKED"
