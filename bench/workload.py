"""The workload of the first bar: 10,000 units × 12 periods × 120 leaves, three levels, mixed rubrics."""

from __future__ import annotations

from typing import Any

import numpy as np

from steelyard.scheme.model import Scheme
from steelyard.scoring import Observations, PeriodKey, Status

UNITS, PERIODS, LEAVES = 10_000, 12, 120
MISSING_SHARE = 0.07

RUBRICS: tuple[dict[str, Any], ...] = (
    {"kind": "points"},
    {"kind": "rate"},
    {"kind": "linear", "worst": "0", "best": "50"},
    {"kind": "curve", "through": [["0", "0"], ["10", "60%"], ["50", "1"]]},
    {"kind": "steps", "at": [{"from": "10", "rate": "50%"}, {"from": "30", "rate": "90%"}]},
    {"kind": "deduct", "rules": [{"below": "50", "each": "5", "points": "1"}]},
    {"kind": "scale", "min": "1", "max": "5"},
)
HIGHEST = (10.0, 1.0, 50.0, 50.0, 50.0, 50.0, 5.0)
DECIMALS = (1, 3, 2, 2, 2, 2, 1)


def scheme() -> Scheme:
    """Six groups of four groups of five leaves, with a pass line and three bands."""
    leaves = iter(range(LEAVES))

    def leaf(number: int) -> dict[str, Any]:
        return {"code": f"L{number}", "points": str(5 + number % 11), "rubric": RUBRICS[number % 7]}

    def subgroup(group: int, number: int) -> dict[str, Any]:
        return {"code": f"G{group}.{number}", "children": [leaf(next(leaves)) for _ in range(5)]}

    return Scheme.model_validate(
        {
            "format": "steelyard/1",
            "scheme": "bench.mixed",
            "version": "1",
            "pass": "70%",
            "bands": [
                {"code": "A", "from": "90%"},
                {"code": "B", "from": "70%"},
                {"code": "C", "from": "0%"},
            ],
            "indicators": [
                {"code": f"G{group}", "children": [subgroup(group, number) for number in range(4)]}
                for group in range(6)
            ],
        }
    )


def observations(units: int = UNITS, periods: int = PERIODS) -> Observations:
    """Seeded random values with the few decimals that real tables have, 7 % missing."""
    random = np.random.default_rng(20141230)
    rows = units * periods
    values = np.empty((LEAVES, rows))
    for leaf in range(LEAVES):
        kind = leaf % 7
        values[leaf] = np.round(random.random(rows) * HIGHEST[kind], DECIMALS[kind])
    status = np.zeros((LEAVES, rows), dtype=np.uint8)
    status[random.random((LEAVES, rows)) < MISSING_SHARE] = Status.MISSING
    values[status == Status.MISSING] = np.nan
    return Observations(
        measures=tuple(f"L{leaf}" for leaf in range(LEAVES)),
        units=tuple(f"U{unit:05d}" for unit in range(units)),
        periods=tuple(PeriodKey(f"2024-{month + 1:02d}") for month in range(periods)),
        values=values,
        status=status,
        unit=np.repeat(np.arange(units), periods),
        period=np.tile(np.arange(periods), units),
    )
