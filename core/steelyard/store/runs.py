"""Runs: stored evaluations of a scheme and period, each a revision; which one is current is a pointer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Select, delete, func, select

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem
from steelyard.store import stamps
from steelyard.store.problems import RUN_NOT_FOUND
from steelyard.store.run_table import RunTable, pack_arrays, unpack_arrays
from steelyard.store.tables import CALENDAR, PERIOD, RUN, RUN_HEAD, RUN_ROOT, SCHEME_VERSION, WEIGHT_SET
from steelyard.store.transaction import Reader, Writer


class RunState(StrEnum):
    """A provisional run is of an open period, a final one of a closed one."""

    PROVISIONAL = "provisional"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class NewRun:
    """An evaluation to be stored, with the hashes of what went in and what came out."""

    scheme_id: int
    scheme: str
    weight_set_id: int | None
    period_id: int
    state: RunState
    inputs_hash: str
    result_hash: str
    engine_version: str


@dataclass(frozen=True, slots=True)
class RunRoot:
    """What came out for a unit: score 0 to 100 and coverage 0 to 1, None where there is none."""

    unit_id: int
    outcome: str
    score: float | None
    coverage: float | None
    band: str | None
    verdict: str | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run; `weight_set_id` is None where the scheme's own weights were used."""

    id: int
    scheme_id: int
    scheme: str
    weight_set_id: int | None
    period_id: int
    revision: int
    state: RunState
    inputs_hash: str
    result_hash: str
    engine_version: str
    evaluated_at: datetime
    evaluated_by: str


@dataclass(frozen=True, slots=True)
class FinalRun:
    """A run of a closed period, with what a receipt calls things. weight_set: a set's number."""

    record: RunRecord
    calendar: str
    period: str
    scheme_hash: str
    pack: str
    weight_set: int | None


SHOWN: list[Column[Any]] = [RUN.c[name] for name in RunRecord.__slots__]
"""The columns of which `record_of` makes a record."""


async def store(
    writer: Writer,
    scope: Scope,
    new: NewRun,
    table: RunTable,
    roots: Sequence[RunRoot],
    by: Actor,
) -> tuple[RunRecord, bool]:
    """Store an evaluation as the next revision and make it the current run of its scheme and period.

    Where the current run has the same scheme version, weight set, state, inputs and result, that one
    is returned with False and nothing is stored.
    """
    topics = [stamps.RUNS, *([stamps.CLOSED] if new.state is RunState.FINAL else [])]
    for topic in topics:
        await stamps.claim(writer, scope, topic)
    current = await heads(writer, scope, scheme=new.scheme, period_ids=[new.period_id])
    if current and _identity(current[0]) == _identity(new):
        return current[0], False
    record = await _insert(writer, scope, new, table, by)
    await writer.append(RUN_ROOT, [_root_row(scope, record.id, root) for root in roots])
    head = {"scheme": new.scheme, "period_id": new.period_id, "run_id": record.id}
    await writer.upsert(RUN_HEAD, [{"tenant_id": scope.tenant_id, **head}])
    for topic in topics:
        await stamps.advance(writer, scope, topic)
    return record, True


async def heads(
    reader: Reader,
    scope: Scope,
    *,
    scheme: str | None = None,
    period_ids: Collection[int] | None = None,
) -> list[RunRecord]:
    """Return the current run of each scheme and period, by scheme and period id."""
    head = RUN_HEAD.c
    query: Select[Any] = select(*SHOWN).join(RUN_HEAD, head.run_id == RUN.c.id)
    query = query.where(head.tenant_id == scope.tenant_id, RUN.c.tenant_id == scope.tenant_id)
    query = query.order_by(head.scheme, head.period_id)
    if scheme is not None:
        query = query.where(head.scheme == scheme)
    if period_ids is not None:
        query = query.where(reader.within(head.period_id, period_ids))
    return [_record(row) for row in await reader.rows(query)]


async def release(writer: Writer, scope: Scope, period_id: int) -> None:
    """Let no run of a period be current any more: it is open to corrections. All its runs stay."""
    await stamps.claim(writer, scope, stamps.RUNS)
    mine = (RUN_HEAD.c.tenant_id == scope.tenant_id) & (RUN_HEAD.c.period_id == period_id)
    await writer.run(delete(RUN_HEAD).where(mine))


