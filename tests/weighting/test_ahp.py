"""One judge's weights and consistency, against AHPy and against published examples."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import ahpy
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from steelyard.errors import InvalidInput
from steelyard.weighting import Judge, Judgements, Weighting, ahp
from steelyard.weighting.details import Ahp
from steelyard.weighting.random_index import TableName
from weighting.pairwise import judgements, upper


def _alone(said: Judgements, table: TableName = "saaty-2005") -> tuple[Weighting, Ahp]:
    weighting = ahp([Judge("one", said)], table=table)
    assert isinstance(weighting.details, Ahp)
    return weighting, weighting.details


@settings(max_examples=60, deadline=None)
@given(judgements())
def test_weights_and_ratio_agree_with_ahpy(said: Judgements) -> None:
    pairs = {(said.codes[i], said.codes[j]): float(ratio) for (i, j), ratio in said.ratios.items()}
    oracle: Any = ahpy.Compare("group", pairs, precision=10, random_index="saaty")
    weighting, details = _alone(said)
    for code in said.codes:
        assert float(weighting.weights[code]) == pytest.approx(oracle.local_weights[code], abs=1e-6)
        assert details.priorities[code] == pytest.approx(oracle.local_weights[code], abs=1e-6)
    assert details.consistency_ratio == pytest.approx(oracle.consistency_ratio, abs=1e-6)


PUBLISHED = [
    # T. L. Saaty, Decision making with the analytic hierarchy process, International Journal of Services
    # Sciences 1, 2008: relative consumption of drinks in the United States; consistency ratio 0.022.
    (
        "coffee wine tea beer sodas milk water",
        "9 5 2 1 1 1/2  1/3 1/9 1/9 1/9 1/9  1/3 1/4 1/3 1/9  1/2 1 1/3  2 1/2  1/3",
        "0.177 0.019 0.042 0.116 0.190 0.129 0.327",
        0.022,
    ),
    # T. L. Saaty, A scaling method for priorities in hierarchical structures, Journal of Mathematical
    # Psychology 15, 1977: how far six cities are from Philadelphia; largest eigenvalue 6.45.
    (
        "Cairo Tokyo Chicago SanFrancisco London Montreal",
        "1/3 8 3 3 7  9 3 3 9  1/6 1/5 2  1/3 6  6",
        "0.262 0.397 0.033 0.116 0.164 0.027",
        None,
    ),
    # The example of choosing a leader, as encyclopaedias have it: four criteria, and three men by experience.
    ("experience education charisma age", "4 3 7  1/3 3  5", "0.547 0.127 0.270 0.056", 0.044),
    ("Tom Dick Harry", "1/4 4  9", "0.217 0.717 0.066", 0.035),
]


@pytest.mark.parametrize(("codes", "triangle", "weights", "ratio"), PUBLISHED)
def test_published_examples(codes: str, triangle: str, weights: str, ratio: float | None) -> None:
    found, details = _alone(upper(codes, triangle))
    expected = dict(zip(codes.split(), map(float, weights.split()), strict=True))
    assert {code: float(weight) for code, weight in found.weights.items()} == pytest.approx(
        expected, abs=6e-4
    )
    if ratio is not None:
        assert details.consistency_ratio == pytest.approx(ratio, abs=6e-4)
    assert found.warnings == ()


def test_distances_from_philadelphia_have_the_published_eigenvalue() -> None:
    codes, triangle, _, _ = PUBLISHED[1]
    assert _alone(upper(codes, triangle))[1].lambda_max == pytest.approx(6.45, abs=5e-3)


def test_school_selection_is_inconsistent() -> None:
    """The criteria of Saaty's school selection (1980): the printed weights have two decimals."""
    said = upper(
        "learning friends life vocational college music", "4 3 1 3 4  7 3 1/5 1  1/5 1/5 1/6  1 1/3  3"
    )
    found, details = _alone(said)
    weights = [round(float(weight), 2) for weight in found.weights.values()]
    assert weights == pytest.approx([0.32, 0.14, 0.03, 0.13, 0.24, 0.14], abs=0.011)
    assert details.consistency_ratio is not None
    assert details.consistency_ratio > 0.2
    assert [problem.code for problem in found.warnings] == ["WEIGHTING_INCONSISTENT"]


def test_the_table_of_random_indices_is_named_and_decides() -> None:
    said = upper("A B C", "1/4 4  9")
    newer, older = _alone(said)[1], _alone(said, "saaty-1980")[1]
    assert (newer.index_table, older.index_table) == ("saaty-2005", "saaty-1980")
    assert newer.consistency_ratio == pytest.approx((older.consistency_ratio or 0) * 0.58 / 0.52, abs=1e-9)


@pytest.mark.parametrize("codes", ["A", "A B"])
def test_one_or_two_indicators_are_consistent(codes: str) -> None:
    found, details = _alone(upper(codes, "3"))
    assert (details.consistency_ratio, sum(found.weights.values())) == (0.0, 1)


def test_more_indicators_than_the_table_has_are_refused() -> None:
    codes = [f"N{at}" for at in range(16)]
    with pytest.raises(InvalidInput, match="WEIGHTING_TOO_MANY_TO_COMPARE"):
        _alone(upper(" ".join(codes), " ".join(["1"] * 120)))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=3, max_size=7), st.data())
def test_consistent_judgements_with_gaps_give_the_weights_behind_them(weights: list[int], data: Any) -> None:
    """Harker's method finds what the comparisons were made from, whichever of them are left."""
    count = len(weights)
    ratios = {(i, j): Fraction(weights[i], weights[j]) for i in range(count) for j in range(i + 1, count)}
    kept = data.draw(st.lists(st.sampled_from(sorted(ratios)), unique=True))
    said = Judgements(tuple(f"N{at}" for at in range(count)), {pair: ratios[pair] for pair in kept})
    assume(len(said.parts()) == 1)
    found, details = _alone(said)
    expected = np.array(weights) / sum(weights)
    assert [float(weight) for weight in found.weights.values()] == pytest.approx(expected.tolist(), abs=1e-7)
    assert details.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert details.judges[0].doubt is None


@settings(max_examples=30, deadline=None)
@given(judgements(least=3, most=6), st.data())
def test_a_gap_counts_as_what_the_priorities_say(said: Judgements, data: Any) -> None:
    """Filling a gap with the ratio of the priorities changes neither them nor the eigenvalue."""
    pair = data.draw(st.sampled_from(sorted(said.ratios)))
    _, details = _alone(said.without(pair))
    priorities = list(details.priorities.values())
    matrix = np.eye(len(said.codes))
    for (i, j), ratio in said.ratios.items():
        matrix[i, j] = float(ratio) if (i, j) != pair else priorities[i] / priorities[j]
        matrix[j, i] = 1 / matrix[i, j]
    assert matrix @ priorities == pytest.approx(np.array(priorities) * details.lambda_max, abs=1e-9)


def test_the_doubtful_comparison_is_pointed_out() -> None:
    """A : B = 2 and B : C = 2 imply A : C = 4; somebody said 1/4."""
    _, details = _alone(upper("A B C D", "2 1/4 4  2 2  1"))
    doubt = details.judges[0].doubt
    assert doubt is not None
    assert (doubt.first, doubt.second, doubt.said) == ("A", "C", Fraction(1, 4))
    assert doubt.implied == pytest.approx(4)
    assert (doubt.nearest, doubt.ratio_then) == (4, pytest.approx(0, abs=1e-9))


def test_a_comparison_that_alone_links_the_rest_is_not_doubted() -> None:
    assert _alone(upper("A B C", "9 .  9"))[1].judges[0].doubt is None
