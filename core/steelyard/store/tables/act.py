"""The tables of administration: the chain of acts, what waits for a second person, what was decided."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Integer, String, Table, UniqueConstraint

from steelyard.store.tables.columns import CODE, METADATA, UtcTime, code, identity, tenant_key

ACT = Table(
    "act",
    METADATA,
    tenant_key(primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("acted_at", UtcTime, nullable=False),
    code("actor"),
    Column("drafted_by", CODE),
    code("deed"),
    code("subject"),
    Column("reason", String, nullable=False),
    Column("before", CODE),
    Column("after", CODE),
    code("previous"),
    code("hash"),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    sqlite_with_rowid=False,
)
"""Append-only, numbered from 1 without a gap. `before` and `after` are canonical JSON; `hash` covers the row
and `previous`, the hash of the act before."""

PROPOSAL = Table(
    "proposal",
    METADATA,
    identity(),
    tenant_key(),
    code("deed"),
    code("subject"),
    code("input"),
    Column("reason", String, nullable=False),
    code("drafted_by"),
    Column("drafted_at", UtcTime, nullable=False),
    code("state"),
    Column("decided_by", CODE),
    Column("decided_at", UtcTime),
    Column("decision_reason", String),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    UniqueConstraint("tenant_id", "id"),
)
"""An act that waits for somebody else's consent; `input` is canonical JSON."""

POLICY = Table(
    "policy",
    METADATA,
    tenant_key(primary_key=True),
    code("name", primary_key=True),
    code("value"),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    sqlite_with_rowid=False,
)
"""What a tenant decided otherwise than usual; `value` is canonical JSON."""
