"""Case files: what holds is silent, what does not is named with its place."""

from collections.abc import Mapping

import pytest

from steelyard.errors import InvalidInput, Problem
from steelyard.packs import (
    CaseSource,
    PackInfo,
    PackOrigin,
    PythonRubric,
    SchemeSource,
    Text,
    hookimpl,
    load_packs,
)
from steelyard.packs.cases import check_cases, check_pack, read_cases
from steelyard.scheme.reading import read_scheme_text

SCHEME = """
format: steelyard/1
scheme: test.main
pass: 70%
bands: [{code: good, from: 80%}, {code: bad, from: 0%}]
indicators:
  - {code: A, points: 3, rubric: {kind: points}}
  - {code: B, points: 3, rubric: {kind: choice, base: 3, table: {minor: -1, major: -2}}, measure: faults}
variants: {by: size, weights: {small: {A: 1, B: 0}}}
rules:
  - {id: special, kind: adjust, measure: specials, each: -10, veto_at: 2, verdict: failed}
  - {id: twice, kind: streak, band: bad, periods: 2, then: failed}
  - {id: halves, kind: quota, shares: {good: 1, bad: 1}, min_group: 2}
"""
NO_RUBRICS: Mapping[str, PythonRubric] = {}


def problems(*cases: str) -> list[Problem]:
    text = "scheme: test.main\ncases:\n" + "".join(f"  - {{name: c, {case}}}\n" for case in cases)
    file, document = read_cases(CaseSource("case.yaml", text))
    return check_cases(file, document, read_scheme_text(SCHEME), NO_RUBRICS)


@pytest.mark.parametrize(
    "case",
    [
        "measures: {A: 3, faults: {}}, nodes: {TOTAL: {score: 100, band: good, passed: true}}",
        "measures: {A: 3, faults: {minor: 1}}, nodes: {B: {points: 2, full: 3, score: ~66.67}}",
        "measures: {A: 2, faults: {}}, nodes: {A: {score: ~66.7}}, verdict: passed",
        "measures: {A: 2, faults: n/a}, nodes: {B: {outcome: NOT_APPLICABLE, score: none, band: none}}",
        "measures: {A: 2}, nodes: {B: {outcome: MISSING, passed: none}, TOTAL: {coverage: 0.5}}",
        "measures: {A: 2, faults: missing}, nodes: {B: {outcome: MISSING}}",
        "measures: {'faults:minor': 1, 'faults:major': 0}, nodes: {B: {points: 2}}",
        "measures: {A: 3, faults: {}, specials: 1}, nodes: {TOTAL: {score: 90}}",
        "measures: {A: 3, faults: {}, specials: 2}, verdict: failed",
        "measures: {A: 3, faults: {major: 9}}, attributes: {size: small}, nodes: {TOTAL: {score: 100}}",
        "measures: {faults: {}}, nodes: {A: {outcome: MISSING}, TOTAL: {obtained: 3, assessed: 3}}",
        "measures: {A: 50%, faults: {}}, nodes: {A: {points: 0.5}}",
        "measures: {specials: 1}, rules: {special: fired, twice: quiet}, quotas: {halves: none}",
        "measures: {specials: missing}, rules: {special: undecided}",
        "measures: {A: 2.1000000000000000000001, faults: {}}, nodes: {A: {passed: true}}",
        "measures: {A: 2.0999999999999999999999, faults: {}}, nodes: {A: {passed: false}}",
    ],
)
def test_what_holds_is_silent(case: str) -> None:
    assert [problem.text() for problem in problems(case)] == []


