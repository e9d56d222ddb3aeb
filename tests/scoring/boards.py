"""Small schemes and observations for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from steelyard.scheme.model import Scheme
from steelyard.scheme.number import parse_decimal
from steelyard.scoring import Observations, PeriodKey, Status
from steelyard.scoring.rubrics.function import is_short

WORDS = {
    "": Status.MISSING,
    "n/a": Status.NOT_APPLICABLE,
    "bad": Status.INVALID,
    "none": Status.EMPTY_FEED,
}


def scheme(*indicators: Mapping[str, Any], **fields: Any) -> Scheme:
    """A scheme with the root TOTAL and the given first level."""
    fields = {"pass" if key == "pass_" else key: value for key, value in fields.items()}
    content = {"format": "steelyard/1", "scheme": "test.board", "version": "1", **fields}
    return Scheme.model_validate({**content, "indicators": list(indicators)})


def leaf(code: str, points: str | None = "10", **fields: Any) -> dict[str, Any]:
    """A leaf with the rubric `points`, unless another is given."""
    fields = {"pass" if key == "pass_" else key: value for key, value in fields.items()}
    numbers = {} if points is None else {"points": points}
    return {"code": code, **numbers, "rubric": {"kind": "points"}, **fields}


def observed(
    table: Mapping[str, Sequence[str]], periods: Sequence[str] = (), units: Sequence[str] = ()
) -> Observations:
    """Rows from columns of cell texts: a decimal, or one of `WORDS`; a unit a row unless stated."""
    rows = len(next(iter(table.values())))
    values, status = np.full((len(table), rows), np.nan), np.zeros((len(table), rows), dtype=np.uint8)
    exact: dict[tuple[int, int], Fraction] = {}
    for line, cells in enumerate(table.values()):
        for row, cell in enumerate(cells):
            number = parse_decimal(cell)
            status[line, row] = Status.VALUE if number is not None else WORDS[cell]
            if number is not None:
                values[line, row] = float(number)
                if not is_short(number):
                    exact[line, row] = number
    units = units or [f"u{row}" for row in range(rows)]
    periods = periods or ["p"] * rows
    names = {unit: place for place, unit in enumerate(dict.fromkeys(units))}
    times = {period: place for place, period in enumerate(dict.fromkeys(periods))}
    return Observations(
        measures=tuple(table),
        units=tuple(names),
        periods=tuple(PeriodKey(code) for code in times),
        values=values,
        status=status,
        unit=np.array([names[unit] for unit in units]),
        period=np.array([times[period] for period in periods]),
        exact=exact,
    )
