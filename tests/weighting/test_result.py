"""Results: kept as JSON and read back, and said in sentences."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest

from steelyard.errors import InvalidInput
from steelyard.weighting import (
    Judge,
    PastRates,
    Weighting,
    ahp,
    by_critic,
    by_entropy,
    by_percent,
    by_points,
    by_ratio,
    equal,
    keep_in_proportion,
    sentence,
)
from weighting.pairwise import upper

_PAST = PastRates(("A", "B"), np.array([[0.1, 0.9], [0.4, 0.8], [0.9, 0.2], [np.nan, 0.1]]))
_JUDGES = [Judge("Li", upper("A B C", "2 3  5")), Judge("Wang", upper("A B C", "1/2 . 9"), Fraction(2))]

CASES = {
    "equal": (equal(["A", "B"]), "等权", "Equal"),
    "points": (by_points({"A": "30", "B": "70"}), "A 30, B 70", "points: A 30, B 70"),
    "ratio": (by_ratio(["A", "B"], "3:2"), "比例", "ratio"),
    "percent": (by_percent({"A": "30%", "B": "70%"}), "A 30%", "A 30%"),
    "in proportion": (
        keep_in_proportion({"A": Fraction(1), "B": Fraction(2)}, {"A": "2"}),
        "按原比例",
        "kept their proportion",
    ),
    "one judge": (ahp(_JUDGES[:1]), "最应复核", "was judged"),
    "AIJ": (ahp(_JUDGES), "AIJ", "joined by judgements"),
    "gaps": (ahp(_JUDGES[1:]), "有 1 对未比较", "1 pair(s) were not compared"),
    "AIP": (ahp(_JUDGES, aggregation="AIP"), "肯德尔 W", "Kendall's W"),
    "entropy": (by_entropy(_PAST), "1 行有缺", "in 3 rows, 1 with gaps left out."),
    "critic": (by_critic(_PAST), "CRITIC 法", "CRITIC on the rates"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_result_reads_back_as_itself(case: str) -> None:
    result = CASES[case][0]
    read = Weighting.from_json(result.to_json())
    assert read == result
    assert read.to_json() == result.to_json()


@pytest.mark.parametrize("case", CASES)
def test_a_sentence_says_how(case: str) -> None:
    result, zh, en = CASES[case]
    assert zh in sentence(result).zh
    assert en in sentence(result).en


def test_weights_are_kept_as_decimals_that_add_up_to_one() -> None:
    """1/7, 2/7 and 4/7, with 8 decimals."""
    even = ahp([Judge("Li", upper("A B C", "1/2 1/4  1/2"))])
    assert json.loads(even.to_json())["weights"] == {"A": "0.14285714", "B": "0.28571429", "C": "0.57142857"}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("{", r"\$"),
        ('{"weights":{"A":"1"},"details":{"method":"magic"}}', "details"),
        ('{"weights":{"A":"1/3"},"details":{"method":"equal"}}', "weights.A"),
        ('{"weights":{"A":"-1"},"details":{"method":"equal"}}', "weights.A"),
        ('{"weights":{"A":"1"},"details":{"method":"equal","more":1}}', "details.equal.more"),
    ],
)
def test_what_was_not_kept_by_us_is_refused(text: str, where: str) -> None:
    with pytest.raises(InvalidInput, match=where):
        Weighting.from_json(text)
