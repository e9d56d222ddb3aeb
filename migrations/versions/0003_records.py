"""Records and assessments: where measures come from.

Revision: 0003, follows 0002.

Each new table stands under row-level security as 0002 says.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)

CHANGED = [
    "assessment",
    "assessment_evidence",
    "assessment_line",
    "content_folder",
    "import_job",
    "record_feed",
    "record_quality",
    "record_waiting",
]
"""Tables of a tenant whose rows change."""
APPENDED = ["measurement_rating", "record_extent", "record_import", "record_withdrawal"]
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
    op.add_column("measurement", sa.Column("numerator", CODE))
    op.add_column("measurement", sa.Column("denominator", CODE))
    op.add_column("measurement", sa.Column("n", sa.Integer()))
    _create_record_tables()
    _create_job_tables()
    _create_assessment_tables()
    _create_indices()
    if op.get_bind().dialect.name == "postgresql":
        _put_up_walls()


def _create_record_tables() -> None:
    op.create_table(
        "record_import",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("import_id", KEY, nullable=False),
        sa.Column("pack", CODE, nullable=False),
        sa.Column("record_table", CODE, nullable=False),
        sa.Column("adapter", CODE, nullable=False),
        sa.Column("declaration", CODE, nullable=False),
        sa.Column("part", CODE),
        sa.Column("rejects", CODE),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("superseded", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "import_id", name="record_import_pk"),
        same_tenant("record_import", "import_id", "import_batch"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_extent",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("import_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "import_id", "unit_id", name="record_extent_pk"),
        same_tenant("record_extent", "import_id", "import_batch"),
        same_tenant("record_extent", "unit_id", "unit"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_withdrawal",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("import_id", KEY, nullable=False),
        sa.Column("withdrawn_at", TIME, nullable=False),
        sa.Column("withdrawn_by", CODE, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "import_id", name="record_withdrawal_pk"),
        same_tenant("record_withdrawal", "import_id", "import_batch"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_feed",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("pack", CODE, nullable=False),
        sa.Column("record_table", CODE, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("period_id", KEY, nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("declared_at", TIME, nullable=False),
        sa.Column("declared_by", CODE, nullable=False),
        sa.PrimaryKeyConstraint(
            "tenant_id", "pack", "record_table", "unit_id", "period_id", name="record_feed_pk"
        ),
        same_tenant("record_feed", "period_id", "period"),
        same_tenant("record_feed", "unit_id", "unit"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_waiting",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("import_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("period_id", KEY, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("applied_at", TIME),
        sa.PrimaryKeyConstraint("tenant_id", "import_id", "unit_id", "period_id", name="record_waiting_pk"),
        same_tenant("record_waiting", "import_id", "import_batch"),
        same_tenant("record_waiting", "period_id", "period"),
        same_tenant("record_waiting", "unit_id", "unit"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_quality",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("pack", CODE, nullable=False),
        sa.Column("record_table", CODE, nullable=False),
        sa.Column("check", CODE, nullable=False),
        sa.Column("period_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("examined", sa.Integer(), nullable=False),
        sa.Column("flagged", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "tenant_id", "pack", "record_table", "check", "period_id", "unit_id", name="record_quality_pk"
        ),
        same_tenant("record_quality", "period_id", "period"),
        same_tenant("record_quality", "unit_id", "unit"),
        sqlite_with_rowid=False,
    )


def _create_job_tables() -> None:
    op.create_table(
        "content_folder",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("identity", CODE, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", name="content_folder_pk"),
        tenant_reference("content_folder"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_job",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("job", CODE, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("target", CODE, nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("stage_zh", sa.String(), nullable=False),
        sa.Column("stage_en", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("cancel", sa.Boolean(), nullable=False),
        sa.Column("import_id", KEY),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("started_by", CODE, nullable=False),
        sa.Column("told_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "job", name="import_job_pk"),
        sa.CheckConstraint("done >= 0 AND total >= 0", name=op.f("import_job_progress_check")),
        tenant_reference("import_job"),
        same_tenant("import_job", "import_id", "import_batch"),
        sqlite_with_rowid=False,
    )


def _create_assessment_tables() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("number", CODE, nullable=False),
        sa.Column("scheme", CODE, nullable=False),
        sa.Column("scheme_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("period_id", KEY, nullable=False),
        sa.Column("rater", CODE, nullable=False),
        sa.Column("rater_type", CODE, nullable=False),
        sa.Column("own_unit", sa.Boolean(), nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("import_id", KEY),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("submitted_at", TIME),
        sa.Column("decided_at", TIME),
        sa.Column("decided_by", CODE),
        sa.Column("decision_reason", sa.String()),
        sa.PrimaryKeyConstraint("id", name="assessment_pk"),
        unique("assessment", "tenant_id", "id"),
        same_tenant("assessment", "import_id", "import_batch"),
        unique("assessment", "tenant_id", "number"),
        same_tenant("assessment", "period_id", "period"),
        same_tenant("assessment", "scheme_id", "scheme_version"),
        same_tenant("assessment", "unit_id", "unit"),
    )
    op.create_table(
        "assessment_line",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("assessment_id", KEY, nullable=False),
        sa.Column("measure", CODE, nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("value", CODE),
        sa.Column("comment", sa.String()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "assessment_id", "measure", name="assessment_line_pk"),
        same_tenant("assessment_line", "assessment_id", "assessment"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "assessment_evidence",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("assessment_id", KEY, nullable=False),
        sa.Column("measure", CODE, nullable=False),
        sa.Column("content", CODE, nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", CODE, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("added_by", CODE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="assessment_evidence_pk"),
        same_tenant("assessment_evidence", "assessment_id", "assessment"),
        tenant_reference("assessment_evidence"),
    )
    op.create_table(
        "measurement_rating",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("measurement_id", KEY, nullable=False),
        sa.Column("assessment_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "measurement_id", "assessment_id", name="measurement_rating_pk"),
        sa.ForeignKeyConstraint(
            ["measurement_id"], ["measurement.id"], name="measurement_rating_measurement_id_fk"
        ),
        same_tenant("measurement_rating", "assessment_id", "assessment"),
        sqlite_with_rowid=False,
    )


def _create_indices() -> None:
    op.create_index(
        "record_import_tenant_id_pack_record_table_idx",
        "record_import",
        ["tenant_id", "pack", "record_table"],
    )
    op.create_index("record_extent_tenant_id_unit_id_idx", "record_extent", ["tenant_id", "unit_id"])
    op.create_index("assessment_tenant_id_unit_id_idx", "assessment", ["tenant_id", "unit_id"])
    op.create_index(
        "assessment_evidence_tenant_id_assessment_id_idx",
        "assessment_evidence",
        ["tenant_id", "assessment_id"],
    )
    op.create_index("measurement_rating_measurement_id_idx", "measurement_rating", ["measurement_id"])


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
