"""Asking for roll-ups: a unit in a period with all below it, and a trend of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis.pooling import Sort
from steelyard.errors import NotFound, Problem, Text
from steelyard.scheme.calendar import Period
from steelyard.scoring import without_noise
from steelyard.services import editions
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.rollups import quotients, recounts
from steelyard.services.rollups.answer import RolledNode, RolledUnit, Sheet
from steelyard.services.rollups.cells import rules_of
from steelyard.services.rollups.problems import ROLL_UP_NOT_DECLARED
from steelyard.services.rollups.span import Span, before, find_span
from steelyard.services.scheme_entry import SchemeEntry, SchemeNode
from steelyard.store.units import UnitRecord

_UNITS, _PERIODS = Text("上级单位", "units above"), Text("更长的周期", "longer periods")


@dataclass(frozen=True, slots=True)
class RolledPoint:
    """One period of a trend; `change` is against the point before, None where either has no score."""

    period: Period
    found: RolledNode
    change: float | None


async def roll_up(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    calendar: str | None = None,
    indicators: Sequence[str] | None = None,
) -> RolledUnit:
    """A unit in a period, rolled up from the units and periods that one sees; the root and the first level.

    Members are the units that the scheme scores at or below it on the period's last day, in the period itself
    if it is one of the scheme's calendars, else in those of `calendar` within it, by default the scheme's
    first that has any. Raises NotFound: for what is not there, ROLL_UP_NOT_DECLARED, ROLL_UP_OF_NOTHING;
    TransientError (RECOUNTS_TOO_MANY) where too many wait for records to be counted again.
    """
    known = await editions.load(view, scope, view.context.entry(scheme))
    top, span = _declared(known, unit, period, calendar)
    [sheet] = await _sheets((view, actor, scope), known, [span], _nodes(known, indicators), top, below=True)
    return (await asyncio.to_thread(sheet.of, [top]))[0]


async def trend(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    length: int,
    calendar: str | None = None,
    indicator: str | None = None,
) -> tuple[RolledPoint, ...]:
    """One indicator rolled up in each of the periods up to this one, the oldest first; the root if left out.

    Members are those of each period's own last day. Raises what `roll_up` does.
    """
    known = await editions.load(view, scope, view.context.entry(scheme))
    top, last = _declared(known, unit, period, calendar)
    nodes = _nodes(known, [indicator or known.entry.root.code])
    sheets = await _sheets((view, actor, scope), known, before(known, last, length), nodes, top, below=False)
    return await asyncio.to_thread(_points, sheets, top)


def _points(sheets: Sequence[Sheet], top: UnitRecord) -> tuple[RolledPoint, ...]:
    points: list[RolledPoint] = []
    for sheet in sheets:
        [found] = sheet.of([top])[0].nodes
        earlier = points[-1].found.score if points else None
        points.append(RolledPoint(sheet.span.target, found, change(earlier, found.score)))
    return tuple(points)


def change(earlier: float | None, score: float | None) -> float | None:
    """How far a score lies above an earlier one, None where either is missing; what did not change is 0."""
    if earlier is None or score is None:
        return None
    return without_noise(np.array([score - earlier])).item(0)


async def _sheets(
    seat: tuple[View, Actor, Scope],
    known: Cube,
    spans: Sequence[Span],
    nodes: tuple[SchemeNode, ...],
    top: UnitRecord,
    *,
    below: bool,
) -> list[Sheet]:
    """What roll-ups are made of, span by span; what was divided is loaded once for all where it is needed.

    So is what records come to together, for the unit and, with `below`, for all below it.
    """
    (view, _, scope), entry = seat, known.entry
    ways = quotients.ways(view.context, entry)
    sheets = [await asyncio.to_thread(Sheet, known, span, nodes, top, ways) for span in spans]
    if _pools(entry):
        divided = [name for name, way in ways.items() if way.sort is Sort.QUOTIENT]
        found = await quotients.load(view, scope, [sheet.cells for sheet in sheets], divided)
        for sheet in sheets:
            sheet.quotients = found
        await _count_again(seat, entry, sheets, top, below=below)
    return sheets


async def _count_again(
    seat: tuple[View, Actor, Scope],
    entry: SchemeEntry,
    sheets: Sequence[Sheet],
    top: UnitRecord,
    *,
    below: bool,
) -> None:
    counting = [(sheet, ledger) for sheet in sheets if (ledger := sheet.ledger) is not None]

    def go_through() -> None:
        for sheet, _ in counting:
            sheet.go_through(top, below=below)

    await asyncio.to_thread(go_through)
    if await recounts.settle(*seat, entry, [ledger for _, ledger in counting]):
        for sheet, _ in counting:
            sheet.begin_anew()


def _pools(entry: SchemeEntry) -> bool:
    rules = entry.scheme.rollup
    return rules is not None and "pooled" in (rules.units, rules.periods)


def _declared(known: Cube, unit: str, period: str, calendar: str | None) -> tuple[UnitRecord, Span]:
    """The unit and the span; NotFound for them, and ROLL_UP_NOT_DECLARED where the scheme has no rule."""
    rules, top = rules_of(known), known.structure.unit(unit)
    if top.unit_type != known.entry.scheme.unit_type and rules.units is None:
        raise _undeclared(known, _UNITS)
    found = find_span(known, period, calendar)
    if found.is_rolled and rules.periods is None:
        raise _undeclared(known, _PERIODS)
    return top, found


def _undeclared(known: Cube, axis: Text) -> NotFound:
    values = {"scheme": known.entry.code, "axis_zh": axis.zh, "axis_en": axis.en}
    return NotFound(Problem(ROLL_UP_NOT_DECLARED, values=values))


def _nodes(known: Cube, indicators: Sequence[str] | None) -> tuple[SchemeNode, ...]:
    """The nodes named; the root and the first level for None."""
    if indicators is None:
        return tuple(node for node in known.entry.nodes if node.depth <= 1)
    return tuple(known.node(code, known) for code in dict.fromkeys(indicators))
