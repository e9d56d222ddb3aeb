"""Closed runs: those from which closed periods are shown, with what they were evaluated with and by."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Text, cast, select

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
    tenant, run, head, version = scope.tenant_id, RUN.c, RUN_HEAD.c, SCHEME_VERSION.c
    texts = [cast(column, Text) for column in (run.unit_ids, run.nodes)]
    query = (
        select(*SHOWN, PERIOD.c.code, version.version, version.hash, version.pack, *texts, run.arrays)
        .join(RUN_HEAD, head.run_id == run.id)
        .join(PERIOD, (PERIOD.c.tenant_id == tenant) & (PERIOD.c.id == run.period_id))
        .join(SCHEME_VERSION, (version.tenant_id == tenant) & (version.id == run.scheme_id))
        .where(run.tenant_id == tenant, head.tenant_id == tenant, head.scheme == scheme)
        .where(run.state == RunState.FINAL, PERIOD.c.state == PeriodState.CLOSED)
        .order_by(run.period_id)
    )
    return [_closed(tuple(row)) for row in await reader.rows(query)]


def _closed(columns: tuple[Any, ...]) -> ClosedRun:
    period, version, hash, pack, *packed = columns[len(SHOWN) :]
    return ClosedRun(record_of(columns[: len(SHOWN)]), period, version, hash, pack, tuple(packed))
