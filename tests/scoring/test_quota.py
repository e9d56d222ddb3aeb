"""Quotas: largest remainder, equal scores, groups, and what a quota that is not advisory decides."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle import quotas
from scoring.boards import leaf, observed, scheme
from steelyard.analysis.selection import select_rows
from steelyard.scheme.rule import QuotaRule
from steelyard.scoring import Evaluation, RuleState, evaluate, rule_reason, rule_sentence
from steelyard.scoring.rules.quota import places

BANDS = [
    {"code": "excellent", "from": "90%"},
    {"code": "pass", "from": "70%"},
    {"code": "fail", "from": "0%"},
]
SHARES = {"excellent": "2", "pass": "7", "fail": "1"}
QUOTA = {"id": "2-7-1", "kind": "quota", "shares": SHARES, "min_group": 1}

# Places of 2 : 7 : 1 for groups of 1 to 37 units.
SHARED_OUT = [
    "0/1/0",
    "0/2/0",
    "1/2/0",
    "1/3/0",
    "1/4/0",
    "1/4/1",
    "1/5/1",
    "1/6/1",
    "2/6/1",
    "2/7/1",
    "2/8/1",
    "2/9/1",
    "3/9/1",
    "3/10/1",
    "3/11/1",
    "3/11/2",
    "3/12/2",
    "3/13/2",
    "4/13/2",
    "4/14/2",
    "4/15/2",
    "4/16/2",
    "5/16/2",
    "5/17/2",
    "5/18/2",
    "5/18/3",
    "5/19/3",
    "5/20/3",
    "6/20/3",
    "6/21/3",
    "6/22/3",
    "6/23/3",
    "7/23/3",
    "7/24/3",
    "7/25/3",
    "7/25/4",
    "7/26/4",
]


def board(**fields: Any) -> Any:
    return scheme(leaf("A", "100"), bands=BANDS, rules=[{**QUOTA, **fields}])


def scored(points: list[str], board: Any, **table: Any) -> Evaluation:
    return evaluate(board, observed({"A": points}, **table))


def expected(result: Evaluation, rule: str = "2-7-1") -> list[str]:
    return [(*result.bands, "")[index] for index in result.quota_band(rule)]


def verdicts(result: Evaluation) -> list[str]:
    return ["" if index < 0 else result.verdict_words[index] for index in result.verdict]


@pytest.mark.parametrize(("group", "seats"), list(enumerate(SHARED_OUT, start=1)))
def test_places_of_2_7_1(group: int, seats: str) -> None:
    result = scored([str(99 - number) for number in range(group)], board())
    counts = np.bincount(result.quota_band("2-7-1"), minlength=3).tolist()
    assert "/".join(map(str, counts)) == seats
    assert result.quota_band("2-7-1").tolist() == sorted(result.quota_band("2-7-1"))


@given(
    st.lists(st.fractions(0, 9, max_denominator=4), min_size=1, max_size=4).filter(any), st.integers(1, 60)
)
def test_places_agree_with_the_oracle(shares: list[Fraction], group: int) -> None:
    found = places(shares, group)
    assert list(found) == quotas.places(shares, group)
    assert sum(found) == group


@pytest.mark.parametrize(
    ("shares", "group", "seats"),
    [([1, 1], 1, (1, 0)), ([1, 1, 1], 2, (1, 1, 0)), ([1, 3], 2, (0, 2)), ([0, 1, 0], 3, (0, 3, 0))],
)
def test_ties_of_places(shares: list[int], group: int, seats: tuple[int, ...]) -> None:
    assert places([Fraction(share) for share in shares], group) == seats


def test_equal_scores_get_the_same_better_band() -> None:
    points = ["95", "94", "94", "80", "79", "78", "77", "70", "70", "70"]
    assert expected(scored(points, board())) == ["excellent"] * 3 + ["pass"] * 7


def test_equal_scores_are_told_exactly() -> None:
    """3 × 0.1 and 0.3 differ as floats; a hundred thousandth of a millionth less is less."""
    halves = scheme(leaf("A", "3"), leaf("B", "1"), bands=BANDS, rules=[QUOTA])
    a = ["2.9", "0.3", "1.2", "1.199999999999", "0", "0", "0", "0", "0", "0"]
    b = ["1", "0.9", "0", "0", "0.1", "0.1", "0.1", "0.1", "0.1", "0"]
    result = evaluate(halves, observed({"A": a, "B": b}))
    assert expected(result)[:4] == ["excellent", "excellent", "excellent", "pass"]
    assert expected(result)[4:] == ["pass"] * 5 + ["fail"]


def test_advisory_quotas_change_nothing() -> None:
    result = scored(["99", "98", "97", "40"], board())
    assert verdicts(result) == ["excellent", "excellent", "excellent", "fail"]
    assert expected(result) == ["excellent", "pass", "pass", "pass"]
    fired = [RuleState.QUIET, RuleState.FIRED, RuleState.FIRED, RuleState.FIRED]
    assert result.rule_state("2-7-1").tolist() == fired


def test_a_binding_quota_is_the_verdict_but_not_the_band() -> None:
    result = scored(["99", "98", "97", "40"], board(advisory=False))
    assert verdicts(result) == ["excellent", "pass", "pass", "pass"]
    assert result.band("TOTAL").tolist() == [0, 0, 0, 2]


@pytest.mark.parametrize(
    ("points", "accidents", "found"),
    [
        (["99", "98"], ["0", "0"], ["pass", "pass"]),
        (["60", "50"], ["0", "0"], ["failed", "failed"]),
        (["99", "98"], ["0", "1"], ["pass", "suspended"]),
        (["80", "75"], ["0", "0"], ["passed", "passed"]),
    ],
)
def test_what_outranks_a_binding_quota(points: list[str], accidents: list[str], found: list[str]) -> None:
    veto = {
        "id": "v",
        "kind": "veto",
        "when": {"measure": "accidents", "at_least": "1"},
        "verdict": "suspended",
    }
    rules = [veto, {**QUOTA, "advisory": False}]
    words = ["passed", "failed", "suspended"]
    strict = scheme(leaf("A", "100"), bands=BANDS, rules=rules, pass_="70%", verdicts=words)
    assert verdicts(evaluate(strict, observed({"A": points, "accidents": accidents}))) == found


def test_of_two_binding_quotas_the_worse_band_stands() -> None:
    low = {"id": "low", "kind": "quota", "shares": {"fail": "1"}, "advisory": False}
    both = scheme(leaf("A", "100"), bands=BANDS, rules=[low, {**QUOTA, "advisory": False}])
    assert verdicts(scored(["99", "98"], both)) == ["fail", "fail"]


def test_small_groups_have_no_quota() -> None:
    result = scored(["99"] * 9, board(min_group=10))
    assert (expected(result), result.rule_state("2-7-1").any()) == ([""] * 9, False)


def test_a_group_is_a_period_s_scored_units() -> None:
    points = ["99", "98", "97", "96", "", "10"]
    result = scored(points, board(), periods=list("ppqqqq"), units=list("abcdef"))
    assert expected(result) == ["pass", "pass", "excellent", "pass", "", "pass"]


def test_a_cap_of_a_veto_lowers_the_rank() -> None:
    veto = {
        "id": "v",
        "kind": "veto",
        "when": {"measure": "accidents", "at_least": "1"},
        "verdict": "failed",
        "cap": "60",
    }
    capped = scheme(leaf("A", "100"), bands=BANDS, rules=[veto, QUOTA])
    table = {"A": ["99", "95", "60", "50"], "accidents": ["1", "0", "0", "0"]}
    assert expected(evaluate(capped, observed(table))) == ["pass", "excellent", "pass", "pass"]


def test_selected_rows_keep_their_group() -> None:
    result = select_rows(scored(["99", "98", "97", "40"], board()), np.array([1]))
    reason = rule_reason(result, 0, result.scheme.rules[0])
    assert expected(result) == ["pass"]
    assert reason.en == (
        "pass by the quota, excellent by its score; the quota shares out 4 units 1 : 3 : 0, "
        "their scores 3 : 0 : 1; advisory"
    )
    assert reason.zh == (
        "按分布应为 pass，按得分为 excellent；4 个对象按分布为 1 : 3 : 0，按得分为 3 : 0 : 1，仅供参考"
    )


@pytest.mark.parametrize(
    ("fields", "end"),
    [
        ({"min_group": 10}, "none below 10 units; advisory, it changes no result"),
        ({"advisory": False}, "equal scores get the better one; where it differs, that band is the verdict"),
    ],
)
def test_a_quota_in_words(fields: dict[str, Any], end: str) -> None:
    rule = QuotaRule.model_validate({**QUOTA, **fields})
    words = rule_sentence(rule)
    assert "excellent 2 : pass 7 : fail 1" in words.zh
    assert words.en.endswith(end)
