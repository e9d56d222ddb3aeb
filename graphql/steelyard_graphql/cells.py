"""Cells: the values of a comparison's cells as lists, each made when something asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from steelyard.services.comparisons import ComparisonTable
from steelyard.services.score_sheet import numbers
from steelyard_graphql.bands import Band
from steelyard_graphql.outcomes import OUTCOMES, REASONS

_FIGURES = {
    "score": "scores",
    "rate": "rates",
    "points": "points",
    "coverage": "coverages",
    "change": "changes",
    "to_best": "to_best",
    "to_median": "to_median",
    "to_mean": "to_mean",
    "to_target": "to_target",
}
"""By the name of a field of a cell, the array that has it."""


class Cells:
    """The cells of a comparison; axes: what the lists of lists hold: units (0), indicators (1), periods (2).

    The names are those that fields of cells have. part: which of the units; all if left out.
    """

    def __init__(self, table: ComparisonTable, axes: tuple[int, int, int], part: slice = slice(None)) -> None:
        self._table, self._axes, self._part = table, axes, part
        self._lists: dict[str, Any] = {}

    def find(self, places: Sequence[int], name: str) -> list[Any] | None:
        """A field of all cells at these places on the outer axes; None for a name of something else."""
        if name not in self._lists:
            self._lists[name] = self._made(name)
        found = self._lists[name]
        for place in places if found is not None else ():
            found = found[place]
        listed: list[Any] | None = found
        return listed

    def _made(self, name: str) -> Any:
        table = self._table
        if name in _FIGURES:
            return numbers(getattr(table, _FIGURES[name])[self._part].transpose(self._axes))
        codes = {"outcome": table.outcomes, "reason": table.reasons, "passed": table.passes}.get(name)
        words = {"outcome": OUTCOMES, "reason": REASONS, "passed": (False, True, None)}.get(name)
        if codes is not None and words is not None:
            return _worded(words, codes[self._part]).transpose(self._axes).tolist()
        return self._bands() if name == "band" else None

    def _bands(self) -> Any:
        marks = self._table.band_marks[self._part]
        found = np.full(marks.shape, None, dtype=object)
        for at, bands in enumerate(self._table.bands):
            shown = (*Band.of_all(bands), None)
            found[..., at] = _worded(shown, marks[..., at])
        return found.transpose(self._axes).tolist()


def _worded(words: Sequence[object], codes: NDArray[Any]) -> NDArray[np.object_]:
    """What codes stand for; -1, which stands for none, for the last."""
    table = np.empty(len(words), dtype=object)
    table[:] = words
    return np.asarray(table[codes.astype(np.intp)])
