"""Receipts: that closed periods were evaluated is told by acts, and every receipt can be recomputed.

Every final run is recomputed from the version of its scheme, the weight set in force and what stood of its
units and periods when it was made: with other inputs, results or figures somebody has changed the past.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Problem, Text
from steelyard.services import objections, past_cubes
from steelyard.services.administration import chain
from steelyard.services.administration import verification_problems as f
from steelyard.services.administration.batch import BESIDE, batch
from steelyard.services.administration.receipt_state import RECEIPT, receipt_key, receipt_state
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.dependents import DependentVerdict
from steelyard.services.past_cubes import Past
from steelyard.services.progress import Progress, Report, silent
from steelyard.services.receipt_figures import differing, same_roots, same_table
from steelyard.services.run_hash import inputs_hash, result_hash
from steelyard.services.run_results import run_roots, run_table
from steelyard.store import runs, schemes
from steelyard.store.acts import ActRecord
from steelyard.store.keys import UNREADABLE
from steelyard.store.run_table import DAMAGED, RunTable
from steelyard.store.runs import FinalRun, RunRoot
from steelyard.store.transaction import Writer

EVALUATED = "score.evaluate"
"""What acts call an evaluation of closed periods."""
RECOMPUTING = Text("复算凭证", "Recomputing receipts")


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
    """Recompute all final runs, also those that others took the place of, from what stood once.

    Raises Forbidden without `act.read` on the whole tenant.
    """
    actor.require(Permission.ACT_READ)
    tenant = Scope(scope.tenant_id)
    async with view.context.database.read(tenant) as reader:
        final = await runs.finals(reader, tenant)
    past = await past_cubes.load(view, tenant)
    problems: list[Problem] = []
    for done, each in enumerate(final):
        progress(Progress(RECOMPUTING, done, len(final)))
        problems += await _differences(past, each)
    progress(Progress(RECOMPUTING, len(final), len(final)))
    return Recomputed(len(final), tuple(problems))


async def _differences(past: Past, run: FinalRun) -> list[Problem]:
    context, tenant = past.view.context, past.tenant
    try:
        async with context.database.read(tenant) as reader:
            stored = await runs.table(reader, tenant, run.record.id)
            roots = (await runs.roots(reader, tenant, [run.record.id]))[run.record.id]
            text = (await schemes.sources(reader, tenant, [run.record.scheme_id]))[run.record.scheme_id]
    except (*UNREADABLE, *DAMAGED):
        return [Problem(f.RECEIPT_FIGURES, values={"subject": _subject(run), "found": "–"})]
    try:
        entry = context.version(run.record.scheme, run.pack, run.scheme_hash, text)
    except InvalidInput as invalid:
        values = {"subject": _subject(run), "reason": "; ".join(each.text("en") for each in invalid.problems)}
        return [Problem(f.RECEIPT_UNREADABLE, values=values)]
    again = await past.cube(entry, run.record, stored.unit_ids)
    if again is None:
        return [Problem(f.RECEIPT_INPUTS, values={"subject": _subject(run), "found": "–"})]
    return list(await asyncio.to_thread(lambda: list(_compared(run, again, stored, roots))))


def _compared(run: FinalRun, again: Cube, stored: RunTable, roots: list[RunRoot]) -> Iterator[Problem]:
    period = again.structure.period_by_id(run.record.period_id)
    if period is None or period not in again.periods or again.entry.hash != run.scheme_hash:
        yield Problem(f.RECEIPT_INPUTS, values={"subject": _subject(run), "found": "–"})
        return
    used, table = again.weight_set(period), run_table(again, period)
    own = run_roots(again, period)
    values = {
        "subject": _subject(run),
        "engine": run.record.engine_version,
        "found": ", ".join(differing(again, table, stored, own, roots)) or "–",
    }
    if inputs_hash(again, period) != run.record.inputs_hash or (used and used.number) != run.weight_set:
        yield Problem(f.RECEIPT_INPUTS, values=values)
    elif result_hash(again, period) != run.record.result_hash:
        yield Problem(f.RECEIPT_RESULT, values=values)
    elif not same_table(table, stored) or not same_roots(own, roots):
        yield Problem(f.RECEIPT_FIGURES, values=values)


def _subject(run: FinalRun) -> str:
    return f"{run.record.scheme}, {run.calendar}/{run.period}, {run.record.revision}"
