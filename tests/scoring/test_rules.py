"""Rules: adjust, gate, veto, streak, and the verdict that stands."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.boards import leaf, observed, scheme
from steelyard.scoring import Evaluation, RuleState, evaluate, rule_reason

BANDS = [{"code": "A", "from": "90%"}, {"code": "C", "from": "0%"}]
VERDICTS = ["passed", "failed", "suspended", "disqualified"]


def verdicts(result: Evaluation) -> list[str]:
    return ["" if index < 0 else result.verdict_words[index] for index in result.verdict]


def standard(**fields: Any) -> Any:
    """The sheet of GB/T 27922: 73.98 after pooling, special deductions and one bonus."""
    rules = [
        {
            "id": "minus",
            "kind": "adjust",
            "measure": "minus",
            "each": "-1",
            "veto_at": "5",
            "verdict": "failed",
        },
        {"id": "plus", "kind": "adjust", "measure": "plus", "each": "1", "at_most": "1"},
    ]
    return scheme(leaf("L", "98"), rules=rules, pass_="70%", **fields)


@pytest.mark.parametrize(
    ("points", "minus", "plus", "score", "verdict"),
    [
        ("72.5", "2", "1", 72.9795918367347, "passed"),
        ("72.5", "2", "3", 72.9795918367347, "passed"),
        ("98", "5", "0", 95.0, "failed"),
        ("98", "0", "1", 100.0, "passed"),
        ("72.5", "", "0", 73.9795918367347, "passed"),
        ("1", "4", "0", 0.0, "failed"),
        ("", "5", "0", None, "failed"),
        ("", "0", "0", None, ""),
    ],
)
def test_adjust(points: str, minus: str, plus: str, score: float | None, verdict: str) -> None:
    result = evaluate(standard(), observed({"L": [points], "minus": [minus], "plus": [plus]}))
    assert verdicts(result) == [verdict]
    assert result.score("TOTAL")[0] == pytest.approx(
        score if score is not None else float("nan"), nan_ok=True
    )


def test_an_uncut_total_is_kept() -> None:
    table = observed({"L": ["98"], "minus": ["0"], "plus": ["1"]})
    assert (
        evaluate(standard(), table).uncut[0],
        evaluate(standard(cap="none"), table).score("TOTAL")[0],
    ) == (101, 101)


def test_a_missing_count_is_undecided_and_a_complete_feed_is_zero() -> None:
    result = evaluate(
        standard(), observed({"L": ["98"] * 3, "minus": ["", "none", "n/a"], "plus": ["0"] * 3})
    )
    assert result.rule_state("minus").tolist() == [RuleState.UNDECIDED, RuleState.QUIET, RuleState.QUIET]


GATE = {
    "id": "each",
    "kind": "gate",
    "require": {"children_of": "TOTAL", "passed": True},
    "verdict": "failed",
}


@pytest.mark.parametrize(
    ("cells", "state", "verdict"),
    [
        (("10", "7"), RuleState.QUIET, "passed"),
        (("10", "6.9"), RuleState.FIRED, "failed"),
        (("10", ""), RuleState.UNDECIDED, "passed"),
        (("6.9", ""), RuleState.FIRED, "failed"),
        (("10", "n/a"), RuleState.QUIET, "passed"),
    ],
)
def test_gate(cells: tuple[str, str], state: RuleState, verdict: str) -> None:
    board = scheme(leaf("A"), leaf("B"), pass_="70%", rules=[GATE])
    result = evaluate(board, observed({"A": [cells[0]], "B": [cells[1]]}))
    assert (result.rule_state("each")[0], verdicts(result)) == (state, [verdict])


ZERO = {
    "id": "zero",
    "kind": "veto",
    "when": {"any_of": ["A", "B"], "rate_at_most": "0%"},
    "verdict": "suspended",
    "cap": "59",
}


@pytest.mark.parametrize(
    ("cells", "state", "verdict", "score"),
    [
        (("10", "10"), RuleState.QUIET, "passed", 100),
        (("10", "0"), RuleState.FIRED, "suspended", 50),
        (("0", ""), RuleState.FIRED, "suspended", 0),
        (("10", ""), RuleState.UNDECIDED, "passed", 100),
    ],
)
def test_veto(cells: tuple[str, str], state: RuleState, verdict: str, score: float) -> None:
    board = scheme(leaf("A"), leaf("B"), pass_="70%", rules=[ZERO], verdicts=VERDICTS)
    result = evaluate(board, observed({"A": [cells[0]], "B": [cells[1]]}))
    assert (result.rule_state("zero")[0], verdicts(result), result.score("TOTAL")[0]) == (
        state,
        [verdict],
        score,
    )


def test_a_cap_limits_the_score_but_neither_band_nor_pass() -> None:
    veto = {**ZERO, "when": {"measure": "accidents", "at_least": "1"}}
    board = scheme(leaf("A"), pass_="70%", rules=[veto], verdicts=VERDICTS, bands=BANDS)
    result = evaluate(board, observed({"A": ["10"], "accidents": ["2"]}))
    assert (result.score("TOTAL")[0], result.band("TOTAL")[0], result.passed("TOTAL")[0]) == (59, 0, 1)


STREAK = {"id": "three", "kind": "streak", "band": "C", "periods": 3, "then": "disqualified"}


def test_a_streak_fires_in_the_third_and_every_further_period() -> None:
    board = scheme(leaf("A"), bands=BANDS, rules=[STREAK], verdicts=VERDICTS)
    points = ["1", "1", "1", "1", "9", "1", "1", "", "1"]
    periods = [f"p{number}" for number in range(9)]
    result = evaluate(board, observed({"A": points}, periods=periods, units=["u"] * 9))
    assert verdicts(result) == ["C", "C", "disqualified", "disqualified", "A", "C", "C", "", "disqualified"]


def test_streaks_do_not_run_from_one_unit_into_the_next() -> None:
    board = scheme(leaf("A"), bands=BANDS, rules=[STREAK], verdicts=VERDICTS)
    result = evaluate(
        board, observed({"A": ["1"] * 4}, periods=["p", "q", "p", "q"], units=["u", "u", "v", "v"])
    )
    assert verdicts(result) == ["C"] * 4


def test_a_fired_rule_says_why() -> None:
    board = scheme(
        leaf("A", title={"zh": "态度", "en": "Attitude"}), leaf("B"), rules=[ZERO], verdicts=VERDICTS
    )
    result = evaluate(board, observed({"A": ["0"], "B": ["5"]}))
    reason = rule_reason(result, 0, board.rules[0])
    assert (reason.zh, reason.en) == ("态度 的得分率不高于 0%", "Attitude is at or below 0%")
