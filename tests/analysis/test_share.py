"""Shares of weight follow what applies, in each of the two ways of spreading the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.weighed import scored
from steelyard.analysis.share import shares

NONE = float("nan")
WITHIN: dict[str, Any] = {}
POOLED = {"not_applicable": "pooled"}


@pytest.mark.parametrize(
    ("cells", "fields", "local", "whole"),
    [
        ("1,1,1", WITHIN, [1, 0.75, 0.5, 0.5, 0.25], [1, 0.75, 0.375, 0.375, 0.25]),
        ("1,,1", WITHIN, [1, 0.75, 0.5, 0.5, 0.25], [1, 0.75, 0.375, 0.375, 0.25]),
        ("1,n/a,1", WITHIN, [1, 0.75, 1, NONE, 0.25], [1, 0.75, 0.75, NONE, 0.25]),
        ("1,n/a,1", POOLED, [1, 0.6, 1, NONE, 0.4], [1, 0.6, 0.6, NONE, 0.4]),
        ("n/a,n/a,1", WITHIN, [1, NONE, NONE, NONE, 1], [1, NONE, NONE, NONE, 1]),
        ("n/a,n/a,n/a", WITHIN, [NONE] * 5, [NONE] * 5),
    ],
)
def test_shares(cells: str, fields: dict[str, Any], local: list[float], whole: list[float]) -> None:
    found = shares(scored(f"unit,A1,A2,B\nu,{cells}\n", **fields))
    assert np.allclose(found.local[:, 0], local, equal_nan=True)
    assert np.allclose(found.whole[:, 0], whole, equal_nan=True)


def test_each_row_has_the_weights_of_its_variant() -> None:
    variants = {"by": "size", "weights": {"large": {"B": 3}}}
    found = shares(scored("unit,size,A1,A2,B\nu,large,1,1,1\nv,,1,1,1\n", variants=variants))
    assert found.local[4].tolist() == [0.5, 0.25]
