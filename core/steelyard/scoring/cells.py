"""Cells of the observations as exact numbers, and comparisons with a line that are exact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from steelyard.scheme.number import LARGEST
from steelyard.scoring.observations import Codes, Floats, Observations, Rows
from steelyard.scoring.outcome import Status
from steelyard.scoring.rubrics.function import Bools, exact_value, is_short


class Cells:
    """Reads measures out of observations: as arrays for many rows, exactly for one."""

    def __init__(self, observations: Observations) -> None:
        self._values, self._status = observations.values, _sound(observations)
        self._line = {measure: i for i, measure in enumerate(observations.measures)}
        self._exact: dict[int, dict[int, Fraction]] = {}
        for (line, row), value in observations.exact.items():
            self._exact.setdefault(line, {})[row] = value
        self._exempt_nodes, self._exempt_rules = observations.exempt_nodes, observations.exempt_rules

    def status(self, measure: str, rows: Rows | slice, count: int) -> Codes:
        """The statuses of a measure in `rows`, shape (count,); MISSING where it was never observed."""
        line = self._line.get(measure)
        if line is None:
            return np.full(count, Status.MISSING, dtype=np.uint8)
        return self._status[line, rows]

    def values(self, measure: str, rows: Rows | slice, count: int) -> Floats:
        """The values of a measure in `rows`, shape (count,)."""
        line = self._line.get(measure)
        if line is None:
            return np.full(count, np.nan)
        return self._values[line, rows]

    def exempt_nodes(self, rows: Rows) -> dict[str, Bools]:
        """Where nodes are exempt by themselves, (n,) each, by code: those that are so anywhere in `rows`."""
        found = {code: exempt[rows] for code, exempt in self._exempt_nodes.items()}
        return {code: exempt for code, exempt in found.items() if exempt.any()}

    def exempt_from(self, rule: str, rows: Rows) -> Bools:
        """Where a rule, by its id, does not hold, (n,)."""
        exempt = self._exempt_rules.get(rule)
        return np.zeros(len(rows), dtype=bool) if exempt is None else np.asarray(exempt[rows])

    def exact(self, measure: str, row: int) -> Fraction | None:
        """One cell exactly; None where it is not applicable."""
        line = self._line.get(measure)
        if line is None or self._status[line, row] != Status.VALUE:
            return None
        long = self._exact.get(line)
        if long is not None and row in long:
            return long[row]
        return exact_value(float(self._values[line, row]))

    def has_long(self, measure: str) -> bool:
        """Whether any value of a measure has more digits than a float keeps."""
        return self._line.get(measure, -1) in self._exact

    def raw(self, measures: Sequence[str], row: int) -> tuple[object, ...]:
        """What tells one row's cells from another's: floats where they keep the decimal, else fractions."""
        if any(row in self._exact.get(self._line.get(measure, -1), ()) for measure in measures):
            return tuple(self.exact(measure, row) for measure in measures)
        lines = [self._line.get(measure, -1) for measure in measures]
        return tuple(
            self._values.item(i, row) if i >= 0 and self._status.item(i, row) == 0 else None for i in lines
        )

    def long(self, measures: Sequence[str], rows: Rows) -> list[int]:
        """The positions in `rows` where one of `measures` has more digits than a float keeps."""
        lines = [self._exact[i] for i in map(self._line.get, measures) if i in self._exact]
        if not lines:
            return []
        return [at for at, row in enumerate(rows.tolist()) if any(row in line for line in lines)]

    def compare(
        self,
        measure: str,
        rows: Rows,
        line: Fraction,
        holds: Callable[[Fraction, Fraction], bool],
        floats: Callable[[Floats, float], Bools],
    ) -> Bools:
        """Compare a measure's values with a line exactly, where they are values; else False."""
        known = self.status(measure, rows, len(rows)) == Status.VALUE
        result = np.asarray(floats(self.values(measure, rows, len(rows)), float(line)) & known)
        unsure = np.flatnonzero(known).tolist() if not is_short(line) else self.long([measure], rows)
        for at in unsure:
            value = self.exact(measure, int(rows[at]))
            result[at] = value is not None and holds(value, line)
        return result


def _sound(observations: Observations) -> Codes:
    """The statuses, with what is no number or too large for one marked as unusable.

    One measure at a time, so that what is looked at stays in the processor's cache.
    """
    status, unsound = observations.status, {}
    for line, values in enumerate(observations.values):
        wrong = ~(np.abs(values) <= float(LARGEST))
        wrong &= status[line] == Status.VALUE
        if wrong.any():
            unsound[line] = wrong
    if unsound:
        status = status.copy()
    for line, wrong in unsound.items():
        status[line, wrong] = Status.INVALID
    return status
