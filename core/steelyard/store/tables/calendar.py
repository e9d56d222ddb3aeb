"""The table of calendars: how time is cut into periods."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKeyConstraint, String, Table, UniqueConstraint

from steelyard.store.tables.columns import METADATA, code, identity, tenant_key

CALENDAR = Table(
    "calendar",
    METADATA,
    identity(),
    tenant_key(),
    code("code"),
    Column("title_zh", String, nullable=False),
    Column("title_en", String, nullable=False),
    Column("definition", JSON, nullable=False),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    UniqueConstraint("tenant_id", "code"),
    UniqueConstraint("tenant_id", "id"),
)
