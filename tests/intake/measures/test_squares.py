"""Sums of squares of means: exact, not known where a value is too large, and never a reason to fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from oracle.record_samples import TABLE, measure, write
from steelyard.intake.measures.census import take_census
from steelyard.intake.measures.computing import Wanted, compute, tallies_of
from steelyard.intake.measures.engine import open_engine
from steelyard.intake.measures.parts import Part, TableParts
from steelyard.scheme.calendar import BUILT_IN

ROW = {
    "unit_id": 1,
    "day": date(2025, 1, 1),
    "shop": "s",
    "done": date(2025, 1, 1),
    **dict.fromkeys(("kind", "items", "estimate", "invoice", "again", "due", "stay")),
}
CASES: Mapping[str, tuple[str, Sequence[Any], Fraction | None]] = {
    "of whole numbers": ("items", [3, -4, None], Fraction(25)),
    "of minutes, kept as seconds": ("stay", [30, 90], Fraction(5, 2)),
    "of cents": ("invoice", [Decimal("0.01"), Decimal("99.99")], Fraction("9998.0002")),
    "of the largest whole numbers": ("items", [10**9 - 1] * 100, 100 * Fraction(10**9 - 1) ** 2),
    "of the largest amounts": ("invoice", [Decimal("9999999.99")] * 9, 9 * Fraction("9999999.99") ** 2),
    "with one that is too large": ("items", [1, 10**9], None),
    "with one that is far too small": ("items", [1, -(10**18)], None),
    "with amounts that are too large": ("invoice", [Decimal(10) ** 16 - 1] * 200, None),
}


@pytest.mark.parametrize("name", CASES)
def test_a_mean_has_the_squares_of_its_values(name: str, tmp_path: Path) -> None:
    column, values, squares = CASES[name]
    rows = [{**ROW, "number": str(at), column: value} for at, value in enumerate(values)]
    [wanted] = [Wanted(measure({"mean": {"column": column}}), (BUILT_IN["month"],))]
    sources = {"jobs": TableParts(TABLE, (Part(0, write(rows, tmp_path / "0.parquet")),))}
    with open_engine() as engine:
        census = take_census(engine, sources, tallies_of([wanted]), wanted.calendars)
        [found] = compute(census, [wanted], {})
    assert found.squares == squares
    assert found.n == sum(value is not None for value in values)
