"""The tables of imported records: what each import stored and rejected, where its rows are, what waits."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
)

from steelyard.store.tables.columns import (
    CODE,
    IDENTITY,
    METADATA,
    UtcTime,
    code,
    reference,
    tenant_key,
)

RECORD_IMPORT = Table(
    "record_import",
    METADATA,
    tenant_key(primary_key=True),
    Column("import_id", IDENTITY, primary_key=True),
    code("pack"),
    code("record_table"),
    code("adapter"),
    code("declaration"),
    Column("part", CODE),
    Column("rejects", CODE),
    Column("stored", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("superseded", Integer, nullable=False),
    Column("blank", Integer, nullable=False),
    Column("notes", JSON, nullable=False),
    reference("import_id", "import_batch"),
    Index(None, "tenant_id", "pack", "record_table"),
    sqlite_with_rowid=False,
)
"""One import of records. `part`, `rejects`: the content of the files with its rows and its rejected rows
(sha256 in hex), empty where there are none. `declaration`: the hash of the table as it was declared.
`superseded`: rows of earlier imports that have the key of one of its rows. `import_batch.rows` is stored +
rejected."""

RECORD_EXTENT = Table(
    "record_extent",
    METADATA,
    tenant_key(primary_key=True),
    Column("import_id", IDENTITY, primary_key=True),
    Column("unit_id", IDENTITY, primary_key=True),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("rows", Integer, nullable=False),
    reference("import_id", "import_batch"),
    reference("unit_id", "unit"),
    Index(None, "tenant_id", "unit_id"),
    sqlite_with_rowid=False,
)
"""From which day to which, both included, an import has rows of a unit."""

RECORD_WITHDRAWAL = Table(
    "record_withdrawal",
    METADATA,
    tenant_key(primary_key=True),
    Column("import_id", IDENTITY, primary_key=True),
    Column("withdrawn_at", UtcTime, nullable=False),
    code("withdrawn_by"),
    Column("reason", String, nullable=False),
    reference("import_id", "import_batch"),
    sqlite_with_rowid=False,
)
"""Imports whose rows do not count any more."""

RECORD_FEED = Table(
    "record_feed",
    METADATA,
    tenant_key(primary_key=True),
    code("pack", primary_key=True),
    code("record_table", primary_key=True),
    Column("unit_id", IDENTITY, primary_key=True),
    Column("period_id", IDENTITY, primary_key=True),
    Column("complete", Boolean, nullable=False),
    Column("declared_at", UtcTime, nullable=False),
    code("declared_by"),
    reference("unit_id", "unit"),
    reference("period_id", "period"),
    sqlite_with_rowid=False,
)
"""Whether all records of a unit in a period are there: only then is nothing recorded a zero."""

RECORD_WAITING = Table(
    "record_waiting",
    METADATA,
    tenant_key(primary_key=True),
    Column("import_id", IDENTITY, primary_key=True),
    Column("unit_id", IDENTITY, primary_key=True),
    Column("period_id", IDENTITY, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("applied_at", UtcTime),
    reference("import_id", "import_batch"),
    reference("unit_id", "unit"),
    reference("period_id", "period"),
    sqlite_with_rowid=False,
)
"""Rows that came for a closed period: they wait as a correction until `applied_at`."""
