"""Pooling: the data of several cells as those of one unit in one period, scored like one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from steelyard.analysis.pooling import Figures, Pooled, Quotient, Sort, pool
from steelyard.analysis.rollup import Cause, Joined, Membership, join
from steelyard.scoring import (
    Observations,
    Outcome,
    Overlay,
    PeriodKey,
    Status,
    attributes_read,
    evaluate,
)
from steelyard.scoring.observations import Codes, Rows
from steelyard.services.cube import Cube
from steelyard.services.rollups.cells import Cells
from steelyard.services.rollups.needs import Ledger, Need, Told, rows_wanting
from steelyard.services.rollups.quotients import Quotients, Way
from steelyard.services.rollups.reasons import Reasons
from steelyard.services.scheme_entry import SchemeEntry

Bools = NDArray[np.bool_]
_Basis = tuple[int, tuple[tuple[str, Fraction], ...], tuple[str | None, ...]]
"""What a cell is scored with: the number of its edition, laid weights, and attributes."""


@dataclass(frozen=True)
class Pairs:
    """Which cells make which of `rows` pooled units; a cell is period × number of units + unit."""

    cell: Rows
    row: Rows
    rows: int


class Pool:
    """The cells' observations, ready to be pooled."""

    def __init__(self, cells: Cells, ways: Mapping[str, Way], quotients: Quotients) -> None:
        self._cells, self._ways = cells, ways
        self.ledger = Ledger()
        self._editions = list({id(each): each for each in cells.shown if each is not None}.values())
        units = len(cells.units)
        self._count = len(cells.periods) * units
        self._rows = np.full(self._count, -1, dtype=np.intp)
        self._edition = np.full(self._count, -1, dtype=np.intp)
        for at, (record, shown) in enumerate(zip(cells.records, cells.shown, strict=True)):
            if record is not None and shown is not None:
                place = slice(at * units, (at + 1) * units)
                self._rows[place] = shown.rows(cells.units, record)
                self._edition[place] = next(n for n, each in enumerate(self._editions) if each is shown)
        self._quotients = {name: self._placed(found) for name, found in quotients.of.items()}
        self._bases, self._basis = self._found_bases()

    def pooled(self, pairs: Pairs, *, overlapping: bool = False) -> Joined:
        """What pooled units come to, (rows, nodes); one of a single cell is that cell.

        How many count, and the coverage, are of the cells. overlapping: a day is in two of them, so that
        nothing can be pooled.
        """
        cells, nodes = self._cells, len(self._cells.nodes)
        rates, outcomes = cells.rates.reshape(-1, nodes), cells.outcomes.reshape(-1, nodes)
        one_each = np.ones(len(pairs.cell))
        found = join(rates, outcomes, Membership(pairs.cell, pairs.row, one_each, pairs.rows))
        several = np.bincount(pairs.row, minlength=pairs.rows) > 1
        alone = ~several[pairs.row]
        found.causes[pairs.row[alone]] = Cause.OWN
        found.outcomes[pairs.row[alone]] = outcomes[pairs.cell[alone]]
        basis, cause = self._basis_of(pairs, several, overlapping=overlapping)
        refused = cause != Cause.POOLED
        self._put(found, np.flatnonzero(several & refused), cause)
        for number in np.unique(basis[several & ~refused]).tolist():
            self._score(found, pairs, np.flatnonzero(several & ~refused & (basis == number)), number)
        return found

    def _put(self, found: Joined, rows: Rows, cause: Codes) -> None:
        """Say why rows have no figure, but where the node applies to nobody or nobody has a score."""
        for row in rows.tolist():
            had = found.outcomes[row] == Outcome.SCORED
            found.outcomes[row][had] = Outcome.MISSING
            found.causes[row][had] = cause[row]
            found.rates[row] = np.nan

    def _found_bases(self) -> tuple[list[_Basis], Rows]:
        """What cells are scored with, and, (cells,), which of them each is; −1 where nothing is known."""
        numbers: dict[_Basis, int] = {}
        basis = np.full(self._count, -1, dtype=np.intp)
        units = len(self._cells.units)
        for at, (record, shown) in enumerate(zip(self._cells.records, self._cells.shown, strict=True)):
            if record is None or shown is None:
                continue
            laid = tuple(sorted(shown.content(record).weights.items()))
            edition = next(n for n, each in enumerate(self._editions) if each is shown)
            seen, rows = shown.evaluation.observations, shown.rows(self._cells.units, record)
            known = (seen.status[:, rows] != Status.MISSING).any(axis=0)
            columns = [seen.attributes[name][rows].tolist() for name in _attributes(shown)]
            for unit in np.flatnonzero(known).tolist():
                key = edition, laid, tuple(column[unit] for column in columns)
                basis[at * units + unit] = numbers.setdefault(key, len(numbers))
        return list(numbers), basis

    def _basis_of(self, pairs: Pairs, several: Bools, *, overlapping: bool) -> tuple[Rows, Codes]:
        """By pooled unit what its cells are scored with, −1 for nothing, and whether all are alike."""
        basis = np.full(pairs.rows, -1, dtype=np.intp)
        cause = np.full(pairs.rows, Cause.OVERLAPPING if overlapping else Cause.POOLED, dtype=np.uint8)
        told = self._basis[pairs.cell] >= 0
        rows, of = pairs.row[told], self._basis[pairs.cell[told]]
        basis[rows] = of
        editions = np.array([each[0] for each in self._bases] or [-1])
        other = basis[rows] != of
        cause[rows[other]] = Cause.OTHER_WEIGHTS
        cause[rows[other & (editions[basis[rows]] != editions[of])]] = Cause.OTHER_VERSIONS
        cause[basis < 0] = Cause.NOTHING_SCORED
        return basis, cause

    def _score(self, found: Joined, pairs: Pairs, rows: Rows, number: int) -> None:
        """Pool and score the rows whose cells all have one basis."""
        edition, laid, attributes = self._bases[number]
        shown = self._editions[edition]
        place = np.full(pairs.rows, -1, dtype=np.intp)
        place[rows] = np.arange(len(rows))
        of_these = place[pairs.row] >= 0
        members = Pairs(pairs.cell[of_these], place[pairs.row[of_these]], len(rows))
        each = [
            self._measure(edition, line, name, members)
            for line, name in enumerate(shown.evaluation.observations.measures)
        ]
        observed = _observations(shown, [told.pooled for told in each], len(rows), attributes)
        scored = evaluate(
            shown.entry.scheme, observed, overlay=Overlay(dict(laid)), rubrics=shown.entry.rubrics
        )
        reasons = Reasons.of(shown.entry, scored, each)
        for column, node in enumerate(self._cells.nodes):
            at = shown.place(node)
            if at is not None:
                reasons.put(found, rows, column, at)

    def _measure(self, edition: int, line: int, name: str, members: Pairs) -> Told:
        shown, way = self._editions[edition], self._ways.get(name, Way(Sort.NEITHER))
        seen = shown.evaluation.observations
        used, position = np.unique(members.cell, return_inverse=True)
        known = self._edition[used] == edition
        at = np.where(known, self._rows[used], 0)
        without = known & _exempt(shown.entry, seen, name, at)
        status = np.where(
            known, np.where(without, Status.NOT_APPLICABLE, seen.status[line, at]), Status.MISSING
        )
        rows_of_cells = [(number, n) for number, n in enumerate(at.tolist()) if known[number]]
        exact = {number: seen.exact[line, n] for number, n in rows_of_cells if (line, n) in seen.exact}
        divided = self._quotients.get(name, {})
        quotients = {
            number: divided[n]
            for number, n in enumerate(used.tolist())
            if n in divided and known[number] and not without[number]
        }
        figures = Figures(status.astype(np.uint8), seen.values[line, at], exact, quotients)
        on_record = known[position]
        pooled = pool(way.sort, figures, position[on_record], members.row[on_record], members.rows, way.times)
        counted = ~without[position]
        needs = self._needs(way, pooled, used, figures, position[counted], members.row[counted])
        return self.ledger.tell(pooled, needs)

    def _needs(
        self, way: Way, pooled: Pooled, used: Rows, figures: Figures, position: Rows, row: Rows
    ) -> Iterator[tuple[int, Need]]:
        """The pooled units whose records have to be counted again, and what of; position: among `used`."""
        if way.wanted is None:
            return
        for each in np.flatnonzero(rows_wanting(way, pooled, figures.status[position], row)).tolist():
            of = np.unique(position[row == each])
            yield each, Need(way.wanted, self._cells, used[of], figures.status[of], figures.values[of])

    def _placed(self, found: Mapping[tuple[int, int], Quotient]) -> dict[int, Quotient]:
        """What was divided, by cell."""
        periods = {each.id: at for at, each in enumerate(self._cells.records) if each is not None}
        units = len(self._cells.units)
        return {
            periods[period_id] * units + self._cells.at[unit_id]: each
            for (unit_id, period_id), each in found.items()
            if period_id in periods and unit_id in self._cells.at
        }


