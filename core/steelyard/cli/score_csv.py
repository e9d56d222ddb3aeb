"""The result of `steelyard score` as CSV: one line a unit, period and node, nodes in preorder."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from steelyard.intake.formula import guarded
from steelyard.scoring import Evaluation, Outcome
from steelyard.scoring.observations import Floats, Observations

HEADER = (
    "unit",
    "period",
    "node",
    "outcome",
    "score",
    "points",
    "full",
    "coverage",
    "band",
    "passed",
    "verdict",
)
CHUNK_ROWS = 1000
OUTCOMES = tuple(outcome.name for outcome in Outcome)
PASSED = ("false", "true", "")

Column = Sequence[str]


def csv_chunks(evaluation: Evaluation) -> Iterator[bytes]:
    """Yield the whole text in pieces, UTF-8 with LF line ends."""
    yield _encoded([HEADER])
    marks = [(evaluation.full(code), evaluation.coverage(code)) for code in evaluation.codes]
    for start in range(0, evaluation.rows, CHUNK_ROWS):
        rows = slice(start, start + CHUNK_ROWS)
        names = _names(evaluation.observations, rows)
        lines = []
        for index, (full, coverage) in enumerate(marks):
            columns = _columns(evaluation, index, rows, full[rows], coverage[rows])
            lines.append(list(zip(*names, *columns, strict=True)))
        yield _encoded([line for of_one_row in zip(*lines, strict=True) for line in of_one_row])


def number_text(number: float) -> str:
    """Write a float with 14 significant digits, as many as hold through every step, and no exponent.

    Empty for NaN.
    """
    if number != number:
        return ""
    text = f"{number:.14g}"
    return text if "e" not in text else format(Decimal(text), "f")


def _names(seen: Observations, rows: slice) -> tuple[Column, Column]:
    units = [guarded(seen.units[unit]) for unit in seen.unit[rows].tolist()]
    return units, [guarded(seen.periods[period].code) for period in seen.period[rows].tolist()]


def _columns(
    evaluation: Evaluation, index: int, rows: slice, full: Floats, coverage: Floats
) -> tuple[Column, ...]:
    """One node's columns from `node` on."""
    rate = evaluation.rates[index, rows]
    return (
        [evaluation.codes[index]] * len(full),
        _words(OUTCOMES, evaluation.outcomes[index, rows]),
        _numbers(rate * 100),
        _numbers(rate * full),
        _numbers(full),
        _numbers(coverage),
        _words((*evaluation.bands, ""), evaluation.band_marks[index, rows]),
        _words(PASSED, evaluation.passes[index, rows]),
        [""] * len(full) if index else _words((*evaluation.verdict_words, ""), evaluation.verdict[rows]),
    )


def _words(words: Sequence[str], numbers: NDArray[np.integer[Any]]) -> Column:
    """Look words up; −1 is the last of them."""
    return [words[number] for number in numbers.tolist()]


def _numbers(numbers: Floats) -> Column:
    values = (numbers + 0.0).tolist()  # turns -0.0 into 0.0
    texts = {number: number_text(number) for number in set(values)}
    return [texts[number] for number in values]


def _encoded(lines: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode()
