"""Pairwise matrices: what is filled in by reciprocity, and what is refused with its place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from steelyard.errors import InvalidInput
from steelyard.weighting import read_matrix

ABC = ["A", "B", "C"]
SCALE = "WEIGHTING_NOT_A_JUDGEMENT"
FULL = {(0, 1): Fraction(3), (0, 2): Fraction(5), (1, 2): Fraction(1, 2)}


@pytest.mark.parametrize(
    "cells",
    [
        [["1", "3", "5"], ["1/3", "1", "1/2"], ["1/5", "2", "1"]],
        [[None, "3", "5"], ["", "", "0.5"], [" ", None, None]],
        [["1", "", ""], ["1/3", "1", ""], ["0.2", "2", "1"]],
        [["1", "3", ""], ["", "1", "0.5"], ["1/5", "", "1"]],
    ],
)
def test_one_triangle_is_enough(cells: list[list[str | None]]) -> None:
    assert read_matrix(ABC, cells).ratios == FULL


def test_pairs_that_nobody_compared_stay_open() -> None:
    judgements = read_matrix(ABC, [["", "3", ""], ["", "", "1/2"], ["", "", ""]])
    assert (judgements.missing, set(judgements.ratios)) == (1, {(0, 1), (1, 2)})


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([["1", "10"], ["", "1"]], [(SCALE, "row 1, column B")]),
        ([["1", "x"], ["1/0", "1"]], [(SCALE, "row 1, column B"), (SCALE, "row 2, column A")]),
        ([["1", "-3"], ["", "1"]], [(SCALE, "row 1, column B")]),
        ([["2", "3"], ["", "1"]], [("WEIGHTING_DIAGONAL", "row 1, column A")]),
        ([["1", "3"], ["0.333", "1"]], [("WEIGHTING_NOT_RECIPROCAL", "row 1, column B")]),
        ([["1", "3"]], [("WEIGHTING_MATRIX_SHAPE", "row 2")]),
        ([["1", "3"], ["1"]], [("WEIGHTING_MATRIX_SHAPE", "row 2")]),
        ([["1", ""], ["", "1"]], [("WEIGHTING_NOT_LINKED", "B")]),
    ],
)  # fmt: skip
def test_what_is_refused(cells: list[list[str | None]], found: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_matrix(["A", "B"], cells)
    assert [(each.code, str(each.place)) for each in refused.value.problems] == found


def test_a_part_that_nothing_links_is_named() -> None:
    cells = [["", "2", "", ""], ["", "", "", ""], ["", "", "", "3"], ["", "", "", ""]]
    with pytest.raises(InvalidInput, match=r"\(C, D\)"):
        read_matrix([*ABC, "D"], cells)


def test_nothing_to_compare() -> None:
    with pytest.raises(InvalidInput, match="WEIGHTING_NO_INDICATORS"):
        read_matrix([], [])
