"""The tables of measurements: what was ever recorded, and which of it stands."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, Table, text

from steelyard.store.tables.columns import (
    CODE,
    IDENTITY,
    METADATA,
    UtcTime,
    code,
    identity,
    reference,
    tenant_key,
)

MEASUREMENT = Table(
    "measurement",
    METADATA,
    identity(),
    tenant_key(),
    code("pack"),
    Column("unit_id", IDENTITY, nullable=False),
    Column("period_id", IDENTITY, nullable=False),
    code("measure"),
    code("status"),
    Column("value", CODE),
    Column("recorded_at", UtcTime, nullable=False),
    code("recorded_by"),
    code("source"),
    Column("import_id", IDENTITY),
    Column("import_row", Integer),
    Column("supersedes", IDENTITY),
    Column("numerator", CODE),
    Column("denominator", CODE),
    Column("n", Integer),
    Column("squares", CODE),
    reference("unit_id", "unit"),
    reference("period_id", "period"),
    reference("import_id", "import_batch"),
    CheckConstraint("(status = 'value') = (value IS NOT NULL)", name="value"),
    ForeignKeyConstraint(["supersedes"], ["measurement.id"]),
    Index(None, "tenant_id", "unit_id"),
    Index(
        None,
        "supersedes",
        sqlite_where=text("supersedes IS NOT NULL"),
        postgresql_where=text("supersedes IS NOT NULL"),
    ),
)
"""Append-only. `value` is canonical number text, empty for `not_applicable`. Of a share, ratio or mean of
records `numerator` and `denominator` are kept exactly; `n` is how many records stand behind it, and of a
mean `squares` is the sum of the squares of their values. The indices are for deleting a tenant, where the
database looks for what still refers to each row."""

CURRENT_MEASUREMENT = Table(
    "current_measurement",
    METADATA,
    tenant_key(primary_key=True),
    code("pack", primary_key=True),
    Column("period_id", IDENTITY, primary_key=True),
    Column("unit_id", IDENTITY, primary_key=True),
    code("measure", primary_key=True),
    Column("measurement_id", IDENTITY, nullable=False),
    ForeignKeyConstraint(["measurement_id"], ["measurement.id"]),
    Index(None, "measurement_id"),
    sqlite_with_rowid=False,
)
"""Points at the measurement that stands for a unit, period and measure of a pack."""
