"""Weak points and draft plans of stored units."""

from __future__ import annotations

from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import FASTER, SCHEME
from steelyard.errors import NotFound
from steelyard.services import weaknesses
from steelyard.services.plans import drafting

SHOP: dict[str, Any] = {"scheme": SCHEME, "unit": "S2", "period": "2025-01"}


async def test_weak_points(seat: Seat) -> None:
    found = await weaknesses.find(*seat, **SHOP)
    assert [(point.code, point.gain) for point in found.weak] == [
        ("SPEED", 15),
        ("KINDNESS", 15),
        ("ROOMS", 5),
    ]
    assert found.needed == pytest.approx(5)


async def test_weak_points_of_a_group(seat: Seat) -> None:
    found = await weaknesses.find(*seat, **SHOP, node="SERVICE")
    assert [point.code for point in found.weak] == ["SPEED", "KINDNESS"]


async def test_a_plan_takes_the_advice_of_the_pack(seat: Seat) -> None:
    plan = await drafting.draft(*seat, **SHOP)
    assert [(action.advice, action.gain) for action in plan.actions] == [(FASTER, 3.75)]
    assert [point.code for point in plan.without_advice] == ["KINDNESS", "ROOMS"]
    assert plan.projected.points == pytest.approx(68.75)


async def test_a_plan_for_an_unknown_node(seat: Seat) -> None:
    with pytest.raises(NotFound) as caught:
        await drafting.draft(*seat, **SHOP, node="NONE")
    assert caught.value.code == "NODE_NOT_FOUND"
