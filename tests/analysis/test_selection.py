"""Some rows of an evaluation are as if only they had been evaluated."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.weighed import scored
from steelyard.analysis.selection import select_rows

LONG = "0.12345678901234567890123"
TABLE = f"unit,period,A1,A2,B\nu,2024,1,0.5,{LONG}\nv,2024,,n/a,1\nw,2024,{LONG},0,{LONG}\nu,2025,1,1,1\n"


@pytest.mark.parametrize("rows", [[0], [2, 0], [3, 2, 1, 0], []])
def test_results_are_those_of_the_rows(rows: list[int]) -> None:
    whole = scored(TABLE)
    part = select_rows(whole, np.array(rows, dtype=np.intp))
    assert part.rows == len(rows)
    for code in whole.codes:
        for result in ("outcome", "score", "full", "points", "coverage", "passed", "band"):
            expected = getattr(whole, result)(code)[rows]
            assert np.array_equal(getattr(part, result)(code), expected, equal_nan=True)


def test_units_and_exact_values_follow() -> None:
    whole = scored(TABLE)
    part = select_rows(whole, np.array([3, 2]))
    seen = part.observations
    assert [seen.units[number] for number in seen.unit] == ["u", "w"]
    exact = {(seen.measures[line], row) for line, row in seen.exact}
    assert exact == {("A1", 1), ("B", 1)}


def test_exact_values_are_found_from_either_side() -> None:
    many = "unit,A1,A2,B\n" + "".join(f"u{number},{LONG},{LONG},{LONG}\n" for number in range(9))
    part = select_rows(scored(many), np.array([4]))
    assert sorted(part.observations.exact) == [(0, 0), (1, 0), (2, 0)]
