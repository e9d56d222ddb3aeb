"""The table of import jobs: imports that a server was asked for."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
)

from steelyard.store.tables.columns import (
    IDENTITY,
    METADATA,
    UtcTime,
    code,
    reference,
    tenant_key,
)

IMPORT_JOB = Table(
    "import_job",
    METADATA,
    tenant_key(primary_key=True),
    code("job", primary_key=True),
    code("kind"),
    code("target"),
    Column("file_name", String, nullable=False),
    code("state"),
    Column("stage_zh", String, nullable=False),
    Column("stage_en", String, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("cancel", Boolean, nullable=False),
    Column("import_id", IDENTITY),
    Column("problems", JSON, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    code("started_by"),
    Column("told_at", UtcTime, nullable=False),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    reference("import_id", "import_batch"),
    CheckConstraint("done >= 0 AND total >= 0", name="progress"),
    sqlite_with_rowid=False,
)
"""An import that a server was asked for: how far it is. `job` is random; `cancel`: somebody asked to stop."""
