"""The table of imports: one content read once."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Integer, String, Table, UniqueConstraint

from steelyard.store.tables.columns import METADATA, UtcTime, code, identity, tenant_key

IMPORT_BATCH = Table(
    "import_batch",
    METADATA,
    identity(),
    tenant_key(),
    Column("file_name", String, nullable=False),
    code("content"),
    Column("rows", Integer, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    code("recorded_by"),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    UniqueConstraint("tenant_id", "content"),
    UniqueConstraint("tenant_id", "id"),
)
"""`content` is the sha256 in hex of what was imported: the same content is one import."""
