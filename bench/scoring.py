"""The engine against a copy of its input and against per-unit recursion."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bench import workload
from bench.recursive import prepared, score
from bench.timing import Ratio, in_turn, seconds
from steelyard.scoring import evaluate

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
    outs: list[dict[str, tuple[float | None, ...]]] = [{} for _ in rows]
    taken = seconds(lambda: [score(tree, row, out) for row, out in zip(rows, outs, strict=True)])
    for row, out in enumerate(outs):
        root = out["TOTAL"][0]
        if root is None or not np.isclose(root, result.rates[0, row], atol=1e-9):
            raise AssertionError(f"the yardstick and the engine differ in row {row}")
    whole = taken * observed.rows / SAMPLE_ROWS
    yield Ratio("per-unit recursion ÷ evaluate", whole / engine, 70, False, engine, whole)
