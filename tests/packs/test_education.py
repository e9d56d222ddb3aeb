"""The tutoring centre: the other readings of bands and complaint table, and the ratio in small groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from steelyard.intake.table import read_table_text
from steelyard.packs import Packs, load_packs
from steelyard.scheme import read_scheme_text
from steelyard.scoring import Evaluation, evaluate

PACKS: Packs = load_packs(strict=True)
CAMPUS = PACKS.schemes["education.campus"].text
FULL = {
    "TU.STD.DONE": "10",
    "TU.STD.EFFECT": "20",
    "TU.SVC.ATTITUDE": "10",
    "TU.SVC.EFFECTIVE": "20",
    "TU.MGT.TALK": "6",
    "TU.MGT.CLASS": "6",
    "TU.MGT.LOSS": "6",
    "TU.MGT.REFUND": "6",
    "TU.MGT.RENEW": "6",
    **{
        f"complaints:{case}": "0"
        for case in (
            "unhandled",
            "dissatisfied",
            "rather_dissatisfied",
            "fairly_satisfied",
            "satisfied",
            "very_satisfied",
        )
    },
}


def scored(text: str, rows: Sequence[Mapping[str, str]]) -> Evaluation:
    scheme = read_scheme_text(text)
    lines = [",".join(["unit", *FULL])]
    for number, cells in enumerate(rows):
        lines.append(",".join([f"campus {number}", *(cells.get(name, FULL[name]) for name in FULL)]))
    return evaluate(scheme, read_table_text("\n".join(lines), "t.csv", scheme).observations)


def bands(result: Evaluation) -> list[str]:
    return [result.bands[mark] for mark in result.band("TU")]


@pytest.mark.parametrize(
    ("lost", "exact", "rounded"), [("10.5", "pass", "excellent"), ("10.6", "pass", "pass")]
)
def test_scores_may_be_rounded_first(lost: str, exact: str, rounded: str) -> None:
    """89.5 and 89.4 out of 100; the other way to read the bands moves their lines by half a point."""
    row = {"TU.STD.EFFECT": str(20 - float(lost))}
    other = CAMPUS.replace("from: 90%", "from: 89.5%").replace("from: 70%", "from: 69.5%")
    assert (bands(scored(CAMPUS, [row])), bands(scored(other, [row]))) == ([exact], [rounded])


@pytest.mark.parametrize(("lost", "band"), [("30", "pass"), ("30.5", "fail")])
def test_69_5_is_below_the_pass_band(lost: str, band: str) -> None:
    row = {"TU.STD.EFFECT": "0", "TU.SVC.EFFECTIVE": str(40 - float(lost))}
    assert bands(scored(CAMPUS, [row])) == [band]


# n → places of 优秀, 达标, 不达标.
PLACES = {
    1: [0, 1, 0],
    2: [0, 2, 0],
    3: [1, 2, 0],
    4: [1, 3, 0],
    5: [1, 4, 0],
    6: [1, 4, 1],
    7: [1, 5, 1],
    8: [1, 6, 1],
    9: [2, 6, 1],
    10: [2, 7, 1],
    12: [2, 9, 1],
    15: [3, 11, 1],
    20: [4, 14, 2],
    37: [7, 26, 4],
}


@pytest.mark.parametrize("campuses", PLACES)
def test_the_ratio_in_small_groups(campuses: int) -> None:
    rows = [{"TU.STD.EFFECT": str(20 - number / 2)} for number in range(campuses)]
    result = scored(CAMPUS.replace("min_group: 10", "min_group: 1"), rows)
    assert np.bincount(result.quota_band("2-7-1"), minlength=3).tolist() == PLACES[campuses]


@pytest.mark.parametrize(("campuses", "expected"), [(9, False), (10, True)])
def test_the_ratio_is_for_ten_campuses_or_more(campuses: int, expected: bool) -> None:
    result = scored(CAMPUS, [{}] * campuses)
    assert (result.quota_band("2-7-1") >= 0).all() == expected
    assert set(bands(result)) == {"excellent"}


# The complaint table as an adjustment of the 100 points, instead of the score of one item.
TABLE = {
    "unhandled": -5,
    "dissatisfied": -5,
    "rather_dissatisfied": -3,
    "fairly_satisfied": -1,
    "very_satisfied": 2,
    "none": 10,
}
ADJUSTED = """\
format: steelyard/1
scheme: education.adjusted
version: 1.0.0
title: {zh: 投诉调整总分, en: Total adjusted by complaints}
unit_type: campus
calendar: quarter
indicators:
  - {code: REST, points: 100, rubric: {kind: points}}
rules:
""" + "".join(
    f'  - {{id: {case}, kind: adjust, measure: "complaints:{case}", each: {points}}}\n'
    for case, points in TABLE.items()
)


@pytest.mark.parametrize(
    ("case", "count", "score"),
    [("none", 1, 90), ("unhandled", 3, 65), ("rather_dissatisfied", 1, 77), ("very_satisfied", 1, 82)],
)
def test_complaints_may_adjust_the_total_instead(case: str, count: int, score: float) -> None:
    scheme = read_scheme_text(ADJUSTED)
    table = read_table_text(f"unit,REST,complaints:{case}\nc,80,{count}\n", "t.csv", scheme)
    assert evaluate(scheme, table.observations).score("TOTAL")[0] == pytest.approx(score)