async def finals(reader: Reader, scope: Scope, run_ids: Collection[int] | None = None) -> list[FinalRun]:
    """Return the runs of closed periods by scheme, calendar, period and revision: all, or these."""
    tenant, run, version = scope.tenant_id, RUN.c, SCHEME_VERSION.c
    weights = (WEIGHT_SET.c.tenant_id == tenant) & (WEIGHT_SET.c.id == run.weight_set_id)
    query = (
        select(
            *SHOWN,
            CALENDAR.c.code.label("calendar"),
            PERIOD.c.code.label("period"),
            version.hash,
            version.pack,
            WEIGHT_SET.c.number,
        )
        .join(PERIOD, (PERIOD.c.tenant_id == tenant) & (PERIOD.c.id == run.period_id))
        .join(CALENDAR, (CALENDAR.c.tenant_id == tenant) & (CALENDAR.c.id == PERIOD.c.calendar_id))
        .join(SCHEME_VERSION, (version.tenant_id == tenant) & (version.id == run.scheme_id))
        .join(WEIGHT_SET, weights, isouter=True)
        .where(run.tenant_id == tenant, run.state == RunState.FINAL)
        .order_by(run.scheme, CALENDAR.c.code, PERIOD.c.start_date, run.revision)
    )
    if run_ids is not None:
        query = query.where(reader.within(run.id, run_ids))
    shown = len(SHOWN)
    return [FinalRun(record_of(row[:shown]), *row[shown:]) for row in await reader.rows(query)]


async def history(reader: Reader, scope: Scope, scheme: str, period_id: int) -> list[RunRecord]:
    """Return all runs of a scheme and period by revision."""
    mine = (RUN.c.tenant_id == scope.tenant_id) & (RUN.c.scheme == scheme)
    query = select(*SHOWN).where(mine, RUN.c.period_id == period_id).order_by(RUN.c.revision)
    return [_record(row) for row in await reader.rows(query)]


async def roots(reader: Reader, scope: Scope, run_ids: Collection[int]) -> dict[int, list[RunRoot]]:
    """Return what came out for the units in scope, by run; within a run by unit id."""
    table = RUN_ROOT.c
    shown = [table[name] for name in RunRoot.__slots__]
    query = (
        select(table.run_id, *shown)
        .where(table.tenant_id == scope.tenant_id, reader.within(table.run_id, run_ids))
        .order_by(table.run_id, table.unit_id)
    )
    if scope.unit_ids is not None:
        query = query.where(reader.within(table.unit_id, scope.unit_ids))
    found: dict[int, list[RunRoot]] = {run_id: [] for run_id in run_ids}
    for run_id, *root in await reader.rows(query):
        found[run_id].append(RunRoot(*root))
    return found


async def table(reader: Reader, scope: Scope, run_id: int) -> RunTable:
    """Return the results of all nodes for the units in scope; NotFound where there is no such run."""
    query = select(RUN.c.unit_ids, RUN.c.nodes, RUN.c.arrays)
    query = query.where(RUN.c.tenant_id == scope.tenant_id, RUN.c.id == run_id)
    row = await reader.first(query)
    if row is None:
        raise NotFound(Problem(RUN_NOT_FOUND, values={"run": run_id}))
    whole = RunTable(tuple(row.unit_ids), tuple(row.nodes), unpack_arrays(row.arrays))
    return whole if scope.unit_ids is None else whole.only(scope.unit_ids)


async def _insert(writer: Writer, scope: Scope, new: NewRun, table: RunTable, by: Actor) -> RunRecord:
    mine = (
        (RUN.c.tenant_id == scope.tenant_id)
        & (RUN.c.scheme == new.scheme)
        & (RUN.c.period_id == new.period_id)
    )
    last = await writer.rows(select(func.coalesce(func.max(RUN.c.revision), 0)).where(mine))
    row = {
        "tenant_id": scope.tenant_id,
        "scheme_id": new.scheme_id,
        "scheme": new.scheme,
        "weight_set_id": new.weight_set_id,
        "period_id": new.period_id,
        "revision": last[0][0] + 1,
        "state": new.state,
        "inputs_hash": new.inputs_hash,
        "result_hash": new.result_hash,
        "engine_version": new.engine_version,
        "evaluated_at": writer.now,
        "evaluated_by": by.id,
        "unit_ids": list(table.unit_ids),
        "nodes": list(table.nodes),
        "arrays": pack_arrays(table.arrays),
    }
    await writer.run(RUN.insert(), [row])
    made = select(*SHOWN).where(mine, RUN.c.revision == row["revision"])
    return _record((await writer.rows(made))[0])


def _identity(run: NewRun | RunRecord) -> tuple[Any, ...]:
    return run.scheme_id, run.weight_set_id, run.state, run.inputs_hash, run.result_hash


def _root_row(scope: Scope, run_id: int, root: RunRoot) -> dict[str, Any]:
    values = {name: getattr(root, name) for name in RunRoot.__slots__}
    return {"tenant_id": scope.tenant_id, "run_id": run_id, **values}


def _record(row: Any) -> RunRecord:
    return record_of(tuple(row))


def record_of(columns: Sequence[Any]) -> RunRecord:
    """A record of the columns `SHOWN`."""
    values = dict(zip(RunRecord.__slots__, columns, strict=True))
    return RunRecord(**{**values, "state": RunState(values["state"])})
