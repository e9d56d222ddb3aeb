"""Scorecards: every node of a unit in a period."""

from __future__ import annotations

from typing import Any

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.errors import NotFound, Text
from steelyard.scoring import Outcome, Reason, RuleState, Status
from steelyard.services import evaluating, scorecards
from steelyard.services.context import Context

JANUARY: dict[str, Any] = {"scheme": SCHEME, "period": "2025-01"}


async def test_the_nodes_in_preorder(seat: Seat) -> None:
    card = await scorecards.card(*seat, **JANUARY, unit="S1")
    assert [(node.code, node.depth) for node in card.nodes] == [
        ("SHOP", 0),
        ("SERVICE", 1),
        ("SPEED", 2),
        ("KINDNESS", 2),
        ("ROOMS", 1),
    ]
    service = card.node("SERVICE")
    assert [node.code for node in service.children] == ["SPEED", "KINDNESS"]
    assert service.parent is not None
    assert service.parent.code == card.root.code
    assert card.root.parent is None


async def test_the_figures_of_a_node(seat: Seat) -> None:
    node = (await scorecards.card(*seat, **JANUARY, unit="S2")).node("SPEED")
    assert (node.outcome, node.reason, node.reason_text.en) == (
        Outcome.SCORED,
        Reason.MEASURED,
        "measured",
    )
    assert (node.rate, node.score, node.full, node.coverage, node.line) == (0.6, 60, 37.5, 1, 0.7)
    assert (node.points, node.obtained, node.assessed) == pytest.approx((22.5, 22.5, 37.5))
    assert node.line_points == 26.25
    assert (node.passed, node.band and node.band.code) == (False, "C")
    assert (node.local_weight, node.global_weight) == (0.5, 0.375)
    assert node.indicator.label.zh == "速度"


async def test_the_verdict_and_the_band(seat: Seat) -> None:
    cards = {card.unit.code: card for card in await scorecards.cards(*seat, **JANUARY)}
    assert {code: card.verdict for code, card in cards.items()} == {
        "S1": "passed",
        "S2": "failed",
        "S3": "failed",
        "S4": "passed",
        "S5": None,
    }
    assert cards["S1"].verdict_title == Text("达标", "Passed")
    assert cards["S5"].verdict_title is None
    assert cards["S1"].uncut == pytest.approx(88.75)


async def test_what_was_not_measured_has_no_number(seat: Seat) -> None:
    card = await scorecards.card(*seat, **JANUARY, unit="S5")
    assert {node.outcome for node in card.nodes} == {Outcome.MISSING}
    assert {node.score for node in card.nodes} == {None}
    assert card.root.coverage == 0
    assert card.uncut is None


async def test_a_variant_has_its_weights(seat: Seat) -> None:
    card = await scorecards.card(*seat, **JANUARY, unit="S4")
    assert card.node("SPEED").local_weight == 0.75
    assert card.root.coverage == pytest.approx(0.8125)


async def test_rules_that_fired_or_are_open_are_listed_with_reasons(seat: Seat) -> None:
    card = await scorecards.card(*seat, **JANUARY, unit="S4")
    assert [(each.rule.id, each.state) for each in card.rules] == [
        ("bonus", RuleState.UNDECIDED),
        ("unkind", RuleState.UNDECIDED),
    ]
    assert card.rules[0].reason == Text("bonus 没有数据", "bonus was not recorded")


async def test_a_unit_may_have_nothing_in_a_period(seat: Seat) -> None:
    card = await scorecards.card(*seat, scheme=SCHEME, period="2025-02", unit="S3")
    assert card.root.outcome is Outcome.MISSING


async def test_the_run_that_is_current(writing: Context, seat: Seat) -> None:
    card = await scorecards.card(*seat, **JANUARY, unit="S1")
    assert card.run is not None
    assert card.run.revision == 1
    own = writing.view(), LOCAL_ADMINISTRATOR, writing.scope
    await evaluating.evaluate_scheme(*own, scheme=SCHEME)
    again = await scorecards.card(*own, **JANUARY, unit="S1")
    assert again.run is not None
    assert again.run.revision == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"unit": "S9"}, "UNIT_NOT_FOUND"),
        ({"unit": "NORTH"}, "UNIT_NOT_SCORED"),
        ({"period": "2025-13"}, "PERIOD_NOT_FOUND"),
        ({"period": "2025"}, "PERIOD_NOT_FOUND"),
        ({"period": "2031-01"}, "PERIOD_WITHOUT_DATA"),
        ({"scheme": "test.shops"}, "SCHEME_NOT_FOUND"),
    ],
)
async def test_what_is_not_there(seat: Seat, changed: dict[str, str], code: str) -> None:
    with pytest.raises(NotFound) as caught:
        await scorecards.card(*seat, **{**JANUARY, "unit": "S1", **changed})
    assert caught.value.code == code


async def test_the_latest_periods_with_data_are_named(seat: Seat) -> None:
    with pytest.raises(NotFound) as caught:
        await scorecards.card(*seat, scheme=SCHEME, unit="S1", period="2031-01")
    assert caught.value.text("en").endswith("with data: 2025-01, 2025-02.")


async def test_the_nearest_unit_is_suggested(seat: Seat) -> None:
    with pytest.raises(NotFound) as caught:
        await scorecards.card(*seat, **JANUARY, unit="SOUT")
    assert "There is no unit SOUT (did you mean `SOUTH`?)." in caught.value.text("en")


async def test_an_unknown_node_with_the_nearest(seat: Seat) -> None:
    card = await scorecards.card(*seat, **JANUARY, unit="S1")
    with pytest.raises(NotFound) as caught:
        card.node("SPED")
    assert caught.value.code == "NODE_NOT_FOUND"
    assert "did you mean `SPEED`" in caught.value.text("en")


async def test_a_node_explained(seat: Seat) -> None:
    asked = {**JANUARY, "unit": "S2"}
    found = await scorecards.explain_node(*seat, **asked, node="ROOMS")
    assert [(each.measure, each.status, each.value) for each in found.inputs] == [
        ("complaints", Status.VALUE, 1)
    ]
    assert [float(each.points) for each in found.account][-1] == -5
    root = await scorecards.explain_node(*seat, **asked)
    assert [(term.code, float(term.share)) for term in root.terms] == [("SERVICE", 0.75), ("ROOMS", 0.25)]
