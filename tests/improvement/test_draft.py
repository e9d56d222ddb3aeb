"""Draft plans: the playbook's advice by what it gains."""

from __future__ import annotations

from fractions import Fraction

import pytest

from improvement.dealers import front_desk, leaf, scheme, scored
from steelyard.errors import Text
from steelyard.improvement.draft import ActionKind, DraftPlan, draft_plan
from steelyard.improvement.playbook import Advice


def advice(code: str, indicator: str, effect: str, effort: int = 1) -> Advice:
    title, role = Text(f"做{code}", f"Do {code}"), Text("经理", "Manager")
    return Advice(code, indicator, title, Fraction(effort), Fraction(effect), role)


PLAYBOOK = (
    advice("boards", "KANBAN", "0.5"),
    advice("process", "CORE", "0.2"),
    advice("more-process", "CORE", "0.4"),
    advice("tidy", "5S", "0.9"),
    advice("elsewhere", "WORKSHOP", "0.9"),
)


def listed(plan: DraftPlan) -> list[tuple[str, float]]:
    return [(action.advice.code, action.gain) for action in plan.actions if action.advice is not None]


def test_actions_stand_by_what_they_gain() -> None:
    plan = draft_plan(front_desk(), 0, PLAYBOOK)
    assert listed(plan) == [("more-process", 78), ("process", 39), ("tidy", 19), ("boards", 12)]


def test_actions_say_what_the_playbook_says() -> None:
    first = draft_plan(front_desk(), 0, PLAYBOOK).actions[0]
    assert (first.kind, first.indicator.code, first.title.en) == (
        ActionKind.IMPROVE,
        "CORE",
        "Do more-process",
    )
    assert (first.effort, first.expected_effect) == (Fraction(1), Fraction(2, 5))
    assert first.role == Text("经理", "Manager")
    assert first.weak_points == ("CORE",)


def test_effects_add_up_but_not_beyond_full_marks() -> None:
    plan = draft_plan(front_desk(), 0, PLAYBOOK)
    after = [164 + 78, 164 + 95, 164 + 95 + 19, 164 + 95 + 19 + 12]
    assert [action.points_after for action in plan.actions] == pytest.approx(after)
    assert plan.projected.points == pytest.approx(290)
    assert (plan.projected.passed, plan.projected.verdict) == (True, "passed")


def test_the_summary_says_where_it_leads() -> None:
    summary = draft_plan(front_desk(), 0, PLAYBOOK).summary
    assert "With the playbook's advice (4) it is expected to reach 290 points (87.88%)" in summary.en
    assert summary.en.endswith(", which reaches the pass line.")
    assert summary.zh.endswith("按措施库的 4 项建议预计可到 290 分（87.88%），达到及格线。")


def test_weak_points_without_advice_are_listed() -> None:
    plan = draft_plan(front_desk(), 0, PLAYBOOK)
    assert [point.code for point in plan.without_advice] == ["HR", "DMS", "DOC"]


def test_an_easier_action_comes_first_where_gains_are_equal() -> None:
    playbook = (advice("hard", "HR", "1", effort=9), advice("easy", "5S", "1", effort=2))
    assert listed(draft_plan(front_desk(), 0, playbook)) == [("easy", 19), ("hard", 19)]


def test_what_was_not_measured_is_to_be_measured() -> None:
    plan = draft_plan(front_desk(CORE=None), 0, PLAYBOOK)
    first = plan.actions[0]
    assert (first.kind, first.indicator.code, first.gain) == (ActionKind.MEASURE, "CORE", 195)
    assert (first.advice, first.effort, first.role, first.expected_effect) == (None, None, None, None)
    assert first.title == Text("测量“CORE”，取得数据", "Measure “CORE” and record the data")
    assert [code for code, _ in listed(plan)] == ["tidy", "boards"]
    assert plan.projected.score is None


def test_advice_for_a_group_raises_all_its_weak_leaves() -> None:
    group = {"code": "G", "children": [leaf("A"), leaf("B"), leaf("C")]}
    row = scored(scheme(group), A=0.5, B=0.95, C=1)
    plan = draft_plan(row, 0, [advice("both", "G", "0.1")])
    assert [(action.gain, action.weak_points) for action in plan.actions] == [(5, ("A", "B"))]
    assert plan.without_advice == ()


def test_a_plan_may_be_asked_of_a_group() -> None:
    group = {"code": "G", "children": [leaf("A"), leaf("B")]}
    row = scored(scheme(group, leaf("C")), A=0.5, B=1, C=0)
    plan = draft_plan(row, 0, [advice("a", "A", "0.5"), advice("c", "C", "0.5")], "G")
    assert listed(plan) == [("a", 12.5)]
    assert (plan.projected.score, plan.projected.verdict) == (100, None)


def test_without_a_playbook_there_is_still_a_diagnosis() -> None:
    plan = draft_plan(front_desk(), 0, ())
    assert plan.actions == ()
    assert plan.summary == plan.diagnosis.summary
    assert plan.projected.points == pytest.approx(164)
