"""Rows are as high as what stands in several cells that are one needs."""

from __future__ import annotations

import pytest

from steelyard.reporting.row_heights import LINE, lines_of, row_heights
from steelyard.reporting.table import Block

BESIDE = Block(0, 0, 1, 0)


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        ({(0, 0): "x" * 20}, {}),
        ({(0, 0): "x" * 40}, {0: 2, 1: 2}),
        ({(0, 0): "长" * 20}, {0: 2, 1: 2}),
        ({(0, 0): "x" * 50}, {0: 2.5, 1: 2.5}),
        ({(0, 0): "x" * 50, (0, 1): "y" * 30}, {0: 3.5, 1: 1.5}),
        ({(0, 0): "x" * 50, (0, 1): "y" * 60}, {}),
    ],
)
def test_rows_share_the_lines_that_are_lacking(
    texts: dict[tuple[int, int], str], lines: dict[int, float]
) -> None:
    expected = {row: LINE * each for row, each in lines.items()}
    assert row_heights(texts, [10, 10], [BESIDE]) == expected


def test_heads_are_left_to_the_spreadsheet() -> None:
    assert row_heights({(-1, 0): "x" * 90}, [10, 10], [Block(-1, 0, -1, 1)]) == {}


def test_a_row_is_as_high_as_what_reaches_across_its_columns() -> None:
    blocks = [Block(0, 0, 0, 1)]
    assert row_heights({(0, 0): "x" * 90}, [10, 10], blocks) == {0: 5 * LINE}
    assert row_heights({(0, 0): "x" * 20}, [10, 10], blocks) == {}


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("ab\ncd", 2), ("x" * 20, 2), ("xxxx " * 4, 3), ("长" * 5 + "\n" + "短", 2)]
)
def test_lines_of_a_text(text: str, lines: int) -> None:
    assert lines_of(text, 10) == lines
