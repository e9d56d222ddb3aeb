"""Rubrics in Python: arrays and fractions agree, the pack's own samples have rates, nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from steelyard.errors import InvalidInput, Kind, Problem
from steelyard.packs.registry import InstalledScheme
from steelyard.packs.testing import problems as p
from steelyard.packs.testing.arbitrary import arbitrary
from steelyard.packs.testing.samples import read_sample
from steelyard.packs.testing.subject import Subject
from steelyard.scheme.number import decimal_text
from steelyard.scoring import Observations, Status, build_tree
from steelyard.scoring.cells import Cells
from steelyard.scoring.observations import Floats
from steelyard.scoring.rubrics.named import Named

Column = tuple[Fraction, ...]
"""What a rubric reads of one unit."""

_CLOSE = 1e-9
_LARGE = 10**9
"""Beyond it floats and fractions may part honestly."""


def unsound(subject: Subject) -> Iterator[Problem]:
    """Find what is wrong with a pack's Python rubrics, each as the schemes use it."""
    rubrics, used = subject.packs.rubrics, set[str]()
    for installed in subject.schemes if rubrics else ():
        samples = list(_samples(subject, installed))
        seen = arbitrary(installed.scheme, rubrics)
        for node in build_tree(installed.scheme, rubrics=rubrics).nodes:
            if isinstance(node.rubric, Named):
                used.add(node.rubric.rubric.name)
                known = [column for data in samples for column in _columns(node.rubric, data)]
                yield from _RubricCheck(node.rubric).problems(known, _columns(node.rubric, seen))
    for name in rubrics.keys() - used:
        yield Problem(p.RUBRIC_UNUSED, values={"rubric": name})


def _samples(subject: Subject, installed: InstalledScheme) -> Iterator[Observations]:
    """The sample tables of a scheme that can be read; what cannot is told by another check."""
    for table in subject.samples.tables:
        if table.scheme == installed.scheme.scheme:
            try:
                yield read_sample(table, subject.packs)
            except InvalidInput:
                continue


def _columns(function: Named, seen: Observations) -> list[Column]:
    """What the rubric reads in each row that has all of it, exactly."""
    cells = Cells(seen)
    status = np.array([cells.status(measure, slice(None), seen.rows) for measure in function.measures])
    rows = np.flatnonzero((status == Status.VALUE).all(axis=0)).tolist()
    read = [[cells.exact(measure, row) for measure in function.measures] for row in rows]
    return [tuple(value for value in column if value is not None) for column in read]


class _RubricCheck:
    """One rubric with the arguments of one leaf."""

    def __init__(self, function: Named) -> None:
        self.function = function
        self.name = function.rubric.name

    def problems(self, own: Sequence[Column], others: Sequence[Column]) -> Iterator[Problem]:
        """Check the rubric on its pack's own data, and its arithmetic on any."""
        near = [*own, *(column for column in others if max(map(abs, column), default=0) <= _LARGE)]
        if not near:
            return
        given = np.array(near, dtype=float).T
        kept = given.copy()
        try:
            with np.errstate(all="ignore"):
                rates = np.asarray(self.function.rates(given, None))
        except Exception:  # told by the check of any measures
            return
        if not np.array_equal(given, kept, equal_nan=True):
            yield self._problem(p.RUBRIC_CHANGES_VALUES)
        if rates.shape != (len(near),):  # told by the check of any measures, too
            return
        for column in (near[i] for i in np.flatnonzero(~np.isfinite(rates[: len(own)]))[:1]):
            yield self._problem(p.RUBRIC_NAN, values=_written(column))
        yield from self._disagreement(near, rates)

    def _disagreement(self, columns: Sequence[Column], rates: Floats) -> Iterator[Problem]:
        """The first column whose exact rate is another than the array's."""
        if self.function.rubric.exact is None:
            return
        for at in np.flatnonzero(np.isfinite(rates)).tolist():
            exact = self.function.exact(columns[at])
            if exact is None or abs(float(exact) - rates[at]) > _CLOSE * max(1.0, abs(float(exact))):
                shown = "–" if exact is None else decimal_text(exact)
                values = {"values": _written(columns[at]), "rate": float(rates[at]), "exact": shown}
                yield self._problem(p.RUBRIC_DISAGREES, **values)
                return

    def _problem(self, kind: Kind, **values: object) -> Problem:
        return Problem(kind, values={"rubric": self.name, **values})


def _written(column: Column) -> str:
    return ", ".join(decimal_text(value) for value in column)
