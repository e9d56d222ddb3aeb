"""Printed cards: a scorecard in the layout that a scheme declares, also where something has no points."""

from __future__ import annotations

from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.errors import Text
from steelyard.scheme.layout import Layout, Shown
from steelyard.scoring import Outcome
from steelyard.services import scorecards
from steelyard.services.printed_cards import PrintedCard, printed

HEAD = Text("栏", "Head")
TOTAL = Text("合计", "Total")


async def laid_out(
    seat: Seat, *columns: Shown | tuple[Shown, Shown], unit: str = "S2", **options: Any
) -> PrintedCard:
    pairs = [each if isinstance(each, tuple) else (each, None) for each in columns]
    declared = [{"show": show, "head": HEAD, "total": total} for show, total in pairs]
    layout = Layout.model_validate({"columns": declared, **options})
    card = await scorecards.card(*seat, scheme=SCHEME, period="2025-01", unit=unit)
    return printed(card, layout)


@pytest.mark.parametrize(
    ("at", "codes", "indents"),
    [
        ("first", ["SHOP", "SERVICE", "SPEED", "KINDNESS", "ROOMS"], [0, 0, 1, 1, 0]),
        ("last", ["SERVICE", "SPEED", "KINDNESS", "ROOMS", "SHOP"], [0, 1, 1, 0, 0]),
    ],
)
async def test_the_total_stands_where_the_source_has_it(
    seat: Seat, at: str, codes: list[str], indents: list[int]
) -> None:
    found = await laid_out(seat, "code", total_at=at)
    assert ([row[0] for row in found.rows], found.indents) == (codes, indents)
    assert [found.rows[row][0] for row in found.totals] == ["SHOP"]


async def test_the_total_has_its_own_name_and_figures(seat: Seat) -> None:
    found = await laid_out(seat, "item", ("pass", "pass_points"), total=TOTAL)
    assert found.rows[-1][:2] == ["合计 Total", 70]
    assert [row[1] for row in found.rows[:-1]] == [0.7] * 4
    assert [each.name for each in found.total_columns][:2] == ["item", "pass_points"]


@pytest.mark.parametrize(("whole", "weights"), [(None, [0.375, 1]), (1000, [0.0375, 0.1])])
async def test_weights_are_shares_of_what_the_source_prints(
    seat: Seat, whole: int | None, weights: list[float]
) -> None:
    found = await laid_out(seat, "code", "weight", whole=whole)
    shown = {row[0]: row[1] for row in found.rows}
    assert [shown["SPEED"], shown["SHOP"]] == weights


async def test_a_cell_without_points_says_why(seat: Seat) -> None:
    words = {
        Outcome.NOT_APPLICABLE: "不适用 not applicable",
        Outcome.MISSING: "无数据 nothing measured",
        Outcome.INCOMPLETE: "不完整 incomplete",
    }
    met = set[Outcome]()
    for card in await scorecards.cards(*seat, scheme=SCHEME, period="2025-01"):
        found = await laid_out(seat, "code", "points", unit=card.unit.code)
        for code, points in found.rows:
            node = card.node(str(code))
            met.add(node.outcome)
            assert points == (words[node.outcome] if node.points is None else node.points)
    assert len(met) > 1
