"""Shops with few indicators, scored, for tests of rankings under other weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from steelyard.scheme.model import Scheme
from steelyard.scoring import Evaluation, Observations, Overlay, PeriodKey, Status, evaluate

RATE = {"kind": "rate"}
NONE = float("nan")
INDICATORS = [
    {
        "code": "A",
        "weight": 3,
        "children": [
            {"code": code, "weight": weight, "rubric": RATE} for code, weight in (("A1", 1), ("A2", 2))
        ],
    },
    {"code": "B", "weight": 1, "rubric": RATE},
]


def scheme(**fields: Any) -> Scheme:
    """ROOT: A (3) with A1 (1) and A2 (2), B (1)."""
    head = {"format": "steelyard/1", "scheme": "test.shops", "root": "ROOT", "indicators": INDICATORS}
    return Scheme.model_validate({**head, **fields})


def observed(table: Sequence[Sequence[float]], codes: Sequence[str] = ("A1", "A2", "B")) -> Observations:
    """One row a shop, one column a measure; NaN is missing."""
    values = np.array(table, dtype=float).T
    count = values.shape[1]
    return Observations(
        measures=tuple(codes),
        units=tuple(f"shop {number}" for number in range(count)),
        periods=(PeriodKey("2025-01"),),
        values=values,
        status=np.where(np.isnan(values), Status.MISSING, Status.VALUE).astype(np.uint8),
        unit=np.arange(count),
        period=np.zeros(count, dtype=np.intp),
    )


def shops(table: Sequence[Sequence[float]], overlay: Overlay | None = None, **fields: Any) -> Evaluation:
    """The shops of a table, scored."""
    return evaluate(scheme(**fields), observed(table), overlay=overlay or Overlay())


def rows(evaluation: Evaluation) -> Any:
    """All of them."""
    return np.arange(evaluation.rows)
