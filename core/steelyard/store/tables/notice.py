"""The tables of notices: what happened, who is told of it, and whether they were reached."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    ForeignKeyConstraint,
    Index,
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

NOTICE = Table(
    "notice",
    METADATA,
    identity(),
    tenant_key(),
    code("key"),
    code("kind"),
    Column("unit_id", IDENTITY),
    Column("happened_at", UtcTime, nullable=False),
    Column("payload", JSON, nullable=False),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    reference("unit_id", "unit"),
    UniqueConstraint("tenant_id", "key"),
    UniqueConstraint("tenant_id", "id"),
)
"""One thing that happened; `key` says what, so that it is told once. `payload` is what receivers are sent."""

SUBSCRIBER = Table(
    "subscriber",
    METADATA,
    identity(),
    tenant_key(),
    Column("number", Integer, nullable=False),
    code("channel"),
    Column("address", String, nullable=False),
    Column("kinds", JSON, nullable=False),
    Column("unit_id", IDENTITY),
    Column("secret", String),
    code("locale"),
    code("state"),
    Column("created_at", UtcTime, nullable=False),
    code("created_by"),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    reference("unit_id", "unit"),
    UniqueConstraint("tenant_id", "number"),
    UniqueConstraint("tenant_id", "id"),
)
"""Who is told: a webhook's URL or a mail address, of which kinds, and of which unit and those below it (all
without one). `secret` signs what a webhook is sent."""

DELIVERY = Table(
    "delivery",
    METADATA,
    identity(),
    tenant_key(),
    Column("notice_id", IDENTITY, nullable=False),
    Column("subscriber_id", IDENTITY, nullable=False),
    code("state"),
    Column("attempts", Integer, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("http_status", Integer),
    Column("error", CODE),
    Column("delivered_at", UtcTime),
    reference("notice_id", "notice"),
    reference("subscriber_id", "subscriber"),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    UniqueConstraint("tenant_id", "notice_id", "subscriber_id"),
    Index(None, "tenant_id", "state", "due_at"),
)
"""A notice on its way to a subscriber: `due_at` is when it is tried next, `http_status` and `error` are of
the last try."""
