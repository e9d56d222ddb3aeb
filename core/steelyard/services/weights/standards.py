"""Standards: which pass line and target of an indicator hold for a unit in a period.

A set names them for units with all below them, for units with an attribute, or for all. What is nearer to a
unit holds: the unit itself, then those above it, then an attribute, then all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from steelyard.errors import Place, Problem
from steelyard.scheme.number import decimal_text
from steelyard.scoring.observations import Rows
from steelyard.scoring.rubrics.function import Bools
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
    known = [(each, _concerned(each, structure, units, on)) for _, _, each in nearest_last]
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


def _concerned(standard: Standard, structure: Structure, units: Sequence[UnitRecord], on: date) -> Bools:
    """Which units a standard is for; a unit that is not there any more has none below it."""
    if standard.unit is not None:
        below = (
            structure.below(structure.unit(standard.unit), on) if structure.has_unit(standard.unit) else ()
        )
        ids = {unit.id for unit in below}
        return np.array([unit.id in ids for unit in units], dtype=bool)
    if standard.attribute is not None:
        wanted = standard.attribute, standard.value
        return np.array([wanted in structure.attributes(unit, on).items() for unit in units], dtype=bool)
    return np.ones(len(units), dtype=bool)


def _shared(rates: Sequence[tuple[str, Fraction, Bools]], units: int) -> Shared:
    """Lay rates over each other, the later over the earlier."""
    nodes = sorted({node for node, _, _ in rates})
    chosen = np.full((len(nodes), units), -1, dtype=np.intp)
    for at, (node, _, concerned) in enumerate(rates):
        chosen[nodes.index(node), concerned] = at
    if not nodes or not units:
        return Shared(({},), np.zeros(units, dtype=np.intp))
    different, of = np.unique(chosen, axis=1, return_inverse=True)
    each = tuple(
        {node: rates[at][1] for node, at in zip(nodes, column, strict=True) if at >= 0}
        for column in different.T.tolist()
    )
    return Shared(each, np.asarray(of, dtype=np.intp).reshape(-1))


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