@pytest.mark.parametrize(
    ("case", "figure", "expected", "actual"),
    [
        ("measures: {A: 2, faults: {}}, nodes: {A: {points: 1.9}}", "points", "1.9", "2"),
        ("measures: {A: 2, faults: {}}, nodes: {A: {score: 66.67}}", "score", "66.67", "66.6666666667"),
        ("measures: {A: 2, faults: {}}, nodes: {A: {score: ~66.6}}", "score", "~66.6", "66.6666666667"),
        ("measures: {A: 2, faults: {}}, nodes: {A: {passed: true}}", "passed", "true", "false"),
        ("measures: {A: 2, faults: {}}, nodes: {A: {band: good}}", "band", "good", "bad"),
        ("measures: {A: 2, faults: {}}, verdict: failed", "verdict", "failed", "passed"),
        ("measures: {A: 2, faults: {}}, nodes: {A: {score: none}}", "score", "none", "66.6666666667"),
        ("measures: {A: 2}, nodes: {B: {score: 0}}", "score", "0", "none"),
        ("measures: {A: 2}, nodes: {B: {outcome: SCORED}}", "outcome", "SCORED", "MISSING"),
        ("measures: {specials: 1}, rules: {special: quiet}", "rules", "quiet", "fired"),
        ("measures: {A: 3}, quotas: {halves: good}", "quotas", "good", "none"),
    ],
)
def test_what_does_not_hold_is_named(case: str, figure: str, expected: str, actual: str) -> None:
    (found,) = problems(case)
    assert found.code == "PACK_CASE_MISMATCH"
    assert (found.values["figure"], found.values["expected"]) == (figure, expected)
    assert found.values["actual"] == actual
    assert (found.place.file, found.place.line) == ("case.yaml", 3)


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("measures: {A: 1, C: 2}", "PACK_CASE_UNKNOWN_MEASURE"),
        ("measures: {A: {minor: 2}}", "PACK_CASE_UNKNOWN_MEASURE"),
        ("measures: {faults: 2}", "PACK_CASE_UNKNOWN_MEASURE"),
        ("measures: {faults: {grave: 1}}", "PACK_CASE_UNKNOWN_MEASURE"),
        ("measures: {A: 1}, nodes: {C: {score: 1}}", "PACK_CASE_UNKNOWN_NODE"),
        ("measures: {A: 1}, rules: {thrice: fired}", "PACK_CASE_UNKNOWN_RULE"),
        ("measures: {A: 1}, quotas: {twice: good}", "PACK_CASE_UNKNOWN_RULE"),
    ],
)
def test_names_that_the_scheme_does_not_have(case: str, code: str) -> None:
    assert [problem.code for problem in problems(case)] == [code]


def test_cases_of_one_period_are_one_group() -> None:
    cases = (
        "period: p, measures: {A: 3, faults: {}}, quotas: {halves: good}, rules: {halves: quiet}",
        "period: p, measures: {A: 2.9, faults: {}}, quotas: {halves: bad}, rules: {halves: fired}",
        "measures: {A: 1, faults: {}}, quotas: {halves: none}",
    )
    assert problems(*cases) == []


def test_cases_of_one_unit_follow_each_other() -> None:
    low = "measures: {A: 0, faults: {}}"
    cases = (
        f"unit: u, period: March, {low}, rules: {{twice: quiet}}",
        f"unit: u, period: April, {low}, rules: {{twice: fired}}, verdict: failed",
        f"unit: v, period: April, {low}, rules: {{twice: quiet}}",
        f"{low}, rules: {{twice: quiet}}",
    )
    assert problems(*cases) == []


def test_a_unit_has_one_case_in_a_period() -> None:
    case = "unit: u, period: p, measures: {A: 3, faults: {}}"
    (found,) = problems(case, case)
    assert (found.code, found.place.line) == ("PACK_CASE_REPEATED", 4)


@pytest.mark.parametrize(
    "case",
    [
        "measures: {A: two}",
        "measures: {A: １２}",
        "measures: {A: 1}, nodes: {A: {score: about 3}}",
        "measures: {A: 1}, nodes: {A: {outcome: scored}}",
        "measures: {A: 1}, nodes: {A: {points: 1, marks: 2}}",
        "measures: {A: 1}, nodes: {A: {passed: maybe}}",
        "measurements: {A: 1}",
    ],
)
def test_what_is_no_case_file(case: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        problems(case)
    assert all(problem.place.line == 3 for problem in caught.value.problems)


class WithCases:
    """A pack whose second case file is for a scheme that it does not have."""

    @hookimpl
    def steelyard_pack(self) -> PackInfo:
        return PackInfo("test", "1.0", 1, Text("测试", "Test"))

    @hookimpl
    def steelyard_schemes(self) -> list[SchemeSource]:
        return [SchemeSource("main.yaml", SCHEME)]

    @hookimpl
    def steelyard_cases(self) -> list[CaseSource]:
        text = "scheme: {}\ncases:\n  - {{name: c, measures: {{A: 3}}}}\n"
        return [CaseSource(f"{name}.yaml", text.format(name)) for name in ("test.main", "test.other")]


def test_a_pack_s_cases_are_for_its_own_schemes() -> None:
    packs = load_packs([PackOrigin("test", "a test", WithCases)], strict=True)
    count, found = check_pack(packs, "test")
    assert count == 2
    assert [(problem.code, problem.place.file) for problem in found] == [
        ("PACK_UNKNOWN_SCHEME", "test.other.yaml")
    ]
