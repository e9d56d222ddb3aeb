"""The engine against a copy of its input and against per-unit recursion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from bench import workload
from bench.recursive import prepared, score
from bench.timing import Ratio, in_turn
from steelyard.scoring import Evaluation, evaluate

SAMPLE_ROWS = 1_000


def ratios() -> Iterator[Ratio]:
    """Both bars of the first row, in one run."""
    scheme, observed = workload.scheme(), workload.observations()
    result = evaluate(scheme, observed)
    copy, engine, copied = in_turn(lambda: evaluate(scheme, observed), observed.values.copy)
    yield Ratio("evaluate ÷ one copy of the array", copy, 30, True, engine, copied)
    tree = prepared(scheme)
    rows = [
        dict(zip(observed.measures, observed.values[:, row].tolist(), strict=True))
        for row in range(SAMPLE_ROWS)
    ]
    _agree(tree, rows, result)

    def recurse() -> list[dict[str, Any]]:
        """Keeps every node's result, as the engine does."""
        outs: list[dict[str, Any]] = [{} for _ in rows]
        for row, out in zip(rows, outs, strict=True):
            score(tree, row, out)
        return outs

    ratio, taken, engine = in_turn(recurse, lambda: evaluate(scheme, observed), runs=3)
    scale = observed.rows / SAMPLE_ROWS
    yield Ratio("per-unit recursion ÷ evaluate", ratio * scale, 70, False, engine, taken * scale)


def _agree(tree: dict[str, Any], rows: list[dict[str, float]], result: Evaluation) -> None:
    """Raise AssertionError where the yardstick and the engine differ: then it is not the same work."""
    for number, row in enumerate(rows):
        out: dict[str, tuple[float | None, ...]] = {}
        score(tree, row, out)
        root = out["TOTAL"][0]
        if root is None or not np.isclose(root, result.rates[0, number], atol=1e-9):
            raise AssertionError(f"the yardstick and the engine differ in row {number}")
