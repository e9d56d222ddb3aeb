"""The table of content folders: which folder holds a tenant's files."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Table

from steelyard.store.tables.columns import METADATA, UtcTime, code, tenant_key

CONTENT_FOLDER = Table(
    "content_folder",
    METADATA,
    tenant_key(primary_key=True),
    code("identity"),
    Column("made_at", UtcTime, nullable=False),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    sqlite_with_rowid=False,
)
"""`identity` is random and stands in the folder, too: a folder of another database is not taken for it."""
