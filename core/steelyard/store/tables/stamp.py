"""The table of version stamps: a number a topic, raised by whoever changes what the topic stands for."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Table

from steelyard.store.tables.columns import METADATA, code, tenant_key

VERSION_STAMP = Table(
    "version_stamp",
    METADATA,
    tenant_key(primary_key=True),
    code("topic", primary_key=True),
    Column("stamp", BigInteger, nullable=False),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    sqlite_with_rowid=False,
)
