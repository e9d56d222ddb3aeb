"""Exemptions and objections; improvement plans; notices and who is sent them.

Revision: 0005, follows 0004.

Each new table stands under row-level security as 0002 says.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)

CHANGED = [
    "exemption",
    "objection",
    "plan",
    "plan_finding",
    "plan_action",
    "plan_action_finding",
    "plan_evidence",
    "subscriber",
    "delivery",
]
"""Tables of a tenant whose rows change."""
APPENDED = ["plan_comment", "plan_change", "notice"]
"""Tables of a tenant whose rows are never changed, and go only with the tenant."""

MINE = "(SELECT nullif(current_setting('steelyard.tenant', true), '')::bigint)"
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
    _create_closing_tables()
    _create_plan_tables()
    _create_plan_notes()
    _create_notice_tables()
    _create_indices()
    if op.get_bind().dialect.name == "postgresql":
        _put_up_walls()


def _create_closing_tables() -> None:
    op.create_table(
        "exemption",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("scheme", CODE, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("node", CODE),
        sa.Column("rule", CODE),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("granted_at", TIME, nullable=False),
        sa.Column("granted_by", CODE, nullable=False),
        sa.Column("ended", sa.Date()),
        sa.Column("ended_at", TIME),
        sa.Column("ended_by", CODE),
        sa.Column("end_reason", sa.String()),
        sa.PrimaryKeyConstraint("id", name="exemption_pk"),
        tenant_reference("exemption"),
        same_tenant("exemption", "unit_id", "unit"),
        unique("exemption", "tenant_id", "id"),
        unique("exemption", "tenant_id", "number"),
    )
    op.create_table(
        "objection",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("number", CODE, nullable=False),
        sa.Column("scheme", CODE, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("period_id", KEY, nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("node", CODE),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=False),
        sa.Column("filed_at", TIME, nullable=False),
        sa.Column("filed_by", CODE, nullable=False),
        sa.Column("decided_at", TIME),
        sa.Column("decided_by", CODE),
        sa.Column("decision_reason", sa.String()),
        sa.Column("answered_by_run_id", KEY),
        sa.PrimaryKeyConstraint("id", name="objection_pk"),
        tenant_reference("objection"),
        same_tenant("objection", "answered_by_run_id", "run"),
        same_tenant("objection", "period_id", "period"),
        same_tenant("objection", "run_id", "run"),
        same_tenant("objection", "unit_id", "unit"),
        unique("objection", "tenant_id", "id"),
        unique("objection", "tenant_id", "number"),
    )


def _create_plan_tables() -> None:
    op.create_table(
        "plan",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("number", CODE, nullable=False),
        sa.Column("scheme", CODE, nullable=False),
        sa.Column("scheme_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("period_id", KEY, nullable=False),
        sa.Column("node", CODE, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("target", sa.JSON()),
        sa.Column("baseline", sa.JSON(), nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", CODE, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("agreed_at", TIME),
        sa.Column("agreed_by", CODE),
        sa.PrimaryKeyConstraint("id", name="plan_pk"),
        tenant_reference("plan"),
        same_tenant("plan", "period_id", "period"),
        same_tenant("plan", "scheme_id", "scheme_version"),
        same_tenant("plan", "unit_id", "unit"),
        unique("plan", "tenant_id", "id"),
        unique("plan", "tenant_id", "number"),
    )
    op.create_table(
        "plan_finding",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("key", CODE, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("node", CODE),
        sa.Column("rule", CODE),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("sentence", sa.JSON(), nullable=False),
        sa.Column("cost", CODE),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="plan_finding_pk"),
        tenant_reference("plan_finding"),
        same_tenant("plan_finding", "plan_id", "plan"),
        unique("plan_finding", "tenant_id", "id"),
        unique("plan_finding", "tenant_id", "plan_id", "key"),
    )
    op.create_table(
        "plan_action",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("node", CODE),
        sa.Column("advice", CODE),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("description", sa.String()),
        sa.Column("role", sa.JSON()),
        sa.Column("owner", CODE),
        sa.Column("due", sa.Date()),
        sa.Column("effort", CODE),
        sa.Column("expected_effect", CODE),
        sa.Column("baseline_rate", CODE),
        sa.Column("state", CODE, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("done_at", TIME),
        sa.Column("done_by", CODE),
        sa.Column("verified_at", TIME),
        sa.Column("verified_by", CODE),
        sa.Column("verified_period_id", KEY),
        sa.Column("effect", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="plan_action_pk"),
        tenant_reference("plan_action"),
        same_tenant("plan_action", "plan_id", "plan"),
        same_tenant("plan_action", "verified_period_id", "period"),
        unique("plan_action", "tenant_id", "id"),
        unique("plan_action", "tenant_id", "plan_id", "number"),
    )
    op.create_table(
        "plan_action_finding",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("action_id", KEY, nullable=False),
        sa.Column("finding_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "action_id", "finding_id", name="plan_action_finding_pk"),
        same_tenant("plan_action_finding", "action_id", "plan_action"),
        same_tenant("plan_action_finding", "finding_id", "plan_finding"),
        sqlite_with_rowid=False,
    )


def _create_plan_notes() -> None:
    op.create_table(
        "plan_comment",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("action_id", KEY),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", TIME, nullable=False),
        sa.Column("written_by", CODE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="plan_comment_pk"),
        tenant_reference("plan_comment"),
        same_tenant("plan_comment", "action_id", "plan_action"),
        same_tenant("plan_comment", "plan_id", "plan"),
    )
    op.create_table(
        "plan_evidence",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("action_id", KEY, nullable=False),
        sa.Column("content", CODE, nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", CODE, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("added_by", CODE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="plan_evidence_pk"),
        tenant_reference("plan_evidence"),
        same_tenant("plan_evidence", "action_id", "plan_action"),
    )
    op.create_table(
        "plan_change",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("action_id", KEY),
        sa.Column("what", CODE, nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("changed_by", CODE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="plan_change_pk"),
        tenant_reference("plan_change"),
        same_tenant("plan_change", "action_id", "plan_action"),
        same_tenant("plan_change", "plan_id", "plan"),
    )


def _create_notice_tables() -> None:
    op.create_table(
        "notice",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("key", CODE, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("unit_id", KEY),
        sa.Column("happened_at", TIME, nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="notice_pk"),
        tenant_reference("notice"),
        same_tenant("notice", "unit_id", "unit"),
        unique("notice", "tenant_id", "id"),
        unique("notice", "tenant_id", "key"),
    )
    op.create_table(
        "subscriber",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel", CODE, nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("unit_id", KEY),
        sa.Column("secret", sa.String()),
        sa.Column("locale", CODE, nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", CODE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="subscriber_pk"),
        tenant_reference("subscriber"),
        same_tenant("subscriber", "unit_id", "unit"),
        unique("subscriber", "tenant_id", "id"),
        unique("subscriber", "tenant_id", "number"),
    )
    op.create_table(
        "delivery",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("subscriber_id", KEY, nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("http_status", sa.Integer()),
        sa.Column("error", CODE),
        sa.Column("delivered_at", TIME),
        sa.PrimaryKeyConstraint("id", name="delivery_pk"),
        tenant_reference("delivery"),
        same_tenant("delivery", "notice_id", "notice"),
        same_tenant("delivery", "subscriber_id", "subscriber"),
        unique("delivery", "tenant_id", "notice_id", "subscriber_id"),
    )


def _create_indices() -> None:
    op.create_index("exemption_tenant_id_scheme_idx", "exemption", ["tenant_id", "scheme"])
    op.create_index("objection_tenant_id_unit_id_idx", "objection", ["tenant_id", "unit_id"])
    op.create_index("plan_tenant_id_unit_id_idx", "plan", ["tenant_id", "unit_id"])
    op.create_index("plan_comment_tenant_id_plan_id_idx", "plan_comment", ["tenant_id", "plan_id"])
    op.create_index("plan_evidence_tenant_id_action_id_idx", "plan_evidence", ["tenant_id", "action_id"])
    op.create_index("plan_change_tenant_id_plan_id_idx", "plan_change", ["tenant_id", "plan_id"])
    op.create_index("delivery_tenant_id_state_due_at_idx", "delivery", ["tenant_id", "state", "due_at"])


def _put_up_walls() -> None:
    for table in CHANGED:
        _policy(table, "ALL", f"tenant_id = {MINE}")
    for table in APPENDED:
        _policy(table, "SELECT", f"tenant_id = {MINE}")
        _policy(table, "INSERT", f"tenant_id = {MINE}")
        _policy(table, "DELETE", f"tenant_id = {MINE} AND {LEAVING}")
    for table in (*CHANGED, *APPENDED):
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
