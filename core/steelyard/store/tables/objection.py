"""The table of objections: what a rated unit says against its result, and what was decided."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, Integer, String, Table, UniqueConstraint

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

OBJECTION = Table(
    "objection",
    METADATA,
    identity(),
    tenant_key(),
    code("number"),
    code("scheme"),
    Column("unit_id", IDENTITY, nullable=False),
    Column("period_id", IDENTITY, nullable=False),
    Column("run_id", IDENTITY, nullable=False),
    Column("node", CODE),
    Column("reason", String, nullable=False),
    code("state"),
    Column("revision", Integer, nullable=False),
    Column("decide_by", Date, nullable=False),
    Column("filed_at", UtcTime, nullable=False),
    code("filed_by"),
    Column("decided_at", UtcTime),
    Column("decided_by", CODE),
    Column("decision_reason", String),
    Column("answered_by_run_id", IDENTITY),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    reference("unit_id", "unit"),
    reference("period_id", "period"),
    reference("run_id", "run"),
    reference("answered_by_run_id", "run"),
    UniqueConstraint("tenant_id", "number"),
    UniqueConstraint("tenant_id", "id"),
    Index(None, "tenant_id", "unit_id"),
)
"""`number` is random and names it; `run_id` is the run objected to; no `node`: the result as a whole.
`answered_by_run_id`: the revision that an accepted objection led to."""
