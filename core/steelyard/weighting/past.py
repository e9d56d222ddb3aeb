"""Past rates: what entropy and CRITIC find weights from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.weighting import problems as p
from steelyard.weighting.eigenvector import Floats

LEAST = 3
"""So many complete rows at least: any two rows correlate fully, whatever they say."""


@dataclass(frozen=True)
class PastRates:
    """Rates of m indicators of one group in n rows (units in periods).

    rates: (n, m), 0…1, higher is better; NaN where there is none.
    """

    codes: tuple[str, ...]
    rates: Floats


@dataclass(frozen=True)
class CompleteRows:
    """The rows without gaps: rates (rows, m), how many rows were left out, and (m,) which columns differ."""

    rates: Floats
    left_out: int
    differs: np.typing.NDArray[np.bool_]

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.rates)


def complete_rows(past: PastRates) -> CompleteRows:
    """Leave out the rows with gaps.

    Raises InvalidInput: no indicators, a rate below 0 or infinite, fewer than `LEAST` complete rows, or no
    indicator that differs between them.
    """
    if not past.codes:
        raise InvalidInput(Problem(p.NO_INDICATORS))
    if wrong := list(_wrong_rates(past)):
        raise InvalidInput(wrong)
    whole = ~np.isnan(past.rates).any(axis=1)
    rates, left_out = past.rates[whole], int(np.count_nonzero(~whole))
    if len(rates) < LEAST:
        values = {"found": len(rates), "left_out": left_out, "least": LEAST}
        raise InvalidInput(Problem(p.TOO_FEW_ROWS, values=values))
    differs = np.asarray((rates != rates[0]).any(axis=0))
    if not differs.any():
        raise InvalidInput(Problem(p.NO_DIFFERENCES))
    return CompleteRows(rates, left_out, differs)


def _wrong_rates(past: PastRates) -> Iterator[Problem]:
    counts = np.count_nonzero((past.rates < 0) | np.isinf(past.rates), axis=0)
    for code, count in zip(past.codes, counts.tolist(), strict=True):
        if count:
            yield Problem(p.NOT_A_RATE, Place(field=code), {"node": code, "count": count})
