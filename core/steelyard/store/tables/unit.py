"""The tables of units: what is scored, where it stands in the tree and since when, and its attributes."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

from steelyard.store.tables.columns import (
    IDENTITY,
    METADATA,
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
    reference("unit_id", "unit"),
    reference("parent_id", "unit"),
    CheckConstraint("valid_to > valid_from", name="interval"),
    sqlite_with_rowid=False,
)
"""At most one parent a day: [valid_from, valid_to), open where `valid_to` is empty."""

UNIT_ATTRIBUTE = Table(
    "unit_attribute",
    METADATA,
    tenant_key(primary_key=True),
    Column("unit_id", IDENTITY, primary_key=True),
    code("name", primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    code("value"),
    reference("unit_id", "unit"),
    CheckConstraint("valid_to > valid_from", name="interval"),
    sqlite_with_rowid=False,
)
"""At most one value a day for each name."""
