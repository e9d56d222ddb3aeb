"""Several judges: joined by judgements or by priorities, and how far they agree."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import ahpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare

from steelyard.errors import InvalidInput
from steelyard.weighting import Judge, Judgements, ahp
from steelyard.weighting.agreement import consensus, kendall_w
from steelyard.weighting.details import Ahp
from steelyard.weighting.judgements import SCALE
from weighting.pairwise import upper


def _details(judges: list[Judge], aggregation: Any) -> Ahp:
    details = ahp(judges, aggregation=aggregation).details
    assert isinstance(details, Ahp)
    return details


@st.composite
def panels(draw: st.DrawFn) -> list[Judge]:
    count = draw(st.integers(2, 5))
    pairs = [(i, j) for i in range(count) for j in range(i + 1, count)]
    codes = tuple(f"N{at}" for at in range(count))
    panel = []
    for number in range(draw(st.integers(2, 4))):
        said = Judgements(codes, {pair: draw(st.sampled_from(SCALE)) for pair in pairs})
        panel.append(Judge(f"judge {number}", said, Fraction(draw(st.integers(1, 3)))))
    return panel


def _geometric(panel: list[Judge], figures: list[float]) -> float:
    weights = [float(judge.weight) for judge in panel]
    logs = [weight * math.log(figure) for weight, figure in zip(weights, figures, strict=True)]
    return math.exp(sum(logs) / sum(weights))


def _ahpy(codes: tuple[str, ...], ratios: dict[tuple[int, int], float]) -> Any:
    pairs = {(codes[i], codes[j]): ratio for (i, j), ratio in ratios.items()}
    return ahpy.Compare("group", pairs, precision=10, random_index="saaty")


@settings(max_examples=30, deadline=None)
@given(panels())
def test_joined_judgements_agree_with_ahpy_on_the_joined_matrix(panel: list[Judge]) -> None:
    codes = panel[0].judgements.codes
    joined = {
        pair: _geometric(panel, [float(judge.judgements.ratios[pair]) for judge in panel])
        for pair in panel[0].judgements.ratios
    }
    oracle = _ahpy(codes, joined)
    details = _details(panel, "AIJ")
    assert details.priorities == pytest.approx(dict(oracle.local_weights), abs=1e-6)
    assert details.consistency_ratio == pytest.approx(oracle.consistency_ratio, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(panels())
def test_joined_priorities_agree_with_ahpy_on_each_judge(panel: list[Judge]) -> None:
    codes = panel[0].judgements.codes
    alone = [_ahpy(codes, {pair: float(r) for pair, r in j.judgements.ratios.items()}) for j in panel]
    means = {code: _geometric(panel, [each.local_weights[code] for each in alone]) for code in codes}
    total = sum(means.values())
    details = _details(panel, "AIP")
    expected = {code: mean / total for code, mean in means.items()}
    assert details.priorities == pytest.approx(expected, abs=1e-6)
    assert (details.lambda_max, details.consistency_ratio) == (None, None)


def test_a_pair_is_joined_over_those_who_compared_it() -> None:
    whole, gaps = upper("A B C", "2 4  2"), upper("A B C", "8 .  2")
    details = _details([Judge("one", whole), Judge("two", gaps)], "AIJ")
    alone = ahp([Judge("joined", upper("A B C", "4 4  2"))]).details
    assert isinstance(alone, Ahp)
    assert details.priorities == pytest.approx(alone.priorities)
    assert [judge.missing for judge in details.judges] == [0, 1]


def test_judges_who_contradict_themselves_are_named() -> None:
    clear, muddled = upper("A B C", "2 4  2"), upper("A B C", "9 1/9  9")
    found = ahp([Judge("Li", clear), Judge("Wang", muddled)])
    assert ["Wang" in problem.message("zh") for problem in found.warnings] == [True, False]


@pytest.mark.parametrize(
    ("judges", "codes"),
    [
        ([], ["WEIGHTING_NO_JUDGES"]),
        ([Judge("a", upper("A B", "2")), Judge("a", upper("A C", "2"), Fraction(0))],
         ["WEIGHTING_JUDGE_TWICE", "WEIGHTING_JUDGE_WEIGHT", "WEIGHTING_OTHER_INDICATORS"]),
        ([Judge("a", Judgements((), {}))], ["WEIGHTING_NO_INDICATORS"]),
        ([Judge("a", Judgements(("A", "B"), {}))], ["WEIGHTING_NOT_LINKED"]),
    ],
)  # fmt: skip
def test_what_is_refused(judges: list[Judge], codes: list[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        ahp(judges)
    assert [problem.code for problem in refused.value.problems] == codes


_PRIORITIES = st.integers(3, 6).flatmap(
    lambda count: st.lists(
        st.lists(st.integers(1, 4), min_size=count, max_size=count).filter(lambda row: len(set(row)) > 1),
        min_size=2,
        max_size=5,
    )
)


@settings(max_examples=60, deadline=None)
@given(_PRIORITIES)
def test_kendalls_w_agrees_with_friedmans_statistic(rows: list[list[int]]) -> None:
    """Friedman's chi-square, which scipy corrects for ties, is m (n − 1) W."""
    priorities = np.array(rows, dtype=float)
    priorities /= priorities.sum(axis=1, keepdims=True)
    judges, count = priorities.shape
    # scipy ranks by exact floats: whole numbers tie as the priorities do
    statistic = friedmanchisquare(*np.array(rows).T)[0]
    assert kendall_w(priorities) == pytest.approx(statistic / (judges * (count - 1)))


def test_agreement_is_whole_among_those_who_say_the_same() -> None:
    same = np.array([[0.6, 0.3, 0.1]] * 3)
    assert (kendall_w(same), consensus(same)) == (1.0, pytest.approx(1.0))


def test_consensus_is_none_between_the_most_one_sided() -> None:
    """Each of three judges finds another indicator 9 times as heavy: joined, they are even."""
    apart = np.array([[9, 1, 1], [1, 9, 1], [1, 1, 9]]) / 11
    assert consensus(apart) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("priorities", [[[0.5, 0.5]], [[1.0], [1.0]]])
def test_agreement_needs_two_judges_and_two_indicators(priorities: list[list[float]]) -> None:
    assert (kendall_w(np.array(priorities)), consensus(np.array(priorities))) == (None, None)


def test_judges_who_tell_nothing_apart_have_no_w() -> None:
    assert kendall_w(np.full((3, 4), 0.25)) is None
