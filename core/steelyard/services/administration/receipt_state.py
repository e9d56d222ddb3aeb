"""Receipts as subjects of acts: what a run of a closed period was computed from, and what came out."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from steelyard.access.scope import Scope
from steelyard.services.administration.canonical import State
from steelyard.services.administration.governed import Governed
from steelyard.store import runs
from steelyard.store.runs import FinalRun
from steelyard.store.transaction import Reader


def receipt_key(run: FinalRun) -> str:
    """How acts call a run: `scheme/period id/revision`."""
    return f"{run.record.scheme}/{run.record.period_id}/{run.record.revision}"


async def _states(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    found = await runs.finals(reader, Scope(scope.tenant_id))
    states = {receipt_key(each): receipt_state(each) for each in found}
    return {key: state for key, state in states.items() if keys is None or key in keys}


def receipt_state(run: FinalRun) -> State:
    """What an act tells of a run."""
    return {
        "period": f"{run.calendar}/{run.period}",
        "scheme_hash": run.scheme_hash,
        "weight_set": run.weight_set,
        "inputs_hash": run.record.inputs_hash,
        "result_hash": run.record.result_hash,
        "engine_version": run.record.engine_version,
        "evaluated_at": run.record.evaluated_at.isoformat(timespec="microseconds"),
        "evaluated_by": run.record.evaluated_by,
    }


RECEIPT = Governed("receipt", _states, "{}/{}/{}".format)
