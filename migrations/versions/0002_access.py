"""Accounts, persons, acts; and on PostgreSQL the wall between tenants.

Revision: 0002, follows 0001.

Every table is under row-level security, its owner too (FORCE): a row is there only for a transaction that has
named the row's tenant.  A later migration that changes rows has to take FORCE from the table meanwhile, and
one that makes a table has to put it up.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)

CHANGED = [
    "account",
    "account_grant",
    "account_identity",
    "api_token",
    "calendar",
    "current_measurement",
    "period",
    "person",
    "policy",
    "proposal",
    "run_head",
    "unit",
    "unit_attribute",
    "unit_parent",
    "version_stamp",
    "weight_set",
]
"""Tables of a tenant whose rows change."""
APPENDED = ["act", "import_batch", "measurement", "run", "run_root", "scheme_version"]
"""Tables of a tenant whose rows are never changed, and go only with the tenant."""

# In a subquery of their own: worked out once a statement, not once a row.
MINE = "(SELECT nullif(current_setting('steelyard.tenant', true), '')::bigint)"
OPERATING = "(SELECT current_setting('steelyard.operator', true) = 'on')"
LEAVING = f"EXISTS (SELECT FROM tenant WHERE id = {MINE} AND state = 'suspended' AND code <> 'default')"


def tenant_reference(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=f"{table}_tenant_id_fk")


def same_tenant(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=f"{table}_tenant_id_{column}_fk",
    )


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"{table}_{'_'.join(columns)}_key")


def upgrade() -> None:
    _number_tenants_once()
    _create_person_table()
    _create_account_tables()
    _create_token_table()
    _create_provider_tables()
    _create_act_tables()
    _create_indices()
    if op.get_bind().dialect.name == "postgresql":
        _put_up_walls()


def _number_tenants_once() -> None:
    """Let SQLite, too, never give the number of a tenant that is gone to another."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("tenant", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass


def _create_person_table() -> None:
    op.create_table(
        "person",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("pseudonym", CODE, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("reference", CODE),
        sa.Column("name", sa.String()),
        sa.Column("contact", sa.String()),
        sa.Column("retain_until", sa.Date()),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("erased_at", TIME),
        sa.PrimaryKeyConstraint("id", name="person_pk"),
        unique("person", "tenant_id", "pseudonym"),
        unique("person", "tenant_id", "kind", "reference"),
        unique("person", "tenant_id", "id"),
        tenant_reference("person"),
    )
    with op.batch_alter_table("unit") as unit:
        unit.add_column(sa.Column("person_id", KEY))
        unit.create_foreign_key(
            "unit_tenant_id_person_id_fk", "person", ["tenant_id", "person_id"], ["tenant_id", "id"]
        )


def _create_account_tables() -> None:
    op.create_table(
        "account",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("person_id", KEY),
        sa.Column("unit_id", KEY),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="account_pk"),
        unique("account", "tenant_id", "code"),
        unique("account", "tenant_id", "id"),
        tenant_reference("account"),
        same_tenant("account", "person_id", "person"),
        same_tenant("account", "unit_id", "unit"),
    )
    op.create_table(
        "account_grant",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("role", CODE, nullable=False),
        sa.Column("unit_id", KEY),
        sa.Column("granted_at", TIME, nullable=False),
        sa.Column("granted_by", CODE, nullable=False),
        sa.Column("expires_at", TIME),
        sa.Column("revoked_at", TIME),
        sa.PrimaryKeyConstraint("id", name="account_grant_pk"),
        unique("account_grant", "tenant_id", "id"),
        same_tenant("account_grant", "account_id", "account"),
        same_tenant("account_grant", "unit_id", "unit"),
    )


