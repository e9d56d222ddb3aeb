"""The table of weight sets: weights laid over a scheme's own, numbered and dated."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    ForeignKeyConstraint,
    Integer,
    String,
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

WEIGHT_SET = Table(
    "weight_set",
    METADATA,
    identity(),
    tenant_key(),
    code("scheme"),
    Column("number", Integer, nullable=False),
    code("state"),
    Column("effective_from", IDENTITY),
    Column("weights", JSON, nullable=False),
    Column("standards", JSON(none_as_null=True)),
    Column("method", JSON(none_as_null=True)),
    code("author"),
    Column("reason", String, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("changed_at", UtcTime),
    Column("publication", Integer),
    Column("published_at", UtcTime),
    Column("published_by", CODE),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    reference("effective_from", "period"),
    UniqueConstraint("tenant_id", "scheme", "number"),
    UniqueConstraint("tenant_id", "scheme", "publication"),
    UniqueConstraint("tenant_id", "id"),
)
"""`weights` maps node codes to canonical decimal text, `standards` lists pass lines and targets, `method` is
how the weights were found; `effective_from` is a period. `revision` counts the changes of a draft,
`publication` the published sets of a scheme.
"""
