"""Receipts: that closed periods were evaluated is told by acts, and every receipt can be recomputed.

A run is recomputed from the version of its scheme, the weight set that it names and what stands of its units
and period: with other inputs, results or stored figures somebody has changed the past.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Problem, Text
from steelyard.services import cube, objections, structure
from steelyard.services.administration import chain
from steelyard.services.administration import verification_problems as f
from steelyard.services.administration.batch import BESIDE, batch
from steelyard.services.administration.calendars import ReopenPeriod
from steelyard.services.administration.period_state import PERIOD, period_key
from steelyard.services.administration.receipt_state import RECEIPT, receipt_key, receipt_state
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.dependents import DependentVerdict
from steelyard.services.progress import Progress, Report, silent
from steelyard.services.run_hash import inputs_hash, result_hash
from steelyard.services.run_results import run_roots, run_table
from steelyard.services.structure import Structure
from steelyard.store import acts, runs, schemes
from steelyard.store.acts import ActRecord
from steelyard.store.keys import UNREADABLE
from steelyard.store.run_table import DAMAGED, RunTable
from steelyard.store.runs import FinalRun, RunRoot
from steelyard.store.transaction import Reader, Writer

EVALUATED = "score.evaluate"
"""What acts call an evaluation of closed periods."""
RECOMPUTING = Text("复算凭证", "Recomputing receipts")
_SAME = 1e-9
_MOST_ACTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Recomputed:
    """How many receipts were recomputed, and all that is not as it should be."""

    receipts: int
    findings: tuple[Problem, ...]


async def record_receipts(
    writer: Writer,
    scope: Scope,
    actor: Actor,
    scheme: str,
    run_ids: Collection[int],
    dependent: Sequence[DependentVerdict] = (),
) -> ActRecord | None:
    """Append one act that tells of new runs of a scheme, those of closed periods; None without any.

    dependent: the verdicts of later periods that stay although they would be others now. Accepted objections
    that the runs answer are linked to them.

    To be called last in a transaction, as `chain.append`.
    """
    final = await runs.finals(writer, Scope(scope.tenant_id), run_ids)
    if not final:
        return None
    made = {RECEIPT.subject(receipt_key(each)): receipt_state(each) for each in final}
    reason = ", ".join(f"{each.calendar}/{each.period}" for each in final)
    also = {BESIDE: {"dependent_verdicts": [_told(each) for each in dependent]}} if dependent else {}
    objected, answered = await objections.answer(writer, scope, final)
    change = batch(f"{EVALUATED}/{scheme}", objected, {**made, **answered}, **also)
    return await chain.append(writer, scope, actor, EVALUATED, change, reason=reason)


def _told(dependent: DependentVerdict) -> dict[str, Any]:
    return {
        "period": f"{dependent.period.calendar}/{dependent.period.code}",
        "unit": dependent.unit.code,
        "rules": list(dependent.rules),
        "stored": dependent.stored,
        "now": dependent.now,
    }


async def recompute(view: View, actor: Actor, scope: Scope, *, progress: Report = silent) -> Recomputed:
    """Recompute the current runs of all closed periods.

    Raises Forbidden without `act.read` on the whole tenant.
    """
    actor.require(Permission.ACT_READ)
    tenant = Scope(scope.tenant_id)
    async with view.context.database.read(tenant) as reader:
        current = {run.id for run in await runs.heads(reader, tenant)}
        final = [each for each in await runs.finals(reader, tenant) if each.record.id in current]
        reopened = await _reopened(reader, tenant)
    problems: list[Problem] = []
    for done, each in enumerate(final):
        progress(Progress(RECOMPUTING, done, len(final)))
        problems += await _differences(view, tenant, each, reopened)
    progress(Progress(RECOMPUTING, len(final), len(final)))
    return Recomputed(len(final), tuple(problems))


async def _reopened(reader: Reader, tenant: Scope) -> dict[str, datetime]:
    """When periods were last opened again, by how acts call them."""
    found = await acts.load(reader, tenant, deed=ReopenPeriod.name, limit=_MOST_ACTS)
    return {act.subject: act.acted_at for act in reversed(found)}


def _corrected(known: Structure, run: FinalRun, reopened: Mapping[str, datetime]) -> list[int]:
    """The periods before a run's, by id, that were opened again after it was made."""
    own = known.period_by_id(run.record.period_id)
    return [
        each.id
        for each in known.periods
        if own is not None
        and (each.calendar, each.start < own.start) == (own.calendar, True)
        and reopened.get(PERIOD.subject(period_key(each)), run.record.evaluated_at) > run.record.evaluated_at
    ]


async def _differences(
    view: View, tenant: Scope, run: FinalRun, reopened: Mapping[str, datetime]
) -> list[Problem]:
    try:
        async with view.context.database.read(tenant) as reader:
            stored = await runs.table(reader, tenant, run.record.id)
            roots = (await runs.roots(reader, tenant, [run.record.id]))[run.record.id]
            text = (await schemes.sources(reader, tenant, [run.record.scheme_id]))[run.record.scheme_id]
    except (*UNREADABLE, *DAMAGED):
        return [Problem(f.RECEIPT_FIGURES, values={"subject": _subject(run)})]
    try:
        entry = view.context.version(run.record.scheme, run.pack, run.scheme_hash, text)
    except InvalidInput as invalid:
        values = {"subject": _subject(run), "reason": "; ".join(each.text("en") for each in invalid.problems)}
        return [Problem(f.RECEIPT_UNREADABLE, values=values)]
    again = await cube.build(
        view,
        tenant,
        entry,
        unit_ids=stored.unit_ids,
        published_until=run.record.evaluated_at,
        corrected=_corrected(await structure.load_whole(view, tenant), run, reopened),
    )
    return list(await asyncio.to_thread(lambda: list(_compared(run, again, stored, roots))))


def _compared(run: FinalRun, again: Cube, stored: RunTable, roots: list[RunRoot]) -> Iterator[Problem]:
    values = {"subject": _subject(run), "engine": run.record.engine_version}
    period = again.structure.period_by_id(run.record.period_id)
    if period is None or period not in again.periods or again.entry.hash != run.scheme_hash:
        yield Problem(f.RECEIPT_INPUTS, values=values)
        return
    used = again.weight_set(period)
    if inputs_hash(again, period) != run.record.inputs_hash or (used and used.number) != run.weight_set:
        yield Problem(f.RECEIPT_INPUTS, values=values)
    elif result_hash(again, period) != run.record.result_hash:
        yield Problem(f.RECEIPT_RESULT, values=values)
    elif not _same_table(run_table(again, period), stored) or not _same_roots(
        run_roots(again, period), roots
    ):
        yield Problem(f.RECEIPT_FIGURES, values=values)


def _same_roots(first: Collection[RunRoot], second: Collection[RunRoot]) -> bool:
    """Whether the same came out for the same units, in whatever order they are read."""
    by_unit = [{each.unit_id: each for each in roots} for roots in (first, second)]
    return len(first) == len(second) and by_unit[0] == by_unit[1]


def _same_table(first: RunTable, second: RunTable) -> bool:
    if (first.unit_ids, first.nodes) != (second.unit_ids, second.nodes):
        return False
    return first.arrays.keys() == second.arrays.keys() and all(
        array.shape == second.arrays[name].shape
        and np.allclose(array, second.arrays[name], rtol=0, atol=_SAME, equal_nan=array.dtype.kind == "f")
        for name, array in first.arrays.items()
    )


def _subject(run: FinalRun) -> str:
    return f"{run.record.scheme}, {run.calendar}/{run.period}, {run.record.revision}"
