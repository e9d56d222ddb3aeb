"""The tables of accounts: who may come in, how they are known elsewhere, and what they were granted."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, String, Table, UniqueConstraint

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

ACCOUNT = Table(
    "account",
    METADATA,
    identity(),
    tenant_key(),
    code("code"),
    code("kind"),
    Column("title_zh", String, nullable=False),
    Column("title_en", String, nullable=False),
    code("state"),
    Column("person_id", IDENTITY),
    Column("unit_id", IDENTITY),
    Column("created_at", UtcTime, nullable=False),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    reference("person_id", "person"),
    reference("unit_id", "unit"),
    UniqueConstraint("tenant_id", "code"),
    UniqueConstraint("tenant_id", "id"),
)
"""`code` is what records carry: for a person a pseudonym. `unit_id` is where they belong, and are rated."""

ACCOUNT_GRANT = Table(
    "account_grant",
    METADATA,
    identity(),
    tenant_key(),
    Column("account_id", IDENTITY, nullable=False),
    code("role"),
    Column("unit_id", IDENTITY),
    Column("granted_at", UtcTime, nullable=False),
    code("granted_by"),
    Column("expires_at", UtcTime),
    Column("revoked_at", UtcTime),
    reference("account_id", "account"),
    reference("unit_id", "unit"),
    UniqueConstraint("tenant_id", "id"),
)
"""A role on a unit and all below it; without a unit on the whole tenant. Rows stay when they end."""

API_TOKEN = Table(
    "api_token",
    METADATA,
    identity(),
    tenant_key(),
    code("key"),
    Column("account_id", IDENTITY, nullable=False),
    Column("title", String, nullable=False),
    code("hash"),
    Column("permissions", CODE),
    Column("unit_id", IDENTITY),
    Column("created_at", UtcTime, nullable=False),
    code("created_by"),
    Column("expires_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
    Column("last_used_at", UtcTime),
    reference("account_id", "account"),
    reference("unit_id", "unit"),
    UniqueConstraint("tenant_id", "key"),
    UniqueConstraint("tenant_id", "id"),
)
"""`hash` is the sha256 in hex of the secret, which is kept nowhere; `permissions` are names with blanks."""

IDENTITY_PROVIDER = Table(
    "identity_provider",
    METADATA,
    identity(),
    tenant_key(),
    code("issuer"),
    code("audience"),
    Column("created_at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    UniqueConstraint("issuer", "audience"),
    UniqueConstraint("tenant_id", "id"),
)
"""An OpenID Connect issuer and the audience that its tokens must name; each pair serves one tenant."""

ACCOUNT_IDENTITY = Table(
    "account_identity",
    METADATA,
    tenant_key(primary_key=True),
    Column("provider_id", IDENTITY, primary_key=True),
    code("subject", primary_key=True),
    Column("account_id", IDENTITY, nullable=False),
    reference("provider_id", "identity_provider"),
    reference("account_id", "account"),
    CheckConstraint("subject <> ''", name="subject"),
    sqlite_with_rowid=False,
)
"""Who an account is to an identity provider."""
