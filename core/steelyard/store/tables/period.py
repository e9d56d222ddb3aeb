"""The table of periods: when things are scored."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, String, Table, UniqueConstraint

from steelyard.store.tables.columns import (
    IDENTITY,
    METADATA,
    code,
    identity,
    reference,
    tenant_key,
)

PERIOD = Table(
    "period",
    METADATA,
    identity(),
    tenant_key(),
    Column("calendar_id", IDENTITY, nullable=False),
    code("code"),
    Column("title_zh", String, nullable=False),
    Column("title_en", String, nullable=False),
    Column("start_date", Date, nullable=False),
    Column("end_date", Date, nullable=False),
    code("state"),
    reference("calendar_id", "calendar"),
    UniqueConstraint("tenant_id", "calendar_id", "code"),
    UniqueConstraint("tenant_id", "id"),
    CheckConstraint("end_date > start_date", name="interval"),
)
"""A period is [start_date, end_date)."""
