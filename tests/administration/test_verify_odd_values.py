"""Verification reads on where somebody wrote what Steelyard never writes: it blinds it to no other row."""

from __future__ import annotations

import sqlite3
from itertools import cycle

import pytest
from asyncpg.exceptions import PostgresError
from sqlalchemy import Date
from sqlalchemy.types import TypeEngine

from administration.conftest import ByHand, Do, Kept
from administration.people import Seat
from administration.test_verify import HISTORY, told
from steelyard.access.roles import Role
from steelyard.services.administration.accounts import CreateAccount, LinkAccount
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.grants import AddGrant
from steelyard.services.administration.perform import perform
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.administration.providers import AddProvider
from steelyard.services.administration.tenants import CreateTenant
from steelyard.services.administration.tokens import CreateToken
from steelyard.services.administration.units import AssignPerson, CreateUnit
from steelyard.services.administration.verify import verify
from steelyard.store.tables import METADATA
from steelyard.store.tables.columns import UtcTime

GOVERNED = [
    *("account", "account_grant", "account_identity", "api_token", "calendar", "identity_provider", "period"),
    *("person", "policy", "proposal", "tenant", "unit", "unit_attribute", "unit_parent"),
]
ODD = {
    "sqlite": ("'zz'", "x'ff00'", "cast(x'ff' AS text)", "-1", "1e300", "'{\"a\": NaN}'", "'0000-00-00'"),
    "postgresql": ("'infinity'", "'99999-01-01'", "'4000-01-01 BC'"),
}
MORE: tuple[Deed[object], ...] = (
    CreateAccount("bob", unit="S1", person="P-1"),
    AddGrant("bob", Role.VIEWER, unit="S1"),
    CreateAccount("robot"),
    CreateToken("robot", "mine", unit="S1"),
    AddProvider("https://issuer.example", "steelyard"),
    LinkAccount("bob", "https://issuer.example", "steelyard", "sub"),
    CreateTenant("t9", "九", "Nine"),
    CreateUnit("Z9", "末", "Last", "shop"),
    AssignPerson("S1", "P-1"),
    SetPolicy("peer_minimum", 7),
)
MARK = "UPDATE unit SET unit_type = 'kiosk' WHERE code = 'Z9'"


def changes(dialect: str) -> list[str]:
    """Each column of what acts govern with one odd value or another, but where it is needed."""
    # On PostgreSQL a column holds what its type allows: texts are the same there.
    kinds = (Date, UtcTime) if dialect == "postgresql" else (TypeEngine,)
    where = {"tenant": " WHERE code <> 'default'", "unit": " WHERE code <> 'Z9'"}
    columns = [
        column
        for name in GOVERNED
        for column in METADATA.tables[name].columns
        if column.name not in ("id", "tenant_id") and isinstance(column.type, kinds)
    ]
    return [
        f"UPDATE {column.table.name} SET {column.name} = {value}{where.get(column.table.name, '')}"
        for column, value in zip(columns, cycle(ODD[dialect]), strict=False)
    ]


@pytest.fixture
async def history(seat: Seat, do: Do, kept: Kept) -> None:
    await do(*HISTORY[:-1], *MORE, HISTORY[-1])
    await perform(*seat, SetPolicy("peer_minimum", 8), reason="too small")
    assert (await verify(*seat)).findings == ()
    await kept.keep()


async def test_an_odd_value_hides_no_other_change(
    seat: Seat, history: None, by_hand: ByHand, kept: Kept, dialect: str
) -> None:
    taken, missed = 0, []
    for sql in changes(dialect):
        try:
            await by_hand(f"{MARK}; {sql}")
        except (sqlite3.Error, PostgresError):
            await kept.restore()
            continue
        found = told(await verify(*seat))
        taken += 1
        if ("ROW_CHANGED", "unit:Z9") not in found:
            missed.append((sql, found))
        await kept.restore()
    assert missed == []
    assert taken > 15


UNREADABLE = [
    ("UPDATE account SET state = 'zz' WHERE code = 'bob'", "account:bob"),
    ("UPDATE account_grant SET role = 'zz'", "grant:"),
    ("UPDATE period SET state = 'zz' WHERE code = '2025-01'", "period:month/2025-01"),
    ("UPDATE person SET kind = 'zz' WHERE pseudonym = 'P-1'", "person:P-1"),
    ("UPDATE policy SET value = 'no JSON' WHERE name = 'peer_minimum'", "policy:peer_minimum"),
    ("INSERT INTO policy SELECT tenant_id, 'zz', 'no JSON' FROM policy LIMIT 1", "policy:zz"),
    ("UPDATE proposal SET state = 'zz'", "proposal:"),
    ("UPDATE tenant SET state = 'zz' WHERE code = 't9'", "tenant:t9"),
]


async def test_the_row_that_cannot_be_read_is_named(
    seat: Seat, history: None, by_hand: ByHand, kept: Kept
) -> None:
    for sql, subject in UNREADABLE:
        await by_hand(sql)
        [(code, named)] = told(await verify(*seat))
        assert (code, named[: len(subject)]) == ("ROW_UNREADABLE", subject), sql
        await kept.restore()


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_an_act_that_cannot_be_read_hides_no_other(
    seat: Seat, history: None, by_hand: ByHand, kept: Kept
) -> None:
    names = [each.name for each in METADATA.tables["act"].columns if each.name not in ("tenant_id", "number")]
    for name, value in zip(names, cycle(ODD["sqlite"]), strict=False):
        await by_hand(f"{MARK}; UPDATE act SET {name} = {value} WHERE number = 3")
        found = told(await verify(*seat))
        assert ("ROW_CHANGED", "unit:Z9") in found
        assert {code for code, _ in found} & {"ACT_UNREADABLE", "ACT_CHANGED"}, (name, value)
        await kept.restore()
