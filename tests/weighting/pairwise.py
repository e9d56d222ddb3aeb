"""Matrices of tests, written as their upper triangles, and random ones."""

from __future__ import annotations

from hypothesis import strategies as st

from steelyard.weighting import Judgements, read_matrix
from steelyard.weighting.judgements import SCALE, ratio_text


def upper(codes: str, triangle: str) -> Judgements:
    """Judgements of the codes from the upper triangle, row by row; `.` is a pair that was not compared."""
    names, cells = codes.split(), iter(triangle.split())
    rows: list[list[str]] = []
    for i in range(len(names)):
        after = (next(cells).replace(".", "") for _ in names[i + 1 :])
        rows.append([*[""] * (i + 1), *after])
    return read_matrix(names, rows)


@st.composite
def judgements(draw: st.DrawFn, *, least: int = 2, most: int = 8) -> Judgements:
    """All comparisons of some indicators, at random on Saaty's scale."""
    count = draw(st.integers(least, most))
    pairs = count * (count - 1) // 2
    steps = draw(st.lists(st.sampled_from(SCALE), min_size=pairs, max_size=pairs))
    return upper(" ".join(f"N{at}" for at in range(count)), " ".join(map(ratio_text, steps)))
