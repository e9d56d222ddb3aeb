"""A path to a grade for 150 leaves and as many pieces of advice, against a draft plan of the same row.

Both ask the engine what steps gain and what a node comes to after each; the path has the solver to pay for
beside. The path is checked by the engine and must not have run out of time.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from bench.timing import Ratio, in_turn
from steelyard.errors import Text
from steelyard.improvement.draft import draft_plan
from steelyard.improvement.path import PathAnswer, PathStatus
from steelyard.improvement.path_finding import find_path
from steelyard.improvement.playbook import Advice
from steelyard.scheme.model import Scheme
from steelyard.scoring import Evaluation, Observations, PeriodKey, evaluate

LEAVES, EACH = 150, 10
RUNS = 3
EFFECTS = (10, 20, 30, 40, 50)
EFFORTS = (1, 2, 3, 5, 8)


def ratios() -> Iterator[Ratio]:
    """The row."""
    row, playbook = _row(), _playbook()
    _sound(find_path(row, 0, playbook))
    ratio, ours, draft = in_turn(
        lambda: find_path(row, 0, playbook, alternatives=0), lambda: draft_plan(row, 0, playbook), runs=RUNS
    )
    yield Ratio("path to a grade, 150 leaves ÷ draft plan", ratio, 4, True, ours, draft)


def _sound(answer: PathAnswer) -> None:
    """Raise AssertionError where there is no path that the engine grants: then nothing was measured."""
    if answer.status is not PathStatus.FOUND or answer.best is None or not answer.best.projected.passed:
        raise AssertionError(f"expected a path, got {answer.status}")


def _row() -> Evaluation:
    """Fifteen groups of ten leaves between 30 and 90 %, every seventh group by its minimum."""
    leaves = [
        {"code": f"L{n:03}", "points": str(5 + n % 11), "rubric": {"kind": "rate"}} for n in range(LEAVES)
    ]
    groups: list[dict[str, Any]] = [
        {
            "code": f"G{at:02}",
            "aggregate": "minimum" if at % 7 == 6 else "arithmetic",
            "children": leaves[at * EACH : (at + 1) * EACH],
        }
        for at in range(LEAVES // EACH)
    ]
    head = {"format": "steelyard/1", "scheme": "bench.path", "pass": "75%"}
    scheme = Scheme.model_validate({**head, "indicators": groups})
    values = np.array([[(30 + n * 37 % 61) / 100] for n in range(LEAVES)])
    observations = Observations(
        measures=tuple(str(leaf["code"]) for leaf in leaves),
        units=("U",),
        periods=(PeriodKey("2025"),),
        values=values,
        status=np.zeros(values.shape, dtype=np.uint8),
        unit=np.zeros(1, dtype=np.intp),
        period=np.zeros(1, dtype=np.intp),
    )
    return evaluate(scheme, observations)


def _playbook() -> list[Advice]:
    words = Text("做", "Do")
    return [
        Advice(
            code=f"a{n:03}",
            indicator=f"L{n:03}",
            title=words,
            effort=Fraction(EFFORTS[n * 7 % 5]),
            expected_effect=Fraction(EFFECTS[n * 3 % 5], 100),
            role=words,
        )
        for n in range(LEAVES)
    ]
