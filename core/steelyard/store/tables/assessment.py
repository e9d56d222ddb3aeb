"""The tables of assessments: sheets that people fill in for a unit and period, and their evidence."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

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

ASSESSMENT = Table(
    "assessment",
    METADATA,
    identity(),
    tenant_key(),
    code("number"),
    code("scheme"),
    Column("scheme_id", IDENTITY, nullable=False),
    Column("unit_id", IDENTITY, nullable=False),
    Column("period_id", IDENTITY, nullable=False),
    code("rater"),
    code("rater_type"),
    Column("own_unit", Boolean, nullable=False),
    code("state"),
    Column("revision", Integer, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("import_id", IDENTITY),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("submitted_at", UtcTime),
    Column("decided_at", UtcTime),
    Column("decided_by", CODE),
    Column("decision_reason", String),
    reference("scheme_id", "scheme_version"),
    reference("unit_id", "unit"),
    reference("period_id", "period"),
    reference("import_id", "import_batch"),
    UniqueConstraint("tenant_id", "number"),
    UniqueConstraint("tenant_id", "id"),
    Index(None, "tenant_id", "unit_id"),
)
"""One sheet. `number` is random and names it; `rater` is the account; `own_unit`: the rater is tied to the
rated unit; `revision` counts changes, for optimistic locking; `headers`: date, place and others present,
as written."""

ASSESSMENT_LINE = Table(
    "assessment_line",
    METADATA,
    tenant_key(primary_key=True),
    Column("assessment_id", IDENTITY, primary_key=True),
    code("measure", primary_key=True),
    code("status"),
    Column("value", CODE),
    Column("comment", String),
    Column("revision", Integer, nullable=False),
    reference("assessment_id", "assessment"),
    sqlite_with_rowid=False,
)
"""What a sheet says of a measure: canonical number text, not applicable, or empty again. No line: never
filled in. `revision`: that of the sheet which last changed it."""

ASSESSMENT_EVIDENCE = Table(
    "assessment_evidence",
    METADATA,
    identity(),
    tenant_key(),
    Column("assessment_id", IDENTITY, nullable=False),
    code("measure"),
    code("content"),
    Column("file_name", String, nullable=False),
    code("media_type"),
    Column("size", Integer, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    code("added_by"),
    reference("assessment_id", "assessment"),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    Index(None, "tenant_id", "assessment_id"),
)
"""A file that backs a line; `content` is its sha256 in hex, the file lies beside the parts."""

MEASUREMENT_RATING = Table(
    "measurement_rating",
    METADATA,
    tenant_key(primary_key=True),
    Column("measurement_id", IDENTITY, primary_key=True),
    Column("assessment_id", IDENTITY, primary_key=True),
    ForeignKeyConstraint(["measurement_id"], ["measurement.id"]),
    reference("assessment_id", "assessment"),
    Index(None, "measurement_id"),
    sqlite_with_rowid=False,
)
"""The sheets of which a measurement was combined."""
