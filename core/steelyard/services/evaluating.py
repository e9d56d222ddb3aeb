"""Evaluating: a scheme's scores in a period become a run, with the proof of what it was computed from."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from steelyard import __version__
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.services import closed_results, cube, dependents, effects
from steelyard.services.cache import Stamps
from steelyard.services.closed_results import ClosedResult, ClosedResults
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.dependents import DependentVerdict
from steelyard.services.notices import evaluated, recency, recording
from steelyard.services.notices.evaluated import Heard
from steelyard.services.notices.message import Message
from steelyard.services.progress import Progress, Report, silent
from steelyard.services.receipts import record_receipts
from steelyard.services.run_hash import inputs_hash, result_hash
from steelyard.services.run_results import run_roots, run_table
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.store import exemptions, runs, schemes, stamps
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.run_table import RunTable
from steelyard.store.runs import NewRun, RunRecord, RunRoot, RunState
from steelyard.store.schemes import NewScheme, SchemeRecord
from steelyard.store.transaction import Writer
from steelyard.store.weight_sets import WeightSetRecord

EVALUATING = Text("评价", "Evaluating")
_GOES = 2
"""How often it is evaluated what others may change meanwhile: all is read again where they did."""


@dataclass(frozen=True, slots=True)
class EvaluatedRun:
    """The run that is current now; `new` is False where the one before had the same inputs and result.

    entry: the version of the scheme that it is of. roots: what came out for the units in scope. dependent: of
    these units, the verdicts of later closed periods that would be others now that this one was corrected;
    they stay until they are evaluated anew.
    """

    entry: SchemeEntry
    record: RunRecord
    new: bool
    period: PeriodRecord
    roots: tuple[RunRoot, ...]
    dependent: tuple[DependentVerdict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A run before it is stored, but for the scheme version's id; `messages` are told if it is new."""

    entry: SchemeEntry
    period: PeriodRecord
    weight_set: WeightSetRecord | None
    inputs_hash: str
    result_hash: str
    table: RunTable
    roots: tuple[RunRoot, ...]
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be stored, and the verdicts that depend on it."""

    prepared: Sequence[_Prepared | _Standing]
    dependent: Sequence[DependentVerdict]


@dataclass(frozen=True, slots=True)
class _Standing:
    """The final run of a closed period that stays: its inputs are what they were, or nobody named it."""

    entry: SchemeEntry
    period: PeriodRecord
    run: RunRecord


async def evaluate_scheme(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    period: str | None = None,
    progress: Report = silent,
) -> tuple[EvaluatedRun, ...]:
    """Evaluate a scheme for a period, or for all in which anything was measured, and store the runs.

    All units of the tenant are evaluated, and the runs are stored in one transaction. Evaluations of one
    scheme take turns. Where nothing has changed since the current run, that one stands. A closed period that
    was evaluated keeps its version of the scheme, and its results while its inputs are the same, whatever
    version and engine are installed; without a `period` it stays as it is, although an earlier one that it
    looks back at was corrected. What became of the actions of plans is measured by the way. Raises NotFound,
    Forbidden without `score.evaluate`, TransientError (EVALUATIONS_TOO_MANY) where too many wait for their
    turn in this process, and for one period what `Cube.edition` does.
    """
    actor.require(Permission.SCORE_EVALUATE)
    entry = view.context.entry(scheme)
    # Who evaluates the same elsewhere goes first: what it was computed from is read after its turn.
    async with (
        view.context.evaluations.turn(actor, scope),
        view.context.database.exclusive(scope, f"evaluate:{entry.code}"),
    ):
        result = await _evaluate(view, actor, scope, entry, period, progress)
        view.renew()
        # In the same turn: who evaluates next reads newer scores, and must have the last word.
        await effects.measure(view, actor, scope, scheme=entry.code, periods=[each.period for each in result])
    progress(Progress(EVALUATING, len(result), len(result)))
    return result


async def _evaluate(
    view: View, actor: Actor, scope: Scope, entry: SchemeEntry, period: str | None, progress: Report
) -> tuple[EvaluatedRun, ...]:
    """Evaluate what stands and store it while it still does; who changed it meanwhile makes it begin anew.

    The last time it keeps all others from changing anything until it is done.
    """
    for _ in range(_GOES):
        view.renew()
        seen = await view.stamps(Scope(scope.tenant_id))
        work = await _prepare_all(view, scope, entry, period, progress)
        if not work.prepared:
            return ()
        async with view.context.database.write(scope) as writer:
            if await _claimed(writer, scope, entry, work.prepared) == _read_with(seen, entry, work.prepared):
                return await _store(writer, actor, scope, entry, work)
    view.renew()
    async with view.context.database.write(scope) as writer:
        await _claimed(writer, scope, entry, work.prepared)
        work = await _prepare_all(view, scope, entry, period, progress)
        return await _store(writer, actor, scope, entry, work)


async def _claimed(
    writer: Writer, scope: Scope, entry: SchemeEntry, prepared: Sequence[_Prepared | _Standing]
) -> Mapping[str, int]:
    """Hold all that evaluations read, and return its stamps; no rows of it are changed until the end."""
    for topic in _topics(entry, prepared):
        await stamps.claim(writer, scope, topic)
    # What was recorded until the last was had is older than what is evaluated of it.
    writer.look_at_clock()
    return _read_with(await stamps.read(writer, scope), entry, prepared)


def _read_with(
    found: Stamps, entry: SchemeEntry, prepared: Sequence[_Prepared | _Standing]
) -> Mapping[str, int]:
    return {topic: found.get(topic, 0) for topic in _topics(entry, prepared)}


def _topics(entry: SchemeEntry, prepared: Sequence[_Prepared | _Standing]) -> list[str]:
    """What evaluations read, in the order in which it is claimed.

    Which runs of the scheme are current does not change while its turn lasts, but where a period is opened
    again, which changes the structure.
    """
    packs = {entry.pack, *(each.entry.pack for each in prepared)}
    return [stamps.STRUCTURE, exemptions.TOPIC, *(stamps.pack_topic(pack) for pack in sorted(packs))]


async def _prepare_all(
    view: View, scope: Scope, entry: SchemeEntry, asked: str | None, progress: Report
) -> _Work:
    tenant = Scope(scope.tenant_id)
    closed = await closed_results.load(view, tenant, entry)
    heard = await evaluated.heard(view, tenant)
    installed = await cube.build(view, tenant, entry)
    if asked is None:
        periods = _all(installed, closed)
    else:
        periods = [installed.period(asked)]
        closed.require(periods[0])
    before = await recency.results_before(view, tenant, installed, periods) if heard.wanted else {}
    cubes = {entry.hash: installed}
    prepared: list[_Prepared | _Standing] = []
    for done, period in enumerate(periods):
        progress(Progress(EVALUATING, done, len(periods)))
        result = closed.results.get(period.id)
        if asked is None and result is not None:
            prepared.append(_Standing(result.entry, period, result.run))
            continue
        version = entry if result is None else result.entry
        if version.hash not in cubes:
            cubes[version.hash] = await cube.build(view, tenant, version)
        scores, past = cubes[version.hash], before.get(period.id)
        prepared.append(await asyncio.to_thread(_prepare, scores, period, result, heard, past))
    new = [each.period for each in prepared if isinstance(each, _Prepared)]
    return _Work(prepared, await dependents.after_corrections(view, tenant, entry, new))


def _all(installed: Cube, closed: ClosedResults) -> list[PeriodRecord]:
    """The periods with anything measured, and closed ones, but for those of which nothing can be read."""
    known = {period.id: period for period in installed.measured if period.id not in closed.unreadable}
    found = (installed.structure.period_by_id(id) for id in closed.results)
    known |= {period.id: period for period in found if period is not None}
    return sorted(known.values(), key=lambda each: (each.calendar, each.start, each.code))


async def _store(
    writer: Writer, actor: Actor, scope: Scope, entry: SchemeEntry, work: _Work
) -> tuple[EvaluatedRun, ...]:
    result = []
    standing = [each.run.id for each in work.prepared if isinstance(each, _Standing)]
    stored = await runs.roots(writer, scope, standing) if standing else {}
    for each in work.prepared:
        if isinstance(each, _Standing):
            roots = tuple(stored[each.run.id])
            result.append(EvaluatedRun(each.entry, each.run, False, each.period, roots))
            continue
        version = await schemes.record(writer, scope, _new_scheme(each.entry))
        wanted = _new_run(each, version)
        record, is_new = await runs.store(writer, scope, wanted, each.table, each.roots, actor)
        roots = tuple(root for root in each.roots if scope.sees(root.unit_id))
        told = tuple(one for one in work.dependent if _follows(one, each.period) and scope.sees(one.unit.id))
        result.append(EvaluatedRun(each.entry, record, is_new, each.period, roots, told))
    new_runs = [each.record.id for each in result if each.new]
    await recording.record(writer, scope, _news(work.prepared, result))
    await record_receipts(writer, scope, actor, entry.code, new_runs, work.dependent)
    return tuple(result)


def _follows(dependent: DependentVerdict, period: PeriodRecord) -> bool:
    return dependent.period.calendar == period.calendar and dependent.period.start > period.start


def _news(prepared: Sequence[_Prepared | _Standing], result: Sequence[EvaluatedRun]) -> list[Message]:
    return [
        message
        for each, run in zip(prepared, result, strict=True)
        if isinstance(each, _Prepared) and run.new
        for message in each.messages
    ]


def _new_scheme(entry: SchemeEntry) -> NewScheme:
    return NewScheme(entry.code, entry.scheme.version, entry.hash, entry.pack, entry.text)


def _new_run(run: _Prepared, version: SchemeRecord) -> NewRun:
    closed = run.period.state is PeriodState.CLOSED
    return NewRun(
        scheme_id=version.id,
        scheme=version.code,
        weight_set_id=None if run.weight_set is None else run.weight_set.id,
        period_id=run.period.id,
        state=RunState.FINAL if closed else RunState.PROVISIONAL,
        inputs_hash=run.inputs_hash,
        result_hash=run.result_hash,
        engine_version=__version__,
    )


def _prepare(
    scores: Cube, period: PeriodRecord, closed: ClosedResult | None, heard: Heard, before: RunTable | None
) -> _Prepared | _Standing:
    if closed is not None and _stands(scores, period, closed):
        return _Standing(closed.entry, period, closed.run)
    return _Prepared(
        entry=scores.entry,
        period=period,
        weight_set=scores.weight_set(period),
        inputs_hash=inputs_hash(scores, period),
        result_hash=result_hash(scores, period),
        table=run_table(scores, period),
        roots=run_roots(scores, period),
        messages=evaluated.news(scores, period, heard, date.today(), before),
    )


def _stands(scores: Cube, period: PeriodRecord, closed: ClosedResult) -> bool:
    """Whether the units of a run are still what it was computed from; units that came later do not matter."""
    used, its = scores.weight_set(period), set(closed.table.unit_ids)
    if (used and used.id) != closed.run.weight_set_id:
        return False
    units = [unit for unit in scores.units if unit.id in its]
    return inputs_hash(scores, period, units) == closed.run.inputs_hash
