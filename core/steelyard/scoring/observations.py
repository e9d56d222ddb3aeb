"""Observations: what was measured, one column a row (a unit in a period), one line a measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.uint8]
Rows = NDArray[np.intp]
Masks = Mapping[str, NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class PeriodKey:
    """A period and its place in time: `calendar` is None where the code is of no known calendar.

    Periods of one calendar are ordered by `start`; periods of none by their order in `Observations.periods`.
    """

    code: str
    calendar: str | None = None
    start: date | None = None


@dataclass(frozen=True)
class Observations:
    """Measures × rows, with m measures and n rows.

    values: (m, n) float64, anything (best NaN) where `status` is not VALUE.
    status: (m, n) uint8 of `Status`.
    unit, period: (n,) indices into `units` and `periods`; each pair occurs once.
    attributes: by name an (n,) object array of str or None, for variants and unit parameters.
    exact: the exact value of each cell whose decimal has more digits than a float keeps.
    exempt_nodes, exempt_rules: by node code and by rule id (n,) bools: where it does not count whatever was
    measured. With a group all below it is exempt.
    """

    measures: tuple[str, ...]
    units: tuple[str, ...]
    periods: tuple[PeriodKey, ...]
    values: Floats
    status: Codes
    unit: Rows
    period: Rows
    attributes: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    exact: Mapping[tuple[int, int], Fraction] = field(default_factory=dict)
    exempt_nodes: Masks = field(default_factory=dict)
    exempt_rules: Masks = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """The number of rows, n."""
        return len(self.unit)
