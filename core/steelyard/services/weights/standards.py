"""Standards: which pass line and target of an indicator hold for a unit in a period.

A set names them for units with all below them, for units with an attribute, or for all. What is nearer to a
unit holds: the unit itself, then those above it, then an attribute, then all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from steelyard.errors import Place, Problem
from steelyard.scheme.number import decimal_text
from steelyard.scoring.observations import Rows
from steelyard.services.administration.texts import text_problems
from steelyard.services.observed import last_day
from steelyard.services.problems import near
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.structure import Structure
from steelyard.services.weights import problems as p
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord
from steelyard.store.weight_sets import Standard

Rates = Mapping[str, Fraction]
_FOR_ALL, _BY_ATTRIBUTE, _BY_UNIT = 0, 1, 2


@dataclass(frozen=True)
class Shared:
    """Rates by node code that units have in common: the different ones and, (n,), which of them each has."""

    each: tuple[Rates, ...]
    of: Rows


@dataclass(frozen=True)
class InForce:
    """The pass lines and targets of n units in a period, where they are not the scheme's own."""

    lines: Shared
    targets: Shared


def resolve(
    standards: Sequence[Standard], structure: Structure, units: Sequence[UnitRecord], period: PeriodRecord
) -> InForce:
    """What holds for each unit on the last day of a period."""
    on = last_day(period)
    nearest_last = sorted(
        ((_nearness(each, structure, on), at, each) for at, each in enumerate(standards)),
        key=lambda found: found[:2],
    )
    found = _Concerned(structure, units, on)
    known = [(each, found.by(each)) for _, _, each in nearest_last]
    lines = _shared([(e.node, e.pass_line, of) for e, of in known if e.pass_line is not None], len(units))
    targets = _shared([(e.node, e.target, of) for e, of in known if e.target is not None], len(units))
    return InForce(lines, targets)


def _nearness(standard: Standard, structure: Structure, on: date) -> int:
    if standard.unit is None:
        return _FOR_ALL if standard.attribute is None else _BY_ATTRIBUTE
    depth, above = _BY_UNIT, structure.unit(standard.unit) if structure.has_unit(standard.unit) else None
    while above is not None:
        depth, above = depth + 1, structure.parent(above, on)
    return depth


class _Concerned:
    """Which of n units standards are for, on a day; what is asked for several of them is looked up once."""

    def __init__(self, structure: Structure, units: Sequence[UnitRecord], on: date) -> None:
        self._structure, self._on, self._units = structure, on, units
        self._everyone = np.arange(len(units), dtype=np.intp)

    def by(self, standard: Standard) -> Rows:
        """Where its units stand, (k,); a unit that is not there any more has none below it."""
        if standard.unit is not None:
            if not self._structure.has_unit(standard.unit):
                return self._everyone[:0]
            below = self._structure.below(self._structure.unit(standard.unit), self._on)
            return np.array([self._at[unit.id] for unit in below if unit.id in self._at], dtype=np.intp)
        if standard.attribute is not None:
            return np.flatnonzero(self._values(standard.attribute) == standard.value)
        return self._everyone

    @cached_property
    def _at(self) -> dict[int, int]:
        return {unit.id: at for at, unit in enumerate(self._units)}

    @cached_property
    def _by_name(self) -> dict[str, NDArray[np.object_]]:
        return {}

    def _values(self, name: str) -> NDArray[np.object_]:
        """The values of an attribute, (n,), None where a unit has none."""
        if name not in self._by_name:
            found = np.full(len(self._units), None, dtype=np.object_)
            for unit_id, value in self._structure.values_of(name, self._on):
                if unit_id in self._at:
                    found[self._at[unit_id]] = value
            self._by_name[name] = found
        return self._by_name[name]


def _shared(rates: Sequence[tuple[str, Fraction, Rows]], units: int) -> Shared:
    """Lay rates over each other, the later over the earlier."""
    nodes = {node: number for number, node in enumerate(sorted({node for node, _, _ in rates}))}
    chosen = np.full((len(nodes), units), -1, dtype=np.int32)
    for at, (node, _, concerned) in enumerate(rates):
        chosen[nodes[node], concerned] = at
    of = np.zeros(units, dtype=np.intp)
    if not nodes or not units:
        return Shared(({},), of)
    # Column by column: sorting whole columns at once takes a hundred times as long.
    for line in chosen:
        if line.min() != line.max():
            of = np.unique(of * (len(rates) + 1) + line + 1, return_inverse=True)[1].reshape(-1)
    first = np.unique(of, return_index=True)[1]
    each = tuple(
        {node: rates[at][1] for node, at in zip(nodes, column, strict=True) if at >= 0}
        for column in chosen[:, first].T.tolist()
    )
    return Shared(each, np.asarray(of, dtype=np.intp))


def seen(standards: Sequence[Standard], structure: Structure) -> tuple[Standard, ...]:
    """Those that are for units which are seen: a standard tells the code of the unit that it is for."""
    return tuple(each for each in standards if each.unit is None or structure.has_unit(each.unit))


def standard_problems(
    entry: SchemeEntry, structure: Structure, standards: Sequence[Standard]
) -> Iterator[Problem]:
    """Say all that is wrong with pass lines and targets; their places are `standards.<index>`."""
    seen: set[tuple[str | None, ...]] = set()
    by: dict[str, str] = {}
    for at, each in enumerate(standards):
        place = Place(field=f"standards.{at}")
        values: dict[str, object] = {"node": each.node, "scheme": entry.code}
        if each.node not in entry.by_code:
            yield Problem(p.WEIGHT_UNKNOWN_NODE, place, {**near(each.node, entry.by_code), **values})
        if each.unit is not None and not structure.has_unit(each.unit):
            yield Problem(p.STANDARD_UNKNOWN_UNIT, place, {"unit": each.unit, **values})
        if (each.attribute is None) != (each.value is None) or (each.attribute and each.unit):
            yield Problem(p.STANDARD_FOR_WHOM, place, values)
        for name, text in (("attribute", each.attribute), ("value", each.value)):
            if text is not None:
                yield from text_problems(f"standards.{at}.{name}", text)
        if each.pass_line is None and each.target is None:
            yield Problem(p.STANDARD_EMPTY, place, values)
        for rate in (each.pass_line, each.target):
            if rate is not None and not 0 <= rate <= 1:
                yield Problem(p.STANDARD_NO_RATE, place, {"rate": decimal_text(rate), **values})
        key = each.node, each.unit, each.attribute, each.value
        if key in seen:
            yield Problem(p.STANDARD_TWICE, place, values)
        seen.add(key)
        if each.attribute is not None and by.setdefault(each.node, each.attribute) != each.attribute:
            both = {"first": by[each.node], "second": each.attribute}
            yield Problem(p.STANDARD_TWO_ATTRIBUTES, place, {**both, **values})
