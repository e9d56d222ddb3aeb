"""Runs: revisions of the evaluation of a scheme and period, one of them current."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.errors import NotFound
from steelyard.store import runs, schemes, stamps
from steelyard.store.engine import Database
from steelyard.store.run_table import RunTable
from steelyard.store.runs import NewRun, RunRecord, RunRoot, RunState
from steelyard.store.schemes import NewScheme

Ids = dict[str, int]


@pytest.fixture
async def new(database: Database, scope: Scope, period_ids: Ids) -> NewRun:
    async with database.write(scope) as writer:
        scheme = NewScheme("retail.shop", "1", "ab" * 32, "retail", "")
        made = await schemes.record(writer, scope, scheme)
    hashes = {"inputs_hash": "in", "result_hash": "out", "engine_version": "0.1.0"}
    return NewRun(made.id, made.code, None, period_ids["2025-01"], RunState.PROVISIONAL, **hashes)


@pytest.fixture
def table(unit_ids: Ids) -> RunTable:
    units = (unit_ids["s1"], unit_ids["s2"])
    rates = np.array([[0.5, np.nan], [1.0, 0.25], [0.0, 1 / 3]])
    arrays = {"rates": rates, "verdict": np.array([1, -1], dtype=np.int16)}
    return RunTable(units, ("TOTAL", "A", "B"), arrays)


@pytest.fixture
def roots(unit_ids: Ids) -> list[RunRoot]:
    return [
        RunRoot(unit_ids["s1"], "SCORED", 100 / 3, 1.0, "pass", "passed", True),
        RunRoot(unit_ids["s2"], "MISSING", None, 0.0, None, None, None),
    ]


@pytest.fixture
def ledger(database: Database, scope: Scope, table: RunTable, roots: list[RunRoot]) -> Ledger:
    return Ledger(database, scope, table, roots)


class Ledger:
    """Stores and reads runs of one table."""

    def __init__(self, database: Database, scope: Scope, table: RunTable, roots: list[RunRoot]) -> None:
        self.database, self.scope = database, scope
        self.table, self.root_rows = table, roots

    async def store(self, new: NewRun) -> tuple[RunRecord, bool]:
        async with self.database.write(self.scope) as writer:
            return await runs.store(writer, self.scope, new, self.table, self.root_rows, LOCAL_ADMINISTRATOR)

    async def heads(self, **options: object) -> list[RunRecord]:
        async with self.database.read(self.scope) as reader:
            return await runs.heads(reader, self.scope, **options)

    async def history(self, new: NewRun) -> list[RunRecord]:
        async with self.database.read(self.scope) as reader:
            return await runs.history(reader, self.scope, new.scheme, new.period_id)


async def test_a_run_is_the_first_revision_and_current(ledger: Ledger, new: NewRun) -> None:
    run, is_new = await ledger.store(new)
    assert is_new
    assert (run.revision, run.state, run.evaluated_by) == (1, RunState.PROVISIONAL, "local")
    assert await ledger.heads() == [run]


async def test_the_same_again_is_the_same_run(ledger: Ledger, new: NewRun) -> None:
    run, _ = await ledger.store(new)
    assert await ledger.store(replace(new, engine_version="0.2.0")) == (run, False)
    assert await ledger.history(new) == [run]


CHANGES = [
    {"inputs_hash": "other"},
    {"result_hash": "other"},
    {"state": RunState.FINAL},
]


@pytest.mark.parametrize("change", CHANGES)
async def test_another_result_is_the_next_revision(
    ledger: Ledger, new: NewRun, change: dict[str, str]
) -> None:
    first, _ = await ledger.store(new)
    second, is_new = await ledger.store(replace(new, **change))
    assert is_new
    assert second.revision == 2
    assert await ledger.heads() == [second]
    assert await ledger.history(new) == [first, second]


async def test_going_back_is_a_revision_too(ledger: Ledger, new: NewRun) -> None:
    await ledger.store(new)
    await ledger.store(replace(new, inputs_hash="other"))
    third, is_new = await ledger.store(new)
    assert (third.revision, is_new) == (3, True)


async def test_heads_are_filtered(ledger: Ledger, new: NewRun, period_ids: Ids) -> None:
    january, _ = await ledger.store(new)
    february, _ = await ledger.store(replace(new, period_id=period_ids["2025-02"]))
    assert await ledger.heads() == [january, february]
    assert await ledger.heads(period_ids=[period_ids["2025-02"]]) == [february]
    assert await ledger.heads(scheme="other") == []


async def test_roots_come_back_exactly(ledger: Ledger, new: NewRun) -> None:
    run, _ = await ledger.store(new)
    async with ledger.database.read(ledger.scope) as reader:
        assert await runs.roots(reader, ledger.scope, [run.id]) == {run.id: ledger.root_rows}


async def test_arrays_come_back_exactly(ledger: Ledger, new: NewRun) -> None:
    run, _ = await ledger.store(new)
    async with ledger.database.read(ledger.scope) as reader:
        found = await runs.table(reader, ledger.scope, run.id)
    assert (found.unit_ids, found.nodes) == (ledger.table.unit_ids, ledger.table.nodes)
    for name, array in ledger.table.arrays.items():
        np.testing.assert_array_equal(found.arrays[name], array, strict=True)


async def test_only_units_in_scope_are_seen(ledger: Ledger, new: NewRun, unit_ids: Ids) -> None:
    run, _ = await ledger.store(new)
    own = Scope(ledger.scope.tenant_id, frozenset({unit_ids["s2"]}))
    async with ledger.database.read(own) as reader:
        assert await runs.roots(reader, own, [run.id]) == {run.id: ledger.root_rows[1:]}
        found = await runs.table(reader, own, run.id)
    assert found.unit_ids == (unit_ids["s2"],)
    np.testing.assert_array_equal(found.arrays["rates"], ledger.table.arrays["rates"][:, 1:])


async def test_another_tenant_sees_no_run(ledger: Ledger, new: NewRun, other_scope: Scope) -> None:
    run, _ = await ledger.store(new)
    async with ledger.database.read(other_scope) as reader:
        assert await runs.heads(reader, other_scope) == []
        with pytest.raises(NotFound) as caught:
            await runs.table(reader, other_scope, run.id)
    assert caught.value.code == "RUN_NOT_FOUND"


async def test_a_run_that_becomes_current_raises_the_stamp(ledger: Ledger, new: NewRun) -> None:
    for _ in range(2):
        await ledger.store(new)
    async with ledger.database.read(ledger.scope) as reader:
        assert (await stamps.read(reader, ledger.scope))[stamps.RUNS] == 1
