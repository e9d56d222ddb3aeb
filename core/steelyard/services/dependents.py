"""Dependent verdicts: those of closed periods that would be others now, because an earlier one was corrected.

A streak counts periods. Where one of them is corrected, later verdicts stay as they are stored: they are
listed here until somebody evaluates their periods anew, each as a revision of its own.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.scheme.rule import StreakRule
from steelyard.services import closed_results, cube, structure
from steelyard.services.closed_results import ClosedResult
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights import sets
from steelyard.store import runs
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.runs import RunState
from steelyard.store.units import UnitRecord
from steelyard.store.weight_sets import WeightSetRecord


@dataclass(frozen=True, slots=True)
class DependentVerdict:
    """A stored verdict, and what it would be now. rules: the streaks, by id, that make the difference."""

    unit: UnitRecord
    period: PeriodRecord
    revision: int
    rules: tuple[str, ...]
    stored: str | None
    now: str | None


async def list_dependents(
    view: View, actor: Actor, scope: Scope, *, scheme: str, period: str | None = None
) -> tuple[DependentVerdict, ...]:
    """The dependent verdicts of units in scope, in periods after one, or in all; by period and unit.

    Raises NotFound.
    """
    entry = view.context.entry(scheme)
    after = None
    if period is not None:
        known = await structure.load(view, actor, scope)
        after = known.period(period, [calendar.code for calendar in entry.calendars])
    found = await dependents(view, Scope(scope.tenant_id), entry, None if after is None else [after])
    return tuple(each for each in found if scope.sees(each.unit.id))


async def after_corrections(
    view: View, tenant: Scope, entry: SchemeEntry, evaluated: Sequence[PeriodRecord]
) -> tuple[DependentVerdict, ...]:
    """The dependent verdicts after those of some periods that are closed and had a final run before."""
    closed = [each for each in evaluated if each.state is PeriodState.CLOSED]
    if not closed or not _looks_back(entry):
        return ()
    async with view.context.database.read(tenant) as reader:
        corrected = [
            each
            for each in closed
            if any(
                run.state is RunState.FINAL for run in await runs.history(reader, tenant, entry.code, each.id)
            )
        ]
    if not corrected:
        return ()
    own = {each.id for each in evaluated}
    found = await dependents(view, tenant, entry, corrected)
    return tuple(each for each in found if each.period.id not in own)


async def dependents(
    view: View, tenant: Scope, entry: SchemeEntry, after: Sequence[PeriodRecord] | None
) -> tuple[DependentVerdict, ...]:
    """Those of all units of the tenant, in periods after any of these, or in all for None."""
    closed = await closed_results.load(view, tenant, entry)
    known = await structure.load_whole(view, tenant)
    later: defaultdict[str, dict[int, ClosedResult]] = defaultdict(dict)
    for id, result in closed.results.items():
        period = known.period_by_id(id)
        if period is not None and _looks_back(result.entry) and _is_after(period, after):
            later[result.entry.hash][id] = result
    found: list[DependentVerdict] = []
    for results in later.values():
        again = await _as_they_would_be(view, tenant, results)
        found += await asyncio.to_thread(lambda now, of: list(_differing(now, of)), again, results)
    return tuple(sorted(found, key=lambda each: (each.period.start, each.period.code, each.unit.code)))


def _looks_back(entry: SchemeEntry) -> bool:
    return any(isinstance(rule, StreakRule) for rule in entry.scheme.rules)


def _is_after(period: PeriodRecord, after: Sequence[PeriodRecord] | None) -> bool:
    return after is None or any(
        period.calendar == each.calendar and period.start > each.start for each in after
    )


async def _as_they_would_be(view: View, tenant: Scope, results: Mapping[int, ClosedResult]) -> Cube:
    """The periods of one version, evaluated from what stands now with the weights of their runs."""
    version = next(iter(results.values())).entry
    known = {each.id: each for each in await sets.every(view, tenant, version)}
    used: dict[int, WeightSetRecord | None] = {
        id: None if each.run.weight_set_id is None else known.get(each.run.weight_set_id)
        for id, each in results.items()
    }
    return await cube.build(view, tenant, version, used=used)


def _differing(now: Cube, results: Mapping[int, ClosedResult]) -> Iterator[DependentVerdict]:
    evaluation = now.evaluation
    words = (*evaluation.verdict_words, None)
    streaks = [i for i, rule in enumerate(evaluation.scheme.rules) if isinstance(rule, StreakRule)]
    units = {unit.id: unit for unit in now.units}
    for period in now.periods:
        if period.id not in results:
            continue
        run, table = results[period.id].run, results[period.id].table
        for at, unit_id in enumerate(table.unit_ids):
            if unit_id not in units:
                continue
            row = now.row(units[unit_id], period)
            rules = [i for i in streaks if table.arrays["rules"][i, at] != evaluation.rule_states[i, row]]
            stored, verdict = words[table.arrays["verdict"][at]], words[evaluation.verdict[row]]
            if rules and stored != verdict:
                ids = tuple(evaluation.rules[i] for i in rules)
                yield DependentVerdict(units[unit_id], period, run.revision, ids, stored, verdict)
