"""Weak points by what they could gain."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from improvement.dealers import front_desk, leaf, scheme, scored
from steelyard.improvement.weaknesses import Diagnosis, diagnose, without_noise
from steelyard.scoring import Outcome, Status
from steelyard.scoring.overlay import Overlay


def gains(found: Diagnosis) -> list[tuple[str, float]]:
    return [(point.code, point.gain) for point in found.weak]


def test_the_front_desk_loses_its_points_here() -> None:
    found = diagnose(front_desk(), 0)
    expected = [("CORE", 95), ("KANBAN", 24), ("5S", 19), ("HR", 19), ("DMS", 5), ("DOC", 4)]
    assert gains(found) == expected
    assert [(point.code, point.lost) for point in found.weak] == expected


def test_the_front_desk_needs_67_points() -> None:
    found = diagnose(front_desk(), 0)
    assert found.points == pytest.approx(164)
    assert (found.full, found.line_points, found.needed) == (330, 231, 67)
    assert [(group.code, group.needed) for group in found.groups] == [("ROOT", 67)]


def test_gaps_are_those_of_the_source() -> None:
    gaps = {point.code: point.gap for point in diagnose(front_desk(), 0).weak}
    assert gaps == {"CORE": 36.5, "5S": 0.4, "HR": 10.6, "DOC": 0.7, "KANBAN": 16.8, "DMS": 2}


def test_reaching_the_line_gains_the_gap() -> None:
    for point in diagnose(front_desk(), 0).weak:
        assert point.gain_to_line == point.gap


def test_the_evidence_is_the_value_and_the_rubric() -> None:
    evidence = diagnose(front_desk(), 0).weak[0].evidence
    assert [(each.measure, each.status, each.value) for each in evidence.inputs] == [
        ("CORE", Status.VALUE, Fraction(100))
    ]
    assert "195" in evidence.sentence.en


def test_it_says_so_in_words() -> None:
    summary = diagnose(front_desk(), 0).summary
    assert (
        summary.zh
        == "前台得 164/330 分，距及格分 231 还差 67 分。最多可提分之处：CORE（95）、KANBAN（24）、5S（19）。"
    )
    assert summary.en == (
        "Front desk has 164 of 330 points and needs 67 more to reach its pass line of 231. "
        "Most can be gained at CORE (95), KANBAN (24), 5S (19)."
    )


def test_what_passed_lacks_nothing() -> None:
    found = diagnose(front_desk(CORE=190), 0)
    core = next(point for point in found.weak if point.code == "CORE")
    assert (core.gap, core.gain_to_line, core.gain) == (0, 0, 5)
    assert found.needed == 0
    assert found.groups == ()


def test_full_marks_and_what_does_not_apply_are_no_weak_points() -> None:
    found = diagnose(front_desk(CORE=195, KANBAN="n/a"), 0)
    assert [point.code for point in found.weak] == ["5S", "HR", "DMS", "DOC"]


def test_what_was_not_measured_is_a_class_of_its_own() -> None:
    found = diagnose(front_desk(CORE=None, DOC=None), 0)
    assert [(point.code, point.gain) for point in found.unmeasured] == [("CORE", 195), ("DOC", 11)]
    assert {point.outcome for point in found.unmeasured} == {Outcome.MISSING}
    assert all(point.points is point.lost is point.gap is None for point in found.unmeasured)
    assert gains(found) == [("KANBAN", 24), ("5S", 19), ("HR", 19), ("DMS", 5)]
    assert (found.points, found.needed) == (None, None)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [("B", 40), ("A", 30)]),
        ({"aggregate": "minimum"}, [("B", 20), ("A", 0)]),
        (
            {"aggregate": "geometric"},
            [("B", 100 * (0.4**0.5 - 0.08**0.5)), ("A", 100 * (0.2**0.5 - 0.08**0.5))],
        ),
        ({"missing": "zero"}, [("B", 40), ("A", 30)]),
    ],
)
def test_gains_hold_for_every_mean(fields: dict[str, Any], expected: list[tuple[str, float]]) -> None:
    found = gains(diagnose(scored(scheme(leaf("A"), leaf("B"), **fields), A=0.4, B=0.2), 0))
    assert [code for code, _ in found] == [code for code, _ in expected]
    assert [gain for _, gain in found] == pytest.approx([gain for _, gain in expected], abs=1e-9)


def test_a_gain_follows_the_weights_that_apply() -> None:
    group = {"code": "G", "weight": 3, "children": [leaf("A"), leaf("B")]}
    tree = scheme(group, leaf("C", weight=1))  # of 100 points 37.5 do not apply
    assert gains(diagnose(scored(tree, A=0.5, B="n/a", C=0), 0)) == [("A", 23.4375), ("C", 15.625)]


def test_what_has_no_weight_is_no_weak_point() -> None:
    group = {"code": "G", "weight": 0, "children": [leaf("A"), leaf("B")]}
    tree = scheme(group, leaf("C", weight=1), leaf("D", weight=0))
    whole = diagnose(scored(tree, A=0.5, B=None, C=0.5, D=0), 0)
    assert gains(whole) == [("C", 50)]
    assert whole.unmeasured == ()
    of_group = diagnose(scored(tree, A=0.5, B=None, C=0.5, D=0), 0, "G")
    assert [point.code for point in (*of_group.weak, *of_group.unmeasured)] == ["A", "B"]


def test_a_group_that_a_weight_set_leaves_out_falls_short_of_nothing() -> None:
    group = {"code": "G", "points": 10, "children": [leaf("A"), leaf("B")]}
    tree = scheme(group, leaf("C", points=10), **{"pass": "60%"})
    left_out = Overlay({"G": Fraction(0)})
    for overlay, short in ((Overlay(), ["ROOT", "G"]), (left_out, ["ROOT"])):
        found = diagnose(scored(tree, overlay, A=0.5, B=0.5, C=0.5), 0)
        assert [each.code for each in found.groups] == short


def test_gains_may_be_asked_of_a_group() -> None:
    group = {"code": "G", "children": [leaf("A"), leaf("B")]}
    found = diagnose(scored(scheme(group, leaf("C"), **{"pass": "70%"}), A=0.5, B=1, C=0), 0, "G")
    assert (found.code, found.needed) == ("G", 0)
    assert gains(found) == [("A", 12.5)]


def test_what_does_not_apply_has_no_weak_points() -> None:
    found = diagnose(scored(scheme(leaf("A")), A="n/a"), 0)
    assert (found.weak, found.unmeasured, found.full) == ((), (), None)


def test_a_leaf_that_was_not_measured_would_gain_all_that_it_can() -> None:
    found = diagnose(front_desk(KANBAN=None), 0, "KANBAN")
    assert [(point.code, point.gain, point.gain_to_line) for point in found.unmeasured] == [
        ("KANBAN", 24, pytest.approx(16.8))
    ]


@pytest.mark.parametrize(
    ("points", "told"), [(-1e-12, "0.0"), (-0.0, "0.0"), (0.1 + 0.2, "0.3"), (-0.5, "-0.5")]
)
def test_a_difference_is_told_without_noise(points: float, told: str) -> None:
    assert repr(without_noise(points)) == told
