"""The tables of units: what is scored, where it stands in the tree and since when, and its attributes.

What is dated may be corrected: `past_unit_parent` and `past_unit_attribute` keep what was recorded before, so
that it can be told what was known at a moment.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    String,
    Table,
    UniqueConstraint,
)

from steelyard.store.tables.columns import (
    IDENTITY,
    METADATA,
    UtcTime,
    code,
    identity,
    reference,
    tenant_key,
)

UNIT = Table(
    "unit",
    METADATA,
    identity(),
    tenant_key(),
    code("code"),
    Column("title_zh", String, nullable=False),
    Column("title_en", String, nullable=False),
    code("unit_type"),
    Column("opened_on", Date),
    Column("closed_on", Date),
    Column("person_id", IDENTITY),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    reference("person_id", "person"),
    UniqueConstraint("tenant_id", "code"),
    UniqueConstraint("tenant_id", "id"),
)

UNIT_PARENT = Table(
    "unit_parent",
    METADATA,
    tenant_key(primary_key=True),
    Column("unit_id", IDENTITY, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    Column("parent_id", IDENTITY, nullable=False),
    Column("recorded_at", UtcTime),
    reference("unit_id", "unit"),
    reference("parent_id", "unit"),
    CheckConstraint("valid_to > valid_from", name="interval"),
    sqlite_with_rowid=False,
)
"""At most one parent a day: [valid_from, valid_to), open where `valid_to` is empty. `recorded_at` is empty
for what was recorded before it was kept when."""

UNIT_ATTRIBUTE = Table(
    "unit_attribute",
    METADATA,
    tenant_key(primary_key=True),
    Column("unit_id", IDENTITY, primary_key=True),
    code("name", primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    code("value"),
    Column("recorded_at", UtcTime),
    reference("unit_id", "unit"),
    CheckConstraint("valid_to > valid_from", name="interval"),
    sqlite_with_rowid=False,
)
"""At most one value a day for each name."""


def _past(name: str, *columns: Column[Any]) -> Table:
    return Table(
        name,
        METADATA,
        identity(),
        tenant_key(),
        Column("unit_id", IDENTITY, nullable=False),
        *columns,
        Column("valid_from", Date, nullable=False),
        Column("valid_to", Date),
        Column("recorded_at", UtcTime),
        Column("superseded_at", UtcTime, nullable=False),
        reference("unit_id", "unit"),
        Index(None, "tenant_id", "unit_id"),
    )


PAST_UNIT_PARENT = _past("past_unit_parent", Column("parent_id", IDENTITY, nullable=False))
"""Append-only: rows of `unit_parent` as they were in [recorded_at, superseded_at)."""
PAST_UNIT_PARENT.append_constraint(reference("parent_id", "unit"))

PAST_UNIT_ATTRIBUTE = _past("past_unit_attribute", code("name"), code("value"))
"""Append-only: rows of `unit_attribute` as they were in [recorded_at, superseded_at)."""
