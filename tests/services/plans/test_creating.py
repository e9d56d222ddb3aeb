"""Plans that are drafted and kept: from findings, and from a path to a grade."""

from __future__ import annotations

from fractions import Fraction

import pytest

from services.conftest import Seat
from services.plans.planning import SHOP, drafted, person, sat
from steelyard.access.actor import Actor
from steelyard.errors import Conflict, Forbidden, InvalidInput, NotFound, Text
from steelyard.improvement.path import PathStatus, Target, TargetKind
from steelyard.services.plans import creating, reading
from steelyard.store.plans import PlanState


async def test_a_draft_answers_what_was_found(writing_seat: Seat) -> None:
    plan = await drafted(sat(writing_seat, person("ann")))
    assert (plan.record.state, plan.record.revision, plan.record.created_by) == (PlanState.DRAFT, 0, "ann")
    assert (plan.unit, plan.calendar, plan.period, plan.record.node) == ("S2", "month", "2025-01", "SHOP")
    keys = [found.key for found in plan.findings]
    assert {"below_line:SHOP", "below_line:SPEED", "below_line:KINDNESS"} <= set(keys)
    (action,) = plan.actions
    assert (action.record.advice, action.record.node, action.record.title) == (
        "faster",
        "SPEED",
        Text("提速", "Be faster"),
    )
    assert action.record.effort == 3
    assert action.record.expected_effect == Fraction(1, 10)
    assert action.record.baseline_rate == Fraction(3, 5)
    assert "below_line:SPEED" in action.answers
    assert "below_line:KINDNESS" not in action.answers


async def test_what_stood_then_is_written_down(writing_seat: Seat) -> None:
    base = (await drafted(writing_seat)).record.baseline
    assert base["points"] == "65.0"
    assert (base["full"], base["band"], base["verdict"], base["passed"]) == ("100.0", "C", "failed", False)
    assert base["rates"]["SPEED"] == "0.6"
    assert base["titles"]["SPEED"] == {"zh": "速度", "en": "Speed"}
    assert base["scheme_version"] == "1.0.0"
    assert base["run"] == {"revision": 1, "state": "provisional"}
    assert base["projected"]["points"] == "68.75"


async def test_chosen_findings_alone(writing_seat: Seat) -> None:
    plan = await drafted(writing_seat, findings=["below_line:KINDNESS"])
    assert [found.key for found in plan.findings] == ["below_line:KINDNESS"]
    assert plan.actions == ()


async def test_what_was_not_measured_is_to_be_measured(writing_seat: Seat) -> None:
    plan = await drafted(writing_seat, unit="S4", findings=["not_measured:KINDNESS"])
    (action,) = plan.actions
    assert (action.record.kind, action.record.node, action.record.baseline_rate) == (
        "measure",
        "KINDNESS",
        None,
    )
    assert action.answers == ("not_measured:KINDNESS",)


async def test_a_path_to_the_pass_line_of_a_leaf(writing_seat: Seat) -> None:
    made = await creating.create(*writing_seat, **SHOP, node="SPEED", target=Target())
    assert made.answer is not None
    assert made.answer.status is PathStatus.FOUND
    assert [each.record.advice for each in made.plan.actions] == ["faster"]
    assert made.plan.record.target is not None
    assert made.plan.record.target["status"] == "found"
    assert made.plan.record.baseline["projected"]["passed"] is True


async def test_where_there_is_no_path_the_plan_has_the_most_there_is(writing_seat: Seat) -> None:
    made = await creating.create(*writing_seat, **SHOP, target=Target())
    assert made.answer is not None
    assert made.answer.status is PathStatus.INFEASIBLE
    assert made.answer.lacking == pytest.approx(1.25)
    target = made.plan.record.target
    assert target is not None
    assert (target["status"], target["lacking"], target["points"]) == ("infeasible", "1.25", "70.0")
    assert [each.record.advice for each in made.plan.actions] == ["faster"]


async def test_what_is_reached_needs_no_plan(writing_seat: Seat) -> None:
    with pytest.raises(Conflict) as caught:
        await creating.create(*writing_seat, **{**SHOP, "unit": "S1"}, target=Target())
    assert caught.value.code == "PLAN_TARGET_REACHED"


@pytest.mark.parametrize(
    ("options", "error", "code"),
    [
        ({"findings": ["below_line:SPEEDY"]}, InvalidInput, "PLAN_FINDING_UNKNOWN"),
        ({"title": " "}, InvalidInput, "TEXT_EMPTY"),
        ({"node": "NONE"}, NotFound, "NODE_NOT_FOUND"),
        ({"unit": "NONE"}, NotFound, "UNIT_NOT_FOUND"),
        ({"period": "2031-01"}, NotFound, "PERIOD_WITHOUT_DATA"),
        ({"target": Target(TargetKind.BAND, "Z")}, InvalidInput, "PATH_UNKNOWN_BAND"),
    ],
)
async def test_what_is_wrong_is_said(
    writing_seat: Seat, options: dict[str, object], error: type[Exception], code: str
) -> None:
    with pytest.raises(error) as caught:
        await drafted(writing_seat, **options)
    assert getattr(caught.value, "code", None) == code


async def test_who_may_not_edit_plans_drafts_none(writing_seat: Seat) -> None:
    guest = Actor("guest", Text("guest", "guest"), {})
    with pytest.raises(Forbidden):
        await drafted(sat(writing_seat, guest))


async def test_plans_are_found_again(writing_seat: Seat) -> None:
    first, second = await drafted(writing_seat), await drafted(writing_seat, unit="S3")
    everything = await reading.numbers(*writing_seat)
    assert everything == sorted([first.record.number, second.record.number])
    assert await reading.numbers(*writing_seat, unit="S3") == [second.record.number]
    assert await reading.numbers(*writing_seat, below="NORTH") == [first.record.number]
    assert await reading.numbers(*writing_seat, period="2025-02") == []
    assert await reading.numbers(*writing_seat, state=PlanState.AGREED) == []
    assert [each.record.number for each in await reading.whole(*writing_seat, everything)] == everything