def _create_token_table() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("key", CODE, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("hash", CODE, nullable=False),
        sa.Column("permissions", CODE),
        sa.Column("unit_id", KEY),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", CODE, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME),
        sa.Column("last_used_at", TIME),
        sa.PrimaryKeyConstraint("id", name="api_token_pk"),
        unique("api_token", "tenant_id", "key"),
        unique("api_token", "tenant_id", "id"),
        same_tenant("api_token", "account_id", "account"),
        same_tenant("api_token", "unit_id", "unit"),
    )


def _create_provider_tables() -> None:
    op.create_table(
        "identity_provider",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("issuer", CODE, nullable=False),
        sa.Column("audience", CODE, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("removed_at", TIME),
        sa.PrimaryKeyConstraint("id", name="identity_provider_pk"),
        unique("identity_provider", "issuer", "audience"),
        unique("identity_provider", "tenant_id", "id"),
        tenant_reference("identity_provider"),
    )
    op.create_table(
        "account_identity",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("provider_id", KEY, nullable=False),
        sa.Column("subject", CODE, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "provider_id", "subject", name="account_identity_pk"),
        same_tenant("account_identity", "provider_id", "identity_provider"),
        same_tenant("account_identity", "account_id", "account"),
        sa.CheckConstraint("subject <> ''", name=op.f("account_identity_subject_check")),
        sqlite_with_rowid=False,
    )


def _create_act_tables() -> None:
    op.create_table(
        "act",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("acted_at", TIME, nullable=False),
        sa.Column("actor", CODE, nullable=False),
        sa.Column("drafted_by", CODE),
        sa.Column("deed", CODE, nullable=False),
        sa.Column("subject", CODE, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("before", CODE),
        sa.Column("after", CODE),
        sa.Column("previous", CODE, nullable=False),
        sa.Column("hash", CODE, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "number", name="act_pk"),
        tenant_reference("act"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proposal",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("deed", CODE, nullable=False),
        sa.Column("subject", CODE, nullable=False),
        sa.Column("input", CODE, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("drafted_by", CODE, nullable=False),
        sa.Column("drafted_at", TIME, nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("decided_by", CODE),
        sa.Column("decided_at", TIME),
        sa.Column("decision_reason", sa.String()),
        sa.PrimaryKeyConstraint("id", name="proposal_pk"),
        unique("proposal", "tenant_id", "id"),
        tenant_reference("proposal"),
    )
    op.create_table(
        "policy",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("name", CODE, nullable=False),
        sa.Column("value", CODE, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "name", name="policy_pk"),
        tenant_reference("policy"),
        sqlite_with_rowid=False,
    )


def _create_indices() -> None:
    op.create_index("measurement_tenant_id_unit_id_idx", "measurement", ["tenant_id", "unit_id"])
    op.create_index("current_measurement_measurement_id_idx", "current_measurement", ["measurement_id"])
    superseding = sa.text("supersedes IS NOT NULL")
    op.create_index(
        "measurement_supersedes_idx",
        "measurement",
        ["supersedes"],
        sqlite_where=superseding,
        postgresql_where=superseding,
    )


def _put_up_walls() -> None:
    for table in CHANGED:
        _policy(table, "ALL", f"tenant_id = {MINE}")
    for table in APPENDED:
        _policy(table, "SELECT", f"tenant_id = {MINE}")
        _policy(table, "INSERT", f"tenant_id = {MINE}")
        _policy(table, "DELETE", f"tenant_id = {MINE} AND {LEAVING}")
    _policy("tenant", "ALL", OPERATING)
    _policy("tenant", "SELECT", f"id = {MINE}")
    _policy("identity_provider", "ALL", f"tenant_id = {MINE} OR {OPERATING}")
    for table in ("tenant", "identity_provider", *CHANGED, *APPENDED):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _policy(table: str, command: str, condition: str) -> None:
    clauses = {
        "ALL": f"USING ({condition})",
        "SELECT": f"USING ({condition})",
        "DELETE": f"USING ({condition})",
        "INSERT": f"WITH CHECK ({condition})",
    }
    op.execute(f"CREATE POLICY {table}_{command.lower()} ON {table} FOR {command} {clauses[command]}")
