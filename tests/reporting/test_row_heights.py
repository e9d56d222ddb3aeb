"""Rows are as high as what stands beside several of them needs."""

from __future__ import annotations

import pytest

from steelyard.reporting.row_heights import LINE, row_heights
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


def test_heads_and_cells_of_one_row_are_left_to_the_spreadsheet() -> None:
    blocks = [Block(-1, 0, -1, 1), Block(0, 0, 0, 1)]
    assert row_heights({(0, 0): "x" * 90}, [10, 10], blocks) == {}
