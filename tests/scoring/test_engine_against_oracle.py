"""The engine against the exact oracle on random ragged schemes and tables.

`STEELYARD_EXAMPLES` raises the number of examples.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from oracle import rules
from oracle.evaluator import Result
from oracle.evaluator import evaluate as exact
from oracle.strategies import Case, cases, exemptions, overlays
from oracle.table import Table
from oracle.tree import Laid
from oracle.yaml_text import scheme_text, table_text
from steelyard.intake.table import read_table_text
from steelyard.scheme import read_scheme_text
from steelyard.scoring import Evaluation, Outcome, Overlay, Overlays, RuleState, evaluate
from steelyard.scoring.observations import Rows
from steelyard.scoring.rubrics.function import Bools

EXAMPLES = int(os.environ.get("STEELYARD_EXAMPLES", "100"))
RATIONAL, OTHER = 1e-12, 1e-9
STATES = {
    rules.HOLDS: RuleState.QUIET,
    rules.FIRED: RuleState.FIRED,
    rules.UNDECIDED: RuleState.UNDECIDED,
    rules.EXEMPT: RuleState.EXEMPT,
}
Field = tuple[str, str]
BAND_NAMED_AS_A_VERDICT = Case(
    {
        "format": "steelyard/1",
        "scheme": "band.word",
        "bands": [{"code": "passed", "from": "90%"}, {"code": "failed", "from": "0%"}],
        "indicators": [{"code": "A", "rubric": {"kind": "rate"}}],
        "rules": [
            {
                "id": "low",
                "kind": "veto",
                "when": {"any_of": ["A"], "rate_at_most": "50%"},
                "verdict": "passed",
            }
        ],
    },
    Table(("unit", "A"), ({"unit": "u", "A": "0.2"},)),
    (("",),),
)


def examples(count: int) -> settings:
    return settings(max_examples=count, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def run(case: Case, laid: Sequence[Laid]) -> Evaluation:
    """Evaluate a case, its rows in turn with each of what is laid over it."""
    scheme = read_scheme_text(scheme_text(case.scheme))
    observed = read_table_text(table_text(case.table), "table.csv", scheme).observations
    turn = np.arange(observed.rows) % len(laid)
    observations = replace(
        observed,
        exempt_nodes=masks([one.without for one in laid], turn),
        exempt_rules=masks([one.without_rules for one in laid], turn),
    )
    each = tuple(Overlay(one.weights, one.lines) for one in laid)
    if len(each) == 1:
        return evaluate(scheme, observations, overlay=each[0])
    return evaluate(scheme, observations, overlay=Overlays(each, turn))


def masks(named: Sequence[Iterable[str]], turn: Rows) -> dict[str, Bools]:
    """Where each name is among those whose turn it is."""
    names = sorted({name for each in named for name in each})
    return {name: np.array([name in each for each in named])[turn] for name in names}


def keys(evaluation: Evaluation) -> list[tuple[str, str]]:
    """Unit and period of each row."""
    seen = evaluation.observations
    at = zip(seen.unit.tolist(), seen.period.tolist(), strict=True)
    return [(seen.units[unit], seen.periods[period].code) for unit, period in at]


def numbers(evaluation: Evaluation, row: int) -> dict[Field, float]:
    """Every figure of one row by node and name; NaN where there is none."""
    ask = (
        evaluation.rate,
        evaluation.coverage,
        evaluation.full,
        evaluation.points,
        evaluation.obtained,
        evaluation.assessed,
    )
    figures = {(code, of.__name__): float(of(code)[row]) for code in evaluation.codes for of in ask}
    return figures | {("", "uncut"): float(evaluation.uncut[row])}


def exact_numbers(result: Result) -> dict[Field, Fraction | Decimal | None]:
    names = ("rate", "coverage", "full", "points", "obtained", "assessed")
    figures = {(code, name): getattr(node, name) for code, node in result.nodes.items() for name in names}
    return figures | {("", "uncut"): result.uncut}


def words(evaluation: Evaluation, row: int) -> dict[Field, object]:
    """Everything of one row that is decided, not computed."""
    found: dict[Field, object] = {("", "verdict"): _word(evaluation.verdict_words, evaluation.verdict[row])}
    for code in evaluation.codes:
        found[code, "outcome"] = Outcome(evaluation.outcome(code)[row]).name
        found[code, "band"] = _word(evaluation.bands, evaluation.band(code)[row])
        found[code, "passed"] = (False, True, None)[evaluation.passed(code)[row]]
    for rule in evaluation.rules:
        found[rule, "state"] = RuleState(evaluation.rule_state(rule)[row])
    for quota in (rule for rule in evaluation.scheme.rules if rule.kind == "quota"):
        found[quota.id, "quota"] = _word(evaluation.bands, evaluation.quota_band(quota.id)[row])
    return found


def exact_words(result: Result) -> dict[Field, object]:
    found: dict[Field, object] = {("", "verdict"): result.verdict}
    for code, node in result.nodes.items():
        for name in ("outcome", "band", "passed"):
            found[code, name] = getattr(node, name)
    found |= {(rule, "quota"): band for rule, band in result.quotas.items()}
    return found | {(rule, "state"): STATES[state] for rule, state in result.rules.items()}


def _word(words: tuple[str, ...], index: int) -> str | None:
    return None if index < 0 else words[index]


def near(got: float, expected: Fraction | Decimal | None) -> bool:
    if expected is None:
        return math.isnan(got)
    tolerance = RATIONAL if isinstance(expected, Fraction) else OTHER
    return math.isclose(got, float(expected), rel_tol=tolerance, abs_tol=tolerance)


def assert_agrees(case: Case, laid: Sequence[Laid] = (Laid(),)) -> None:
    evaluation = run(case, laid)
    of_rows = {key: laid[row % len(laid)] for row, key in enumerate(keys(evaluation))}
    results = exact(case.scheme, case.table, case.periods, of_rows)
    assert evaluation.rows == len(results)
    for row, key in enumerate(keys(evaluation)):
        result = results[key]
        assert words(evaluation, row) == exact_words(result)
        got, expected = numbers(evaluation, row), exact_numbers(result)
        assert got.keys() == expected.keys()
        assert {key: (got[key], expected[key]) for key in got if not near(got[key], expected[key])} == {}


@examples(EXAMPLES)
@given(cases())
@example(BAND_NAMED_AS_A_VERDICT)
def test_engine_agrees_with_the_oracle(case: Case) -> None:
    assert_agrees(case)


@examples(EXAMPLES // 4)
@given(cases(), st.data())
def test_weights_and_pass_lines_laid_over_rows(case: Case, data: st.DataObject) -> None:
    assert_agrees(case, data.draw(overlays(case)))


@examples(EXAMPLES // 2)
@given(cases(), st.data())
def test_rows_that_are_exempt(case: Case, data: st.DataObject) -> None:
    assert_agrees(case, data.draw(exemptions(case)))


@settings(examples(EXAMPLES // 15), phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(cases(units=25), st.data())
def test_tables_of_many_rows_that_are_exempt(case: Case, data: st.DataObject) -> None:
    assert_agrees(case, data.draw(exemptions(case)))


@settings(examples(EXAMPLES // 15), phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(cases(units=25))
def test_tables_of_many_rows(case: Case) -> None:
    assert_agrees(case)
