"""The table of tenants: who keeps data here, strictly apart from the others."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, UniqueConstraint

from steelyard.store.tables.columns import METADATA, UtcTime, code, identity

TENANT = Table(
    "tenant",
    METADATA,
    identity(),
    code("code"),
    Column("title_zh", String, nullable=False),
    Column("title_en", String, nullable=False),
    code("state"),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("code"),
    # A number never means two tenants, also not one after the other: PostgreSQL's sequences see to that.
    sqlite_autoincrement=True,
)
