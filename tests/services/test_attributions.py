"""Why a unit differs from another, from its past, and from the middle of the others."""

from __future__ import annotations

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, NotFound
from steelyard.services import attributions, scorecards, structure

JANUARY, FEBRUARY = "2025-01", "2025-02"


async def score(seat: Seat, unit: str, period: str) -> float:
    card = await scorecards.card(*seat, scheme=SCHEME, unit=unit, period=period)
    assert card.root.rate is not None
    return card.root.rate


def whole(found: attributions.Explained) -> float:
    return sum(part.value for part in found.attribution.parts)


async def test_two_units(seat: Seat) -> None:
    found = await attributions.between(*seat, scheme=SCHEME, first=("S1", JANUARY), second=("S2", JANUARY))
    expected = await score(seat, "S2", JANUARY) - await score(seat, "S1", JANUARY)
    assert whole(found) == pytest.approx(expected, abs=1e-9)
    assert found.attribution.difference == pytest.approx(expected, abs=1e-12)


async def test_two_periods(seat: Seat) -> None:
    found = await attributions.between(*seat, scheme=SCHEME, first=("S1", JANUARY), second=("S1", FEBRUARY))
    expected = await score(seat, "S1", FEBRUARY) - await score(seat, "S1", JANUARY)
    assert whole(found) == pytest.approx(expected, abs=1e-9)


async def test_the_sentence_names_both_and_what_made_most(seat: Seat) -> None:
    found = await attributions.between(
        *seat, scheme=SCHEME, node="SPEED", first=("S1", JANUARY), second=("S1", FEBRUARY)
    )
    assert found.sentence.en.endswith("+2.")
    assert " is 2 points above " in found.sentence.en
    assert "高 2 分" in found.sentence.zh


async def test_the_median_is_who_stands_in_the_middle(seat: Seat) -> None:
    known = await structure.load(*seat)
    others = [unit.code for unit in known.units if unit.unit_type == "shop" and unit.code != "S1"]
    found = await attributions.from_median(*seat, scheme=SCHEME, unit="S1", period=JANUARY)
    scores = []
    for code in others:
        card = await scorecards.card(*seat, scheme=SCHEME, unit=code, period=JANUARY)
        scores += [] if card.root.rate is None else [card.root.rate]
    scores.sort()
    median = (scores[(len(scores) - 1) // 2] + scores[len(scores) // 2]) / 2
    assert found.attribution.before == pytest.approx(median)
    assert whole(found) == pytest.approx(await score(seat, "S1", JANUARY) - median, abs=1e-9)


async def test_nobody_else_has_a_score(seat: Seat) -> None:
    with pytest.raises(InvalidInput) as raised:
        await attributions.from_median(*seat, scheme=SCHEME, unit="S1", period=JANUARY, units=["S1"])
    assert [problem.code for problem in raised.value.problems] == ["NOBODY_SCORED"]


async def test_units_out_of_scope_are_not_there(seat: Seat) -> None:
    view, actor, scope = seat
    own = (await structure.load(*seat)).unit("S1")
    narrow = view, actor, Scope(scope.tenant_id, frozenset({own.id}))
    with pytest.raises(NotFound):
        await attributions.between(*narrow, scheme=SCHEME, first=("S2", JANUARY), second=("S1", JANUARY))
    with pytest.raises(InvalidInput):
        await attributions.from_median(*narrow, scheme=SCHEME, unit="S1", period=JANUARY)