def _attributes(shown: Cube) -> list[str]:
    """The attributes that change how a unit is scored."""
    seen = shown.evaluation.observations.attributes
    return [name for name in attributes_read(shown.entry.scheme) if name in seen]


def _exempt(entry: SchemeEntry, seen: Observations, measure: str, rows: Rows) -> Bools:
    """Where all that read a measure are exempt, (rows,): it counts for none of them then."""
    found = np.ones(len(rows), dtype=bool)
    for node in entry.nodes:
        condition = node.indicator.applies_if
        if measure in node.measures or (condition is not None and condition.measure == measure):
            found &= _exempt_at(entry, seen, node.code, rows)
    for each in entry.rules:
        if getattr(each.rule, "measure", None) == measure:
            found &= seen.exempt_rules.get(each.rule.id, np.zeros(seen.rows, dtype=bool))[rows]
    return found


def _exempt_at(entry: SchemeEntry, seen: Observations, node: str, rows: Rows) -> Bools:
    """Where a node or one above it is exempt."""
    found, code = np.zeros(len(rows), dtype=bool), node
    while code:
        if code in seen.exempt_nodes:
            found |= seen.exempt_nodes[code][rows]
        code = entry.by_code[code].parent or ""
    return found


def _observations(
    shown: Cube, pooled: Sequence[Pooled], rows: int, attributes: Sequence[str | None]
) -> Observations:
    """Pooled measures as those of units in one period."""
    measures = shown.evaluation.observations.measures
    values = np.full((len(measures), rows), np.nan)
    exact: dict[tuple[int, int], Fraction] = {}
    for line, each in enumerate(pooled):
        for row, number in each.values.items():
            values[line, row] = float(number)
            if Fraction(repr(float(number))) != number:
                exact[line, row] = number
    of_attributes = dict(zip(_attributes(shown), attributes, strict=True))
    return Observations(
        measures=measures,
        units=tuple(map(str, range(rows))),
        periods=(PeriodKey("pooled"),),
        values=values,
        status=np.array([each.status for each in pooled], dtype=np.uint8).reshape(len(measures), rows),
        unit=np.arange(rows),
        period=np.zeros(rows, dtype=np.intp),
        attributes={name: np.full(rows, text, dtype=np.object_) for name, text in of_attributes.items()},
        exact=exact,
    )
