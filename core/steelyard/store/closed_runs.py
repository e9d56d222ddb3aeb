"""Closed runs: those from which closed periods are shown, with what they were evaluated with and by."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, Text, cast, select

from steelyard.access.scope import Scope
from steelyard.store.periods import PeriodState
from steelyard.store.run_table import RunTable, unpack_arrays
from steelyard.store.runs import SHOWN, RunRecord, RunState, record_of
from steelyard.store.tables import PERIOD, RUN, RUN_HEAD, SCHEME_VERSION
from steelyard.store.transaction import Reader


@dataclass(frozen=True, slots=True)
class ClosedRun:
    """The current run of a closed period, with a version of its scheme; `packed` is its table as stored."""

    record: RunRecord
    period: str
    version: str
    hash: str
    pack: str
    packed: tuple[str, str, bytes] = field(repr=False)

    def table(self) -> RunTable:
        """The results of all nodes for all units; raises one of `run_table.DAMAGED` where they are not."""
        unit_ids, nodes, arrays = self.packed
        return RunTable(tuple(json.loads(unit_ids)), tuple(json.loads(nodes)), unpack_arrays(arrays))


async def load(reader: Reader, scope: Scope, scheme: str) -> list[ClosedRun]:
    """Return the runs of a scheme that are current and of closed periods, by period id; one statement.

    A closed period whose current run is provisional was not evaluated since: it has none.
    """
    head = RUN_HEAD.c
    query = _finals(scope, scheme).join(RUN_HEAD, head.run_id == RUN.c.id)
    query = query.where(head.tenant_id == scope.tenant_id, head.scheme == scheme).order_by(RUN.c.period_id)
    return [_closed(tuple(row)) for row in await reader.rows(query)]


async def find(
    reader: Reader, scope: Scope, scheme: str, period_id: int, revision: int | None = None
) -> ClosedRun | None:
    """Return a revision of a scheme in a closed period, or the first one of a period that was corrected.

    None where there is no such revision, or the first one is current. One statement.
    """
    query = _finals(scope, scheme).where(RUN.c.period_id == period_id)
    if revision is None:
        head = (RUN_HEAD.c.tenant_id == scope.tenant_id) & (RUN_HEAD.c.run_id == RUN.c.id)
        query = query.join(RUN_HEAD, head, isouter=True).where(RUN_HEAD.c.run_id.is_(None))
    else:
        query = query.where(RUN.c.revision == revision)
    row = await reader.first(query.order_by(RUN.c.revision).limit(1))
    return None if row is None else _closed(tuple(row))


def _finals(scope: Scope, scheme: str) -> Select[Any]:
    """The final runs of a scheme in periods that are closed."""
    tenant, run, version = scope.tenant_id, RUN.c, SCHEME_VERSION.c
    texts = [cast(column, Text) for column in (run.unit_ids, run.nodes)]
    return (
        select(*SHOWN, PERIOD.c.code, version.version, version.hash, version.pack, *texts, run.arrays)
        .join(PERIOD, (PERIOD.c.tenant_id == tenant) & (PERIOD.c.id == run.period_id))
        .join(SCHEME_VERSION, (version.tenant_id == tenant) & (version.id == run.scheme_id))
        .where(run.tenant_id == tenant, run.scheme == scheme)
        .where(run.state == RunState.FINAL, PERIOD.c.state == PeriodState.CLOSED)
    )


def _closed(columns: tuple[Any, ...]) -> ClosedRun:
    period, version, hash, pack, *packed = columns[len(SHOWN) :]
    return ClosedRun(record_of(columns[: len(SHOWN)]), period, version, hash, pack, tuple(packed))
