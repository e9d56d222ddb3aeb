"""Paths to a grade: the front desk's, and why there is none elsewhere."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from improvement.dealers import front_desk, leaf, scheme, scored
from steelyard.errors import InvalidInput, Text
from steelyard.improvement.path import Path, PathStatus, Target, TargetKind
from steelyard.improvement.path_finding import find_path
from steelyard.improvement.playbook import Advice
from steelyard.scoring import evaluate

VERDICT = Target(TargetKind.VERDICT)
NEXT_BAND = Target(TargetKind.BAND)


def advice(code: str, indicator: str, effect: str, effort: int = 1) -> Advice:
    title, role = Text(f"做{code}", f"Do {code}"), Text("经理", "Manager")
    return Advice(code, indicator, title, Fraction(effort), Fraction(effect), role)


PLAYBOOK = (
    advice("process", "CORE", "0.25", 15),
    advice("appointments", "CORE", "0.1", 10),
    advice("boards", "KANBAN", "0.6", 4),
    advice("tidy", "5S", "0.1", 3),
    advice("elsewhere", "WORKSHOP", "0.9", 1),
)


def codes(path: Path | None) -> list[str]:
    return [] if path is None else [step.advice.code for step in path.steps]


def test_the_front_desk_reaches_231_points() -> None:
    answer = find_path(front_desk(), 0, PLAYBOOK)
    assert (answer.status, answer.target_points, answer.needed) == (PathStatus.FOUND, 231, 67)
    assert answer.best is not None
    assert codes(answer.best) == ["process", "boards", "tidy"]
    assert answer.best.effort == 22
    assert [step.points_after for step in answer.best.steps] == pytest.approx([212.75, 227.15, 233.35])
    assert (answer.best.projected.passed, answer.best.projected.verdict) == (True, "passed")
    assert answer.most is not None
    assert (answer.most.points, answer.lacking) == (pytest.approx(252.85), 0)


def test_alternatives_contain_no_path_before_them() -> None:
    answer = find_path(front_desk(), 0, PLAYBOOK, alternatives=9)
    assert [codes(path) for path in answer.alternatives] == [["process", "appointments"]]


def test_the_answer_names_where_the_points_are_cheapest() -> None:
    answer = find_path(front_desk(), 0, PLAYBOOK)
    assert answer.level == 0.7
    core = answer.sources[0]
    assert (core.code, core.gain, core.advised) == ("CORE", 95, True)
    assert (core.needed_points, core.needed_rate) == (167, pytest.approx(167 / 195))
    assert [source.code for source in answer.sources if source.needed_rate is not None] == ["CORE"]
    assert answer.summary.en == (
        "67 points are needed. The path of least effort takes 3 steps and 22 person-days and comes to 233.35 "
        "points: Do process; Do boards; Do tidy. CORE alone would do at 167 of 195 (85.64%); every weak leaf "
        "at 70% would do as well (231 points)."
    )


def test_where_advice_is_not_enough_the_answer_says_what_is_lacking() -> None:
    answer = find_path(front_desk(), 0, [advice("process", "CORE", "0.25")])
    assert (answer.status, answer.best) == (PathStatus.INFEASIBLE, None)
    assert answer.most is not None
    assert (answer.most.points, answer.lacking) == (pytest.approx(212.75), pytest.approx(18.25))
    assert answer.reason is not None
    assert answer.reason.en == (
        "No path: all advice together is not enough; Front desk falls short: 18.25 points are lacking."
    )
    assert "CORE alone would do at 167 of 195" in answer.summary.en


def test_a_step_goes_no_further_than_its_bound() -> None:
    answer = find_path(front_desk(), 0, PLAYBOOK, bounds={"CORE": Fraction(7, 10), "HR": Fraction(1, 10)})
    assert (answer.status, answer.lacking) == (PathStatus.INFEASIBLE, pytest.approx(231 - 221.1))
    sources = {source.code: source for source in answer.sources}
    assert (sources["CORE"].bound, sources["HR"].gain) == (0.7, 0)
    assert (sources["CORE"].needed_points, answer.level) == (167, 0.7)
    assert "at 167 of 195 (85.64%, beyond the 70% to be expected)" in answer.summary.en


def test_what_is_reached_needs_no_path() -> None:
    answer = find_path(front_desk(CORE=195), 0, PLAYBOOK)
    assert (answer.status, answer.needed, answer.sources) == (PathStatus.REACHED, 0, ())


def test_a_node_without_a_score_is_to_be_measured_first() -> None:
    answer = find_path(front_desk(CORE=None), 0, PLAYBOOK)
    assert (answer.status, answer.needed, answer.to_measure) == (PathStatus.UNMEASURED, None, ("CORE",))
    assert answer.reason is not None
    assert "measure first" in answer.reason.en


def test_a_node_below_the_root_may_be_asked_about() -> None:
    answer = find_path(front_desk(), 0, PLAYBOOK, node="5S")
    assert (answer.status, codes(answer.best), answer.needed) == (PathStatus.FOUND, ["tidy"], 0.4)


def test_what_lies_on_the_line_is_enough() -> None:
    needed = Fraction("43.4") / 62 - Fraction(43, 62)
    exactly, short = (
        find_path(front_desk(), 0, [advice("tidy", "5S", str(effect))], node="5S")
        for effect in (needed, needed - Fraction(1, 10**12))
    )
    assert (exactly.status, short.status) == (PathStatus.FOUND, PathStatus.INFEASIBLE)


def test_fewer_steps_then_the_order_of_codes_settle_equal_efforts() -> None:
    row = scored(scheme(leaf("A"), **{"pass": "60%"}), A=0.5)
    equal = [advice("c", "A", "0.1"), advice("b", "A", "0.1"), advice("a1", "A", "0.05", 0)]
    assert codes(find_path(row, 0, equal, alternatives=0).best) == ["b"]


@pytest.mark.parametrize("aggregate", ["geometric", "harmonic", {"power": 2}])
def test_other_means_are_not_worked_out(aggregate: Any) -> None:
    group = {"code": "G", "aggregate": aggregate, "children": [leaf("A"), leaf("B")]}
    row = scored(scheme(group, leaf("C"), **{"pass": "90%"}), A=0.5, B=0.6, C=0.5)
    answer = find_path(row, 0, [advice("a", "A", "0.4"), advice("c", "C", "0.2")])
    assert answer.status is PathStatus.UNSUPPORTED
    assert answer.reason is not None
    assert answer.reason.en.startswith("G is combined neither by")
    assert {source.code: source.needed_rate for source in answer.sources}["A"] is None


def test_another_mean_that_no_advice_changes_is_a_number_like_others() -> None:
    group = {"code": "G", "aggregate": "geometric", "children": [leaf("A"), leaf("B")]}
    row = scored(scheme(group, leaf("C"), **{"pass": "60%"}), A=0.5, B=0.6, C=0.5)
    assert codes(find_path(row, 0, [advice("c", "C", "0.2")]).best) == ["c"]


RULED = {
    "pass": "60%",
    "verdicts": ["passed", "failed"],
    "rules": [
        {"id": "each", "kind": "gate", "require": {"nodes": ["A"], "passed": True}, "verdict": "failed"},
        {"id": "late", "kind": "veto", "when": {"measure": "late", "at_least": 3}, "verdict": "failed"},
        {"id": "minus", "kind": "adjust", "measure": "late", "each": -2},
    ],
}


def test_the_verdict_asks_for_what_gates_require() -> None:
    row = scored(scheme(leaf("A"), leaf("B"), **RULED), A=0.5, B=0.9, late=0)
    playbook = [advice("a", "A", "0.1"), advice("b", "B", "0.1")]
    assert find_path(row, 0, playbook).status is PathStatus.REACHED
    assert codes(find_path(row, 0, playbook, VERDICT).best) == ["a"]


def test_what_adjustments_take_is_to_be_made_up_for() -> None:
    row = scored(scheme(leaf("A"), leaf("B"), **RULED), A=0.6, B=0.6, late=2)
    answer = find_path(row, 0, [advice("b", "B", "0.08"), advice("b2", "B", "0.07", 0)])
    assert (answer.needed, codes(answer.best)) == (4, ["b"])


def test_no_score_undoes_what_was_counted() -> None:
    row = scored(scheme(leaf("A"), leaf("B"), **RULED), A=0.5, B=0.9, late=3)
    answer = find_path(row, 0, [advice("a", "A", "0.5")], VERDICT)
    assert answer.status is PathStatus.INFEASIBLE
    assert answer.reason is not None
    assert answer.reason.en == "No path: the rule late fired on something counted, which no score undoes."


def test_a_rule_that_a_unit_is_exempt_from_asks_for_nothing() -> None:
    row = scored(scheme(leaf("A"), leaf("B"), **RULED), A=0.5, B=0.9, late=3)
    exempt = {"exempt_rules": {rule: np.array([True]) for rule in ("late", "each", "minus")}}
    without = evaluate(row.scheme, replace(row.observations, **exempt))
    assert find_path(without, 0, (), VERDICT).status is PathStatus.REACHED


BANDS = {"bands": [{"code": "A", "from": "90%"}, {"code": "B", "from": "70%"}, {"code": "C", "from": "0%"}]}


@pytest.mark.parametrize(
    ("target", "expected"), [(NEXT_BAND, ["a"]), (Target(TargetKind.BAND, "A"), ["b"])], ids=["next", "A"]
)
def test_a_band_may_be_asked_for(target: Target, expected: list[str]) -> None:
    row = scored(scheme(leaf("X"), **BANDS), X=0.5)
    assert (
        codes(find_path(row, 0, [advice("a", "X", "0.2"), advice("b", "X", "0.4", 2)], target).best)
        == expected
    )


IMPOSSIBLE = [
    (Target(), None, BANDS, "PATH_WITHOUT_LINE"),
    (NEXT_BAND, None, {}, "PATH_WITHOUT_BANDS"),
    (Target(TargetKind.BAND, "Z"), None, BANDS, "PATH_UNKNOWN_BAND"),
    (VERDICT, "X", {"pass": "60%"}, "PATH_VERDICT_OF_ROOT"),
]


@pytest.mark.parametrize(("target", "node", "fields", "code"), IMPOSSIBLE)
def test_what_a_node_cannot_be_asked_for_is_a_problem(
    target: Target, node: str | None, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(InvalidInput) as raised:
        find_path(scored(scheme(leaf("X"), **fields), X=0.5), 0, (), target, node=node)
    assert raised.value.code == code


def test_a_search_without_time_says_so() -> None:
    answer = find_path(front_desk(), 0, PLAYBOOK, seconds=0)
    assert (answer.status, answer.best) == (PathStatus.UNDECIDED, None)
