"""Findings and paths of stored units: held against the past and against peers that may be told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.errors import InvalidInput, NotFound
from steelyard.improvement.path import PathStatus, Target, TargetKind
from steelyard.services import paths, peer_figures, peers, structure, unit_findings

SHOP: dict[str, Any] = {"scheme": SCHEME, "unit": "S2", "period": "2025-01"}
TODAY = date(2025, 3, 1)


async def test_findings_by_their_cost(seat: Seat) -> None:
    found = await unit_findings.find(*seat, **SHOP, today=TODAY)
    keys = [each.key for each in found]
    assert keys[0] == "below_line:SERVICE"
    assert {"below_line:SHOP", "below_line:SPEED", "below_line:KINDNESS"} <= set(keys)


async def test_what_fell_since_the_month_before(seat: Seat) -> None:
    found = await unit_findings.find(*seat, **{**SHOP, "period": "2025-02"}, node="SPEED", today=TODAY)
    falling = next(each for each in found if each.key == "falling:SPEED")
    assert (falling.reference, falling.rate) == (0.6, 0.5)
    assert "2025-01" in falling.sentence.en


async def test_peer_figures_are_those_of_the_standing(seat: Seat) -> None:
    found = (await peer_figures.figures(*seat, **SHOP))["SPEED"]
    told = await peers.standing(*seat, **SHOP, node="SPEED")
    assert isinstance(told, peers.PeerStanding)
    of = told.summary
    figures = [each / 100 for each in (of.lower_quartile, of.median, of.upper_quartile) if each is not None]
    assert [found.lower_quartile, found.median, found.upper_quartile] == figures
    assert (found.count, found.median) == (4, 0.75)


async def test_few_peers_are_not_told_of(seat: Seat) -> None:
    view, actor, scope = seat
    whole = await structure.load(*seat)
    narrow = replace(scope, unit_ids=frozenset({whole.unit("S2").id}))
    assert await peer_figures.figures(view, actor, narrow, **SHOP) == {}


async def test_a_path_takes_the_advice_of_the_pack(seat: Seat) -> None:
    answer = await paths.find(*seat, **SHOP)
    assert (answer.status, answer.code) == (PathStatus.INFEASIBLE, "SHOP")
    assert answer.most is not None
    assert answer.most.points == pytest.approx(68.75)
    assert answer.lacking == pytest.approx(1.25)


async def test_a_band_that_there_is_not(seat: Seat) -> None:
    with pytest.raises(InvalidInput) as caught:
        await paths.find(*seat, **SHOP, target=Target(TargetKind.BAND, "Z"))
    assert caught.value.code == "PATH_UNKNOWN_BAND"


@pytest.mark.parametrize("service", [paths.find, unit_findings.find])
async def test_an_unknown_node(seat: Seat, service: Any) -> None:
    with pytest.raises(NotFound) as caught:
        await service(*seat, **SHOP, node="NONE")
    assert caught.value.code == "NODE_NOT_FOUND"
