"""The table of scheme versions, known by their content."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, String, Table, UniqueConstraint

from steelyard.store.tables.columns import METADATA, UtcTime, code, identity, tenant_key

SCHEME_VERSION = Table(
    "scheme_version",
    METADATA,
    identity(),
    tenant_key(),
    code("scheme"),
    code("version"),
    code("hash"),
    code("pack"),
    Column("recorded_at", UtcTime, nullable=False),
    Column("source", String, nullable=False),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    UniqueConstraint("tenant_id", "hash"),
    UniqueConstraint("tenant_id", "id"),
)
"""`hash` is the sha256 of the content in hex; two contents may carry the same `version`."""
