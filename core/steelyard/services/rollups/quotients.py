"""Quotients: how a scheme's measures pool, and what those that were divided were divided from."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from steelyard.access.scope import Scope
from steelyard.analysis.pooling import Quotient, Sort
from steelyard.errors import Text
from steelyard.intake.measures.computing import Wanted
from steelyard.intake.measures.tallies import recipe
from steelyard.intake.notation import Notation
from steelyard.packs import Packs
from steelyard.services.context import Context, View
from steelyard.services.records.measuring import wanted_measures
from steelyard.services.rollups.cells import Cells
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import measured


@dataclass(frozen=True, slots=True)
class Way:
    """How a measure of several comes from those of each; what is divided is multiplied by `times`.

    wanted: as it is computed from records; None for what people enter or judge.
    """

    sort: Sort
    times: Fraction = Fraction(1)
    wanted: Wanted | None = None


@dataclass(frozen=True)
class Quotients:
    """By measure, unit id and period id what was divided by what."""

    of: Mapping[str, Mapping[tuple[int, int], Quotient]] = field(default_factory=dict)


def ways(context: Context, entry: SchemeEntry) -> dict[str, Way]:
    """How each measure of a scheme pools.

    Counts and sums add up, also where somebody entered them; shares, means and ratios of what adds up do so
    above and below the line. Quantiles and how many different ones there are follow from records alone; what
    people judge does not.
    """
    found = {
        name: Way(Sort.SUM if use.notation is Notation.COUNT else Sort.NEITHER)
        for name, use in entry.measures.items()
    }
    for each in _tables(context.packs, entry):
        for wanted in wanted_measures(context, each):
            if wanted.measure.measure in found:
                found[wanted.measure.measure] = _way(wanted)
    return found


def titled(entry: SchemeEntry, ways: Mapping[str, Way], measure: str) -> Text:
    """What a measure is called: as the pack declares it, else as the leaf that reads it; else by its name."""
    way = ways.get(measure)
    if way is not None and way.wanted is not None:
        return way.wanted.measure.title
    leaves = (node.indicator for node in entry.nodes if not node.children)
    readers = (leaf.label for leaf in leaves if (leaf.measure or leaf.code) == measure)
    return next(readers, Text(measure, measure))


def _tables(packs: Packs, entry: SchemeEntry) -> Sequence[str]:
    return [name for name, table in packs.record_tables.items() if table.pack == entry.pack]


def _way(wanted: Wanted) -> Way:
    made = recipe(wanted.measure)
    if not all(tally.of.adds_up for tally in made.tallies):
        return Way(Sort.NEITHER, wanted=wanted)
    if made.bottom is None:
        return Way(Sort.SUM, wanted=wanted)
    return Way(Sort.QUOTIENT, made.times * wanted.times, wanted)


async def load(view: View, scope: Scope, several: Sequence[Cells], measures: Collection[str]) -> Quotients:
    """Load what was divided of the cells' units in their periods: one statement, none for no measures."""
    periods = {each.id for cells in several for each in cells.records if each is not None}
    units = {unit.id for cells in several for unit in cells.units}
    if not measures or not periods or not units:
        return Quotients()
    pack = several[0].known.entry.pack
    async with view.context.database.read(scope) as reader:
        rows = await measured.quotients(reader, scope, pack, periods, units, measures)
    return await asyncio.to_thread(_arranged, rows)


def _arranged(rows: Sequence[Any]) -> Quotients:
    found: dict[str, dict[tuple[int, int], Quotient]] = {}
    for unit_id, period_id, measure, above, below in rows:
        found.setdefault(measure, {})[unit_id, period_id] = _number(above), _number(below)
    return Quotients(found)


def _number(text: str) -> Fraction | int:
    return int(text) if text.isdecimal() else Fraction(text)
