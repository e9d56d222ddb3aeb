"""The table of data quality: what the checks of records found."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Integer,
    Table,
)

from steelyard.store.tables.columns import (
    IDENTITY,
    METADATA,
    code,
    reference,
    tenant_key,
)

RECORD_QUALITY = Table(
    "record_quality",
    METADATA,
    tenant_key(primary_key=True),
    code("pack", primary_key=True),
    code("record_table", primary_key=True),
    code("check", primary_key=True),
    Column("period_id", IDENTITY, primary_key=True),
    Column("unit_id", IDENTITY, primary_key=True),
    Column("examined", Integer, nullable=False),
    Column("flagged", Integer, nullable=False),
    reference("unit_id", "unit"),
    reference("period_id", "period"),
    sqlite_with_rowid=False,
)
"""How many rows a check of data quality examined and flagged, as of the last measuring."""
