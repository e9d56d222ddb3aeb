"""The table of exemptions: for whom an indicator or a rule does not hold, and until when."""

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

EXEMPTION = Table(
    "exemption",
    METADATA,
    identity(),
    tenant_key(),
    Column("number", Integer, nullable=False),
    code("scheme"),
    Column("unit_id", IDENTITY, nullable=False),
    Column("node", CODE),
    Column("rule", CODE),
    Column("starts", Date, nullable=False),
    Column("expires", Date, nullable=False),
    Column("reason", String, nullable=False),
    Column("granted_at", UtcTime, nullable=False),
    code("granted_by"),
    Column("ended", Date),
    Column("ended_at", UtcTime),
    Column("ended_by", CODE),
    Column("end_reason", String),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    reference("unit_id", "unit"),
    UniqueConstraint("tenant_id", "number"),
    UniqueConstraint("tenant_id", "id"),
    Index(None, "tenant_id", "scheme"),
)
"""Of `node` and `rule` one is given. It holds for the periods of a unit, and of those below it, that begin in
[`starts`, `expires`), or before `ended` where somebody ended it early."""
