"""The measures of cases as observations: one row a case, each alone unless it names a unit or a period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from steelyard.packs.cases.entry import CaseEntry, Cell
from steelyard.scheme.model import Scheme
from steelyard.scheme.rubric import RateRubric
from steelyard.scheme.rule import AdjustRule, VetoRule
from steelyard.scoring import Observations, PeriodKey, PythonRubric, Status, measures_of
from steelyard.scoring.observations import Rows
from steelyard.scoring.rubrics.function import exact_value

NOT_MEASURED = Cell(Status.MISSING)
NONE_RECORDED = Cell(Status.EMPTY_FEED)
NO_CASE = Cell(Status.VALUE, Fraction(0))


class ReadMeasures:
    """The measures that a scheme reads: `by_leaves`, and those that only `by_rules` read."""

    def __init__(self, scheme: Scheme, rubrics: Mapping[str, PythonRubric]) -> None:
        leaves: dict[str, None] = {}
        for node in scheme.tree().walk():
            if node.is_leaf:
                leaves.update(dict.fromkeys(measures_of(node, rubrics)))
            if node.applies_if is not None:
                leaves[node.applies_if.measure] = None
        self.by_leaves = tuple(leaves)
        self.in_percent = frozenset(
            node.measure or node.code
            for node in scheme.tree().walk()
            if isinstance(node.rubric, RateRubric) and node.rubric.unit == "percent"
        )
        """Measures of which `98%` is 98, as in a table."""
        self.by_rules = tuple(name for name in _rule_measures(scheme) if name not in leaves)

    def cell(self, case: CaseEntry, measure: str) -> Cell:
        """What a case observes of a measure, listed or not."""
        name, _, choice = measure.partition(":")
        found = case.measures.get(measure, case.measures.get(name))
        if isinstance(found, dict):
            return found.get(choice, NO_CASE)
        if found is not None and (measure in case.measures or found.value is None):
            if found.value is not None and found.percent and measure in self.in_percent:
                return replace(found, value=found.value * 100)
            return found
        return NONE_RECORDED if measure in self.by_rules else NOT_MEASURED

    def unknown(self, case: CaseEntry) -> Iterator[str]:
        """The measures of a case, or cases of a choice, that the scheme does not read."""
        read = {*self.by_leaves, *self.by_rules}
        choices = {name.partition(":")[0] for name in read if ":" in name}
        for measure, observed in case.measures.items():
            if not isinstance(observed, dict):
                if measure not in read and not (measure in choices and observed.value is None):
                    yield measure
            elif measure not in choices:
                yield measure
            else:
                yield from (f"{measure}:{c}" for c in observed if f"{measure}:{c}" not in read)


def observe(cases: Sequence[CaseEntry], read: ReadMeasures) -> Observations:
    """Return the observations of `cases`, one row each."""
    measures = (*read.by_leaves, *read.by_rules)
    cells = [[read.cell(case, measure) for case in cases] for measure in measures]
    shape = (len(measures), len(cases))
    values = np.full(shape, np.nan)
    exact: dict[tuple[int, int], Fraction] = {}
    for line, row in np.ndindex(shape):
        value = cells[line][row].value
        if value is not None:
            values[line, row] = float(value)
            if exact_value(float(value)) != value:
                exact[line, row] = value
    names = {name for case in cases for name in case.attributes}
    units, unit = _numbered([case.unit for case in cases])
    periods, period = _numbered([case.period for case in cases])
    return Observations(
        measures=measures,
        units=tuple(name or cases[row].name for row, name in units),
        periods=tuple(PeriodKey(name or cases[row].name) for row, name in periods),
        values=values,
        status=np.array([[cell.status for cell in line] for line in cells], np.uint8).reshape(shape),
        unit=unit,
        period=period,
        attributes={
            name: np.array([case.attributes.get(name) for case in cases], dtype=object)
            for name in sorted(names)
        },
        exact=exact,
    )


def _numbered(names: Sequence[str | None]) -> tuple[list[tuple[int, str | None]], Rows]:
    """The distinct names with the row in which each comes first, and the number of each row's.

    A row without a name has one of its own.
    """
    keys = [(0 if name else row, name) for row, name in enumerate(names)]
    first = {key: row for row, key in reversed(list(enumerate(keys)))}
    order = {key: number for number, key in enumerate(sorted(first, key=first.__getitem__))}
    return [(first[key], key[1]) for key in order], np.array([order[key] for key in keys], dtype=np.intp)


def _rule_measures(scheme: Scheme) -> dict[str, None]:
    found: dict[str, None] = {}
    for rule in scheme.rules:
        if isinstance(rule, AdjustRule):
            found[rule.measure] = None
        elif isinstance(rule, VetoRule) and rule.when.measure is not None:
            found[rule.when.measure] = None
    return found
