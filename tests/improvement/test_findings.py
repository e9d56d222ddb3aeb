"""Findings: what a row calls attention to, by the points that it costs."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from improvement.dealers import front_desk, leaf, scheme, scored
from steelyard.errors import Text
from steelyard.improvement.finding import (
    EarlierRate,
    Finding,
    FindingKind,
    PeerFigures,
    QualityNote,
    Surroundings,
    Thresholds,
)
from steelyard.improvement.findings import find
from steelyard.improvement.playbook import Advice
from steelyard.improvement.weaknesses import diagnose
from steelyard.scoring import Evaluation


def listed(found: tuple[Finding, ...]) -> list[tuple[str, Any]]:
    return [(each.key, None if each.cost is None else pytest.approx(each.cost)) for each in found]


def keys(evaluation: Evaluation, **asked: Any) -> list[str]:
    return [each.key for each in find(evaluation, 0, **asked)]


def one(evaluation: Evaluation, key: str, **asked: Any) -> Finding:
    return next(each for each in find(evaluation, 0, **asked) if each.key == key)


def test_modules_below_line_stand_by_what_they_cost() -> None:
    assert listed(find(front_desk(), 0)) == [
        ("below_line:ROOT", 67),
        ("below_line:CORE", 36.5),
        ("below_line:KANBAN", 16.8),
        ("below_line:HR", 10.6),
        ("below_line:DMS", 2),
        ("below_line:DOC", 0.7),
        ("below_line:5S", 0.4),
    ]


def test_costs_are_the_gains_to_the_line_of_the_weak_points() -> None:
    gains = {f"below_line:{point.code}": point.gain_to_line for point in diagnose(front_desk(), 0).weak}
    assert {each.key: each.cost for each in find(front_desk(), 0) if each.code != "ROOT"} == gains


def test_a_finding_says_what_it_saw() -> None:
    found = one(front_desk(), "below_line:CORE")
    assert found.title.en == "CORE is below its pass line"
    assert found.sentence.en == "CORE has 100/195 points (51.28%), below its pass line of 70%: 36.5 short."
    assert found.sentence.zh == "CORE得 100/195 分（51.28%），低于及格线 70%，差 36.5 分。"
    assert found.rate == pytest.approx(100 / 195)
    assert found.reference == 0.7
    assert found.evidence is not None
    assert found.evidence.inputs[0].value == 100


def test_what_was_not_measured_is_of_its_own_class() -> None:
    found = one(front_desk(CORE=None), "not_measured:CORE")
    assert (found.cost, found.rate, found.reference) == (195, None, None)
    assert found.sentence.en == "CORE has no score (nothing was measured); up to 195 points are at stake."


GROUPS = scheme(
    {"code": "G", "weight": 1, "children": [leaf("A", weight=3), leaf("B", weight=1)]},
    leaf("C", weight=1),
    **{"pass": "60%"},
)


@pytest.mark.parametrize(
    ("aggregate", "cost"), [("arithmetic", 10), ("minimum", 10), ("geometric", 10), ("harmonic", 10)]
)
def test_a_group_costs_what_its_reaching_the_line_is_worth(aggregate: str, cost: float) -> None:
    group = {"code": "G", "weight": 1, "aggregate": aggregate, "children": [leaf("A"), leaf("B")]}
    row = scored(scheme(group, leaf("C", weight=1), **{"pass": "60%"}), A=0.4, B=0.4, C=1)
    assert one(row, "below_line:G").cost == pytest.approx(cost)


def test_a_node_that_fell_costs_what_it_lost() -> None:
    around = Surroundings(earlier={"A": EarlierRate("2024", 0.9), "C": EarlierRate("2023", 0.84)})
    found = find(scored(GROUPS, A=0.7, B=0.8, C=0.8), 0, around=around)
    assert listed(found) == [("falling:A", 7.5)]
    assert found[0].sentence.en == "A fell from 90% in 2024 to 70%."


@pytest.mark.parametrize(("fall", "told"), [("0.2", ["falling:A"]), ("0.21", [])])
def test_how_much_must_be_lost_can_be_said(fall: str, told: list[str]) -> None:
    around = Surroundings(earlier={"A": EarlierRate("2024", 0.9)})
    row = scored(GROUPS, A=0.7, B=0.8, C=0.8)
    assert keys(row, around=around, thresholds=Thresholds(fall=Fraction(fall))) == told


# Lower quartile and median of the peers, how many there are, and what is told of a node at 60 %.
PEERS = [
    (0.7, 0.8, 5, ["behind_peers:C"]),
    (0.7, 0.8, 4, []),
    (0.6, 0.8, 9, []),
    (0.61, 0.64, 9, []),
]


@pytest.mark.parametrize(("quartile", "median", "count", "told"), PEERS)
def test_who_is_far_behind_its_peers_is_told(
    quartile: float, median: float, count: int, told: list[str]
) -> None:
    around = Surroundings(peers={"C": PeerFigures(count, quartile, median, 0.9)})
    assert keys(scored(GROUPS, A=1, B=1, C=0.6), around=around) == told


def test_being_behind_costs_what_the_median_is_worth() -> None:
    around = Surroundings(peers={"G": PeerFigures(8, 0.7, 0.8, 0.9), "ROOT": PeerFigures(8, 0.8, 0.9, 1)})
    found = find(scored(GROUPS, A=0.6, B=0.6, C=0.9), 0, around=around)
    assert listed(found) == [("behind_peers:ROOT", 15), ("behind_peers:G", 10)]


RULED = {
    "verdicts": ["passed", "failed", "suspended"],
    "rules": [
        {"id": "late", "kind": "adjust", "measure": "late", "each": -2, "veto_at": 3, "verdict": "failed"},
        {"id": "bonus", "kind": "adjust", "measure": "bonus", "each": 1},
        {
            "id": "zero",
            "kind": "veto",
            "when": {"any_of": ["A", "B"], "rate_at_most": 0},
            "verdict": "suspended",
            "cap": 30,
            "consequence": {
                "title": {"zh": "整改", "en": "Correction"},
                "action": "car",
                "deadline_days": 14,
            },
        },
        {
            "id": "each",
            "kind": "gate",
            "require": {"children_of": "ROOT", "passed": True},
            "verdict": "failed",
        },
    ],
    "pass": "10%",
}


def test_rules_cost_what_they_took() -> None:
    row = scored(scheme(leaf("A"), leaf("B"), **RULED), A=0, B=1, late=2, bonus=5)
    rules = [each for each in find(row, 0) if each.kind is FindingKind.RULE_FIRED]
    assert listed(tuple(rules)) == [("rule_fired:zero", 21), ("rule_fired:late", 0), ("rule_fired:each", 0)]
    assert rules[0].code is None
    assert rules[0].consequence is not None
    assert (rules[0].consequence.action, rules[0].consequence.deadline_days) == ("car", 14)
    assert rules[0].sentence.en == (
        "A is at or below 0%. Its verdict is suspended. It took 21 points of the whole. "
        "What follows: Correction, within 14 days."
    )


def test_a_deduction_costs_its_points_and_tells_its_verdict_when_it_sets_one() -> None:
    row = scored(scheme(leaf("A"), leaf("B"), **RULED), A=1, B=0.5, late=3)
    found = one(row, "rule_fired:late")
    assert found.cost == 6
    assert found.sentence.en == (
        "late counts 3, -2 each. Its verdict is failed. It took 6 points of the whole."
    )


def test_low_coverage_and_notes_of_quality_have_no_cost() -> None:
    note = QualityNote("shop.orders/late", Text("迟", "Late"), Text("迟到。", "Late orders."))
    found = find(scored(GROUPS, A=1, B=1, C=None), 0, around=Surroundings(quality=(note,)))
    assert listed(found) == [
        ("not_measured:C", 0),
        ("data_quality:coverage/ROOT", None),
        ("data_quality:shop.orders/late", None),
    ]
    assert found[1].sentence.en == "50% of ROOT was measured by weight; 80% is wanted."


def test_findings_of_a_group_leave_the_rest_out() -> None:
    note = QualityNote("shop.orders/late", Text("迟", "Late"), Text("迟到。", "Late orders."))
    row = scored(GROUPS, A=0.2, B=0.7, C=0.1)
    assert keys(row, node="G", around=Surroundings(quality=(note,))) == ["below_line:A", "below_line:G"]


def test_an_unknown_node_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        find(front_desk(), 0, node="X")


def advice(code: str, indicator: str) -> Advice:
    return Advice(code, indicator, Text(code, code), Fraction(1), Fraction(1, 10), Text("r", "r"))


@pytest.mark.parametrize(
    ("key", "codes"),
    [("below_line:A", ["a", "g"]), ("below_line:G", ["a", "b", "g"]), ("below_line:C", ["c"])],
)
def test_advice_is_of_the_node_or_near_it(key: str, codes: list[str]) -> None:
    playbook = [advice("a", "A"), advice("b", "B"), advice("g", "G"), advice("c", "C")]
    found = one(scored(GROUPS, A=0.1, B=0.2, C=0.3), key, playbook=playbook)
    assert [each.code for each in found.advice] == codes


def test_advice_for_a_veto_is_of_the_nodes_that_set_it_off() -> None:
    row = scored(scheme(leaf("A"), leaf("B"), **RULED), A=0, B=1)
    found = one(row, "rule_fired:zero", playbook=[advice("a", "A"), advice("b", "B")])
    assert [each.code for each in found.advice] == ["a"]


NO_WEIGHT = [
    ({}, [], ["below_line:ROOT", "below_line:C"]),
    ({"node": "G"}, [], ["below_line:G", "below_line:A"]),
    (
        {},
        [{"id": "gate", "kind": "gate", "require": {"nodes": ["G"]}, "verdict": "failed"}],
        ["rule_fired:gate", "below_line:ROOT", "below_line:C", "below_line:G", "below_line:A"],
    ),
]


@pytest.mark.parametrize(("asked", "rules", "found"), NO_WEIGHT)
def test_what_has_no_weight_is_no_matter(
    asked: dict[str, str], rules: list[dict[str, Any]], found: list[str]
) -> None:
    group = {"code": "G", "weight": 0, "children": [leaf("A", weight=1), leaf("B", weight=0)]}
    tree = scheme(group, leaf("C", weight=1), leaf("D", weight=0), **{"pass": "60%"}, rules=rules)
    assert sorted(keys(scored(tree, A=0.4, B=0.4, C=0.4, D=0.1), **asked)) == sorted(found)
