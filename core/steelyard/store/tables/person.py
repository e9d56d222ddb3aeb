"""The table of persons: the one place where names stand; everything else carries the pseudonym."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKeyConstraint, String, Table, UniqueConstraint

from steelyard.store.tables.columns import CODE, METADATA, UtcTime, code, identity, tenant_key

PERSON = Table(
    "person",
    METADATA,
    identity(),
    tenant_key(),
    code("pseudonym"),
    code("kind"),
    Column("reference", CODE),
    Column("name", String),
    Column("contact", String),
    Column("retain_until", Date),
    Column("created_at", UtcTime, nullable=False),
    Column("erased_at", UtcTime),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    UniqueConstraint("tenant_id", "pseudonym"),
    UniqueConstraint("tenant_id", "kind", "reference"),
    UniqueConstraint("tenant_id", "id"),
)
"""`reference` is how a source system knows them. Erasing empties `reference`, `name` and `contact`."""
