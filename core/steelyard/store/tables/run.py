"""The tables of runs: stored evaluations, which of them is current, what came out at the roots."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
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

RUN = Table(
    "run",
    METADATA,
    identity(),
    tenant_key(),
    code("scheme"),
    Column("scheme_id", IDENTITY, nullable=False),
    Column("weight_set_id", IDENTITY),
    Column("period_id", IDENTITY, nullable=False),
    Column("revision", Integer, nullable=False),
    code("state"),
    code("inputs_hash"),
    code("result_hash"),
    code("engine_version"),
    Column("evaluated_at", UtcTime, nullable=False),
    code("evaluated_by"),
    Column("unit_ids", JSON, nullable=False),
    Column("nodes", JSON, nullable=False),
    Column("arrays", LargeBinary, nullable=False),
    reference("scheme_id", "scheme_version"),
    reference("weight_set_id", "weight_set"),
    reference("period_id", "period"),
    UniqueConstraint("tenant_id", "scheme", "period_id", "revision"),
    UniqueConstraint("tenant_id", "id"),
)
"""All node results of a run are one blob, `arrays`: rows only for the roots (see RUN_ROOT)."""

RUN_HEAD = Table(
    "run_head",
    METADATA,
    tenant_key(primary_key=True),
    code("scheme", primary_key=True),
    Column("period_id", IDENTITY, primary_key=True),
    Column("run_id", IDENTITY, nullable=False),
    reference("period_id", "period"),
    reference("run_id", "run"),
    sqlite_with_rowid=False,
)
"""Points at the current run of a scheme and period."""

RUN_ROOT = Table(
    "run_root",
    METADATA,
    tenant_key(primary_key=True),
    Column("run_id", IDENTITY, primary_key=True),
    Column("unit_id", IDENTITY, primary_key=True),
    code("outcome"),
    Column("score", Double),
    Column("coverage", Double),
    Column("band", CODE),
    Column("verdict", CODE),
    Column("passed", Boolean),
    reference("run_id", "run"),
    reference("unit_id", "unit"),
    Index(None, "tenant_id", "unit_id"),
    sqlite_with_rowid=False,
)
"""What came out for each unit: score 0 to 100, coverage 0 to 1, empty where there is none."""
