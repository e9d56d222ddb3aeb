"""Column types and the metadata that all tables share.

Both databases must answer alike, so: codes compare byte by byte (`collate "C"` on PostgreSQL, SQLite's
own BINARY), exact numbers are canonical decimal text, times are UTC, and every constraint has a name.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

METADATA = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_N_name)s_fk",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    }
)

IDENTITY = BigInteger().with_variant(Integer(), "sqlite")
"""64-bit keys; SQLite numbers rows by itself only where the type is INTEGER."""

CODE = String().with_variant(String(collation="C"), "postgresql")
"""Codes, names and canonical numbers: compared and ordered by their bytes (UTF-8)."""


class AnyTenant(ColumnElement[int]):
    """A tenant whom PostgreSQL does not know while it plans: what it then expects is a usual tenant's rows.

    Of a tenant that came after its statistics it expects a single row, and would join the many thousand of a
    first import row by row, each with all others.
    """

    inherit_cache = True

    def __init__(self, parameter: BindParameter[int]) -> None:
        self.parameter = parameter
        self.type = parameter.type


@compiles(AnyTenant)
def _any_tenant(element: AnyTenant, compiler: SQLCompiler, **options: Any) -> str:
    given = compiler.process(element.parameter, **{**options, "skip_bind_expression": True})
    return f"(SELECT {given})"


class TenantKey(TypeDecorator[int]):
    """The key of a tenant, on PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def bind_expression(self, bindparam: BindParameter[int]) -> ColumnElement[int]:
        """Keep the value from the planner."""
        return AnyTenant(bindparam)


TENANT_KEY = TenantKey().with_variant(Integer(), "sqlite")
"""Whose a row is."""


class UtcTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database; a naive time is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any aware time to UTC; ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def identity() -> Column[int]:
    """The key `id`, numbered by the database."""
    return Column("id", IDENTITY, primary_key=True, autoincrement=True)


def code(name: str, **options: Any) -> Column[str]:
    """A required code called `name`."""
    return Column(name, CODE, nullable=False, **options)


def tenant_key(**options: Any) -> Column[int]:
    """The tenant of a row: every table has it."""
    return Column("tenant_id", TENANT_KEY, nullable=False, **options)


def reference(column: str, table: str) -> ForeignKeyConstraint:
    """Point at a row of `table` of the same tenant: another tenant's row is out of reach."""
    return ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"])
