"""Statements that do not say whose rows they are about are refused before they reach the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    Column,
    Executable,
    Insert,
    MetaData,
    Select,
    Table,
    and_,
    bindparam,
    column,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from steelyard.access.scope import Scope
from steelyard.errors import InternalError, Text
from steelyard.store import guard, tenants
from steelyard.store.engine import Database
from steelyard.store.tables import (
    ACT,
    CALENDAR,
    IDENTITY_PROVIDER,
    MEASUREMENT,
    PERIOD,
    POLICY,
    TENANT,
    UNIT,
    UNIT_PARENT,
)
from steelyard.store.tenancy import Tenancy

TITLE = Text("甲", "Alpha")
A, B, LINK = UNIT.c, UNIT.alias("other").c, UNIT_PARENT.c
OTHER = UNIT.alias("other")
Statement = Callable[[int], Executable]
Row = dict[str, object]


def below() -> Executable:
    """The tree by recursion, of all tenants."""
    top = select(A.id).where(A.code == "co").cte(recursive=True)
    return select(top.union_all(select(LINK.unit_id).join(top, top.c.id == LINK.parent_id)))


SCOPED: dict[str, Statement] = {
    "where": lambda t: select(UNIT).where(A.tenant_id == t),
    "the other way round": lambda t: select(UNIT).where(literal(t) == A.tenant_id),
    "and": lambda t: select(UNIT).where(and_(A.code == "x", and_(A.id > 1, A.tenant_id == t))),
    "an or beside": lambda t: select(UNIT).where(A.tenant_id == t, or_(A.code == "x", A.code == "y")),
    "alias": lambda t: select(OTHER.c.id).where(OTHER.c.tenant_id == t),
    "join": lambda t: (
        select(PERIOD.c.id)
        .join(CALENDAR, CALENDAR.c.id == PERIOD.c.calendar_id)
        .where(PERIOD.c.tenant_id == t, CALENDAR.c.tenant_id == t)
    ),
    "on": lambda t: (
        select(PERIOD.c.id)
        .join(CALENDAR, and_(CALENDAR.c.id == PERIOD.c.calendar_id, CALENDAR.c.tenant_id == t))
        .where(PERIOD.c.tenant_id == t)
    ),
    "outer join": lambda t: (
        select(A.id)
        .outerjoin(UNIT_PARENT, and_(LINK.unit_id == A.id, LINK.tenant_id == t))
        .where(A.tenant_id == t)
    ),
    "subquery": lambda t: select(
        select(A.id).where(A.tenant_id == t).subquery().c.id,
    ),
    "in": lambda t: select(UNIT).where(
        A.tenant_id == t, A.id.in_(select(LINK.unit_id).where(LINK.tenant_id == t))
    ),
    "exists": lambda t: select(UNIT).where(
        A.tenant_id == t,
        exists().where(LINK.unit_id == A.id, LINK.tenant_id == t, A.tenant_id == t),
    ),
    "union": lambda t: (
        select(A.id).where(A.tenant_id == t).union(select(LINK.unit_id).where(LINK.tenant_id == t))
    ),
    "no table": lambda t: select(func.count()),
    "own tenant": lambda t: select(TENANT.c.code).where(TENANT.c.id == t),
    "update": lambda t: update(UNIT).where(A.tenant_id == t).values(code="x"),
    "delete": lambda t: delete(POLICY).where(POLICY.c.tenant_id == t),
    "insert": lambda t: insert(POLICY).values(tenant_id=t, name="n", value="1"),
}
UNSCOPED: dict[str, Statement] = {
    "nothing": lambda t: select(UNIT),
    "another tenant": lambda t: select(UNIT).where(A.tenant_id == t + 1),
    "another column": lambda t: select(UNIT).where(A.id == t),
    "or": lambda t: select(UNIT).where(or_(A.tenant_id == t, A.code == "x")),
    "not": lambda t: select(UNIT).where(~(A.tenant_id == t)),
    "not equal": lambda t: select(UNIT).where(A.tenant_id != t),
    "itself": lambda t: select(UNIT).where(A.tenant_id == A.tenant_id),
    "one of many": lambda t: select(UNIT).where(A.tenant_id.in_([t, t + 1])),
    "half a join": lambda t: (
        select(PERIOD.c.id)
        .join(CALENDAR, CALENDAR.c.id == PERIOD.c.calendar_id)
        .where(PERIOD.c.tenant_id == t)
    ),
    "the left of an outer join": lambda t: select(A.id).outerjoin(
        UNIT_PARENT, and_(LINK.tenant_id == t, A.tenant_id == t)
    ),
    "full join": lambda t: select(A.id).join(
        UNIT_PARENT, and_(LINK.tenant_id == t, A.tenant_id == t), full=True
    ),
    "in the condition of a join": lambda t: (
        select(A.id)
        .select_from(UNIT.join(OTHER, OTHER.c.id.in_(select(LINK.unit_id))))
        .where(A.tenant_id == t, OTHER.c.tenant_id == t)
    ),
    "joined subquery": lambda t: (
        select(A.id)
        .join(sub := select(LINK.unit_id).subquery(), sub.c.unit_id == A.id)
        .where(A.tenant_id == t)
    ),
    "subquery in a join": lambda t: (
        select(A.id)
        .select_from(UNIT.join(sub := select(LINK.unit_id).subquery(), sub.c.unit_id == A.id))
        .where(A.tenant_id == t)
    ),
    "the other alias": lambda t: (
        select(A.id).join(OTHER, OTHER.c.code == A.code).where(OTHER.c.tenant_id == t)
    ),
    "subquery": lambda t: select(select(A.tenant_id).subquery()).where(literal(t) == t),
    "outside of the subquery": lambda t: select((sub := select(A.id, A.tenant_id).subquery()).c.id).where(
        sub.c.tenant_id == t
    ),
    "in": lambda t: select(UNIT).where(A.tenant_id == t, A.id.in_(select(LINK.unit_id))),
    "in itself": lambda t: select(UNIT).where(A.tenant_id == t, A.code.in_(select(A.code))),
    "scalar": lambda t: select(select(func.count()).select_from(UNIT).scalar_subquery()),
    "union": lambda t: select(A.id).where(A.tenant_id == t).union(select(LINK.unit_id)),
    "recursion": lambda t: below(),
    "column alone": lambda t: select(func.max(A.id)),
    "order": lambda t: select(A.id).where(A.tenant_id == t).order_by(select(LINK.unit_id).scalar_subquery()),
    "all tenants": lambda t: select(TENANT.c.code),
    "another one": lambda t: select(TENANT.c.code).where(TENANT.c.id == t + 1),
    "all providers": lambda t: select(IDENTITY_PROVIDER),
    "text": lambda t: text("SELECT * FROM unit"),
    "text in it": lambda t: select(UNIT).where(A.tenant_id == t, text("1 = 1")),
    "a table by name": lambda t: select(table("api_token", column("hash"))),
    "a column by name": lambda t: select(literal_column("hash")).select_from(table("api_token")),
    "a column as text": lambda t: select(A.id, literal_column("(SELECT hash FROM api_token)")).where(
        A.tenant_id == t
    ),
    "a table declared elsewhere": lambda t: select(Table("api_token", MetaData(), Column("hash"))),
    "before it": lambda t: select(A.id).where(A.tenant_id == t).prefix_with("hash FROM api_token --"),
    "after it": lambda t: select(A.id).where(A.tenant_id == t).suffix_with("UNION SELECT 1"),
    "around a subquery": lambda t: select(
        select(A.id).where(A.tenant_id == t).cte("c").suffix_with("x").c.id
    ),
    "a hint": lambda t: select(A.id).where(A.tenant_id == t).with_hint(UNIT, "UNION SELECT 1"),
    "a hint beside": lambda t: select(A.id).where(A.tenant_id == t).with_statement_hint("UNION SELECT 1"),
    "a function that runs SQL": lambda t: select(func.query_to_xml("SELECT 1", True, True, "")),
    "an operator as text": lambda t: select(A.id).where(A.tenant_id == t, A.code.op("= '' OR ")("x")),
    "a parameter for the tenant": lambda t: select(UNIT).where(A.tenant_id == bindparam("t", t)),
    "update to another": lambda t: update(UNIT).where(A.tenant_id == t).values(tenant_id=t + 1),
    "update to another, in order": lambda t: (
        update(UNIT).where(A.tenant_id == t).ordered_values((A.tenant_id, t + 1))
    ),
    "insert of what others have": lambda t: insert(POLICY).values(
        tenant_id=t, name="n", value=select(CALENDAR.c.code).scalar_subquery()
    ),
    "insert of the same from": lambda t: insert(POLICY).from_select(
        ["tenant_id", "name", "value"], select(bindparam("tenant_id", t), CALENDAR.c.code, CALENDAR.c.code)
    ),
    "insert for a sum": lambda t: insert(POLICY).values(tenant_id=literal(t) + 1, name="n", value="1"),
    "insert and delete": lambda t: (
        insert(POLICY).values(tenant_id=t, name="n", value="1").add_cte(delete(PERIOD).cte("d"))
    ),
    "insert and tell": lambda t: (
        insert(POLICY)
        .values(tenant_id=t, name="n", value="1")
        .returning(select(CALENDAR.c.code).scalar_subquery())
    ),
    "replace by another key": lambda t: (
        sqlite.insert(UNIT)
        .values(tenant_id=t, id=1, code="x")
        .on_conflict_do_update(index_elements=["id"], set_={"code": "x"})
    ),
    "replace by a constraint": lambda t: (
        postgresql.insert(UNIT)
        .values(tenant_id=t, id=1, code="x")
        .on_conflict_do_update(constraint="unit_pk", set_={"code": "x"})
    ),
    "replace by what others have": lambda t: (
        sqlite.insert(POLICY)
        .values(tenant_id=t, name="n", value="1")
        .on_conflict_do_update(
            index_elements=["tenant_id", "name"], set_={"value": select(CALENDAR.c.code).scalar_subquery()}
        )
    ),
    "replace an act": lambda t: (
        sqlite.insert(ACT)
        .values(tenant_id=t, number=1)
        .on_conflict_do_update(index_elements=["tenant_id", "number"], set_={"actor": "x"})
    ),
    "update": lambda t: update(UNIT).values(code="x"),
    "update of another": lambda t: update(UNIT).where(A.tenant_id == t + 1).values(code="x"),
    "update from": lambda t: update(UNIT).where(A.tenant_id == t, A.id == LINK.unit_id).values(code="x"),
    "update from a subquery": lambda t: (
        update(UNIT).where(A.tenant_id == t).values(code=select(CALENDAR.c.code).scalar_subquery())
    ),
    "update of the tenant": lambda t: update(TENANT).where(TENANT.c.id == t).values(code="x"),
    "update of an act": lambda t: update(ACT).where(ACT.c.tenant_id == t).values(actor="x"),
    "delete": lambda t: delete(POLICY),
    "delete of a measurement": lambda t: delete(MEASUREMENT).where(MEASUREMENT.c.tenant_id == t),
    "insert for another": lambda t: insert(POLICY).values(tenant_id=t + 1, name="n", value="1"),
    "insert for nobody": lambda t: insert(UNIT).values(code="x"),
    "insert of many": lambda t: insert(POLICY).values([{"tenant_id": t, "name": "n", "value": "1"}]),
    "insert from": lambda t: insert(POLICY).from_select(
        ["tenant_id", "name", "value"], select(POLICY.c.tenant_id, POLICY.c.name, POLICY.c.value)
    ),
    "insert of a tenant": lambda t: insert(TENANT).values(code="x"),
}


@pytest.mark.parametrize("statement", SCOPED.values(), ids=SCOPED)
async def test_what_is_about_the_tenant_is_run(
    statement: Statement, database: Database, scope: Scope
) -> None:
    async with database.write(scope) as writer:
        made = statement(scope.tenant_id)
        await (writer.run(made) if made.is_dml else writer.rows(made))


@pytest.mark.parametrize("statement", UNSCOPED.values(), ids=UNSCOPED)
async def test_what_is_not_is_refused(statement: Statement, database: Database, scope: Scope) -> None:
    async with database.write(scope) as writer:
        for run in (writer.run, writer.rows):
            with pytest.raises(InternalError) as caught:
                await run(statement(scope.tenant_id))
            assert caught.value.code == "STATEMENT_UNSCOPED"


async def test_a_kept_statement_is_looked_through_once_for_a_tenant(
    database: Database, scope: Scope, other_scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, looked = select(UNIT).where(A.tenant_id == scope.tenant_id), list[object]()
    look = guard._Inspection._select
    monkeypatch.setattr(guard._Inspection, "_select", lambda *given: (looked.append(given), look(*given)))
    for _ in range(3):
        async with database.read(scope) as reader:
            await reader.rows(kept)
        assert len(looked) == 1
    for _ in range(2):
        async with database.read(other_scope) as reader:
            with pytest.raises(InternalError, match="STATEMENT_UNSCOPED"):
                await reader.rows(kept)
    async with database.read(scope) as reader:
        with pytest.raises(InternalError, match="STATEMENT_UNSCOPED"):
            await reader.rows(kept, {"tenant_id_1": other_scope.tenant_id})


QUERIES = {
    name: make
    for name, make in SCOPED.items()
    # What is about no table is about nobody, and may be asked for anybody.
    if name != "no table" and not isinstance(make(1), Insert)
}


@given(st.lists(st.sampled_from([*QUERIES, *UNSCOPED]), min_size=1, max_size=20))
def test_no_statement_passes_for_others_that_passed_before(names: list[str]) -> None:
    tenancy = Tenancy(1)
    kept = {name: make(1) for name, make in QUERIES.items()}
    for name in names:
        if name in QUERIES:
            guard.check(kept[name], tenancy)
            guard.check(QUERIES[name](1), tenancy)
        refused = QUERIES[name](2) if name in QUERIES else UNSCOPED[name](1)
        with pytest.raises(InternalError, match="STATEMENT_UNSCOPED"):
            guard.check(refused, tenancy)


async def test_parts_are_looked_through_as_well(database: Database, scope: Scope) -> None:
    async with database.read(scope) as reader:
        with pytest.raises(InternalError):
            [rows async for rows in reader.partitions(select(UNIT), 10)]


ROWS: list[list[Row]] = [
    [{"name": "n", "value": "1"}],
    [{"tenant_id": None, "name": "n", "value": "1"}],
    [{"tenant_id": 0, "name": "n", "value": "1"}],
]


@pytest.mark.parametrize("rows", ROWS)
async def test_rows_of_others_are_refused(rows: list[Row], database: Database, scope: Scope) -> None:
    async with database.write(scope) as writer:
        own: Row = {"tenant_id": scope.tenant_id, "name": "m", "value": "1"}
        for add in (
            writer.append(POLICY, [own, *rows]),
            writer.upsert(POLICY, [own, *rows]),
            writer.run(insert(POLICY), [own, *rows]),
        ):
            with pytest.raises(InternalError):
                await add


async def test_parameters_do_not_stand_in_for_the_tenant(database: Database, scope: Scope) -> None:
    mine = update(UNIT).where(A.tenant_id == scope.tenant_id, A.id == bindparam("unit"))
    own: Row = {"tenant_id": scope.tenant_id, "name": "n", "value": "1"}
    async with database.write(scope) as writer:
        for run in (
            writer.run(mine, [{"unit": 1, "tenant_id": scope.tenant_id + 1}]),
            writer.run(mine.values(code="x"), [{"unit": 1, "tenant_id_1": scope.tenant_id + 1}]),
            writer.run(insert(POLICY).values(tenant_id=scope.tenant_id + 1), [own]),
        ):
            with pytest.raises(InternalError):
                await run


STAND_INS: dict[str, Callable[[Select[Any]], str]] = {
    "as it is called in SQL": lambda query: next(iter(query.compile().params)),
    "as it is called in the statement": lambda query: next(iter(query.compile().bind_names)).key,
}


STOOD_IN_FOR: dict[str, Callable[[int], Select[Any]]] = {
    "a criterion": lambda t: select(A.id).where(A.tenant_id == t),
    "one the other way round": lambda t: select(A.id).where(literal(t) == A.tenant_id),
    "one of another name": lambda t: select(OTHER.c.id).where(OTHER.c.tenant_id == t),
    "the tenant's own": lambda t: select(TENANT.c.code).where(TENANT.c.id == t),
}


@pytest.mark.parametrize("made", STOOD_IN_FOR.values(), ids=STOOD_IN_FOR)
@pytest.mark.parametrize("name", STAND_INS.values(), ids=STAND_INS)
async def test_no_name_of_a_value_stands_in_for_the_tenant(
    name: Callable[[Select[Any]], str],
    made: Callable[[int], Select[Any]],
    database: Database,
    scope: Scope,
    other_scope: Scope,
) -> None:
    query = made(scope.tenant_id)
    async with database.read(scope) as reader:
        with pytest.raises(InternalError, match="STATEMENT_UNSCOPED"):
            await reader.rows(query, {name(query): other_scope.tenant_id})


async def test_acts_are_not_replaced(database: Database, scope: Scope) -> None:
    async with database.write(scope) as writer:
        for each in (ACT, UNIT):
            with pytest.raises(InternalError):
                await writer.upsert(each, [{"tenant_id": scope.tenant_id}])


async def test_without_a_tenant_nothing_is_anybodys(database: Database, scope: Scope) -> None:
    async with database.read_all() as reader:
        for criterion in (A.tenant_id == scope.tenant_id, A.tenant_id.is_(None)):
            with pytest.raises(InternalError):
                await reader.rows(select(UNIT).where(criterion))


async def test_the_operator_sees_all_tenants(database: Database, scope: Scope, other_scope: Scope) -> None:
    async with database.read_all() as reader:
        found = await reader.rows(select(TENANT.c.id))
    assert {row.id for row in found} == {scope.tenant_id, other_scope.tenant_id}


async def test_operating_ends(database: Database, scope: Scope, other_scope: Scope) -> None:
    async with database.write(scope) as writer:
        async with writer.operating():
            assert await tenants.find(writer, "other") is not None
        with pytest.raises(InternalError):
            await writer.rows(select(TENANT))
