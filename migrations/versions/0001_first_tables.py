"""The first tables.

Revision: 0001, the first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A migration keeps the types of its day: later changes of the code must not reach back into it.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def same_tenant(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=f"{table}_tenant_id_{column}_fk",
    )


def upgrade() -> None:
    _create_tenant_tables()
    _create_unit_tables()
    _create_period_tables()
    _create_scheme_tables()
    _create_measurement_tables()
    _create_run_tables()


def _create_tenant_tables() -> None:
    op.create_table(
        "tenant",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="tenant_pk"),
        sa.UniqueConstraint("code", name="tenant_code_key"),
    )
    op.create_table(
        "version_stamp",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("topic", CODE, nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "topic", name="version_stamp_pk"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name="version_stamp_tenant_id_fk"),
        sqlite_with_rowid=False,
    )


def _create_unit_tables() -> None:
    op.create_table(
        "unit",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("unit_type", CODE, nullable=False),
        sa.Column("opened_on", sa.Date()),
        sa.Column("closed_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name="unit_pk"),
        sa.UniqueConstraint("tenant_id", "code", name="unit_tenant_id_code_key"),
        sa.UniqueConstraint("tenant_id", "id", name="unit_tenant_id_id_key"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name="unit_tenant_id_fk"),
    )
    op.create_table(
        "unit_parent",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("parent_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "unit_id", "valid_from", name="unit_parent_pk"),
        same_tenant("unit_parent", "parent_id", "unit"),
        same_tenant("unit_parent", "unit_id", "unit"),
        sa.CheckConstraint("valid_to > valid_from", name=op.f("unit_parent_interval_check")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unit_attribute",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("name", CODE, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("value", CODE, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "unit_id", "name", "valid_from", name="unit_attribute_pk"),
        same_tenant("unit_attribute", "unit_id", "unit"),
        sa.CheckConstraint("valid_to > valid_from", name=op.f("unit_attribute_interval_check")),
        sqlite_with_rowid=False,
    )


def _create_period_tables() -> None:
    op.create_table(
        "calendar",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="calendar_pk"),
        sa.UniqueConstraint("tenant_id", "code", name="calendar_tenant_id_code_key"),
        sa.UniqueConstraint("tenant_id", "id", name="calendar_tenant_id_id_key"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name="calendar_tenant_id_fk"),
    )
    op.create_table(
        "period",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("calendar_id", KEY, nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="period_pk"),
        sa.UniqueConstraint("tenant_id", "calendar_id", "code", name="period_tenant_id_calendar_id_code_key"),
        sa.UniqueConstraint("tenant_id", "id", name="period_tenant_id_id_key"),
        same_tenant("period", "calendar_id", "calendar"),
        sa.CheckConstraint("end_date > start_date", name=op.f("period_interval_check")),
    )


def _create_scheme_tables() -> None:
    op.create_table(
        "scheme_version",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("scheme", CODE, nullable=False),
        sa.Column("version", CODE, nullable=False),
        sa.Column("hash", CODE, nullable=False),
        sa.Column("pack", CODE, nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="scheme_version_pk"),
        sa.UniqueConstraint("tenant_id", "hash", name="scheme_version_tenant_id_hash_key"),
        sa.UniqueConstraint("tenant_id", "id", name="scheme_version_tenant_id_id_key"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name="scheme_version_tenant_id_fk"),
    )
    op.create_table(
        "weight_set",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("scheme", CODE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("effective_from", KEY),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("author", CODE, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="weight_set_pk"),
        sa.UniqueConstraint("tenant_id", "id", name="weight_set_tenant_id_id_key"),
        sa.UniqueConstraint("tenant_id", "scheme", "number", name="weight_set_tenant_id_scheme_number_key"),
        same_tenant("weight_set", "effective_from", "period"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name="weight_set_tenant_id_fk"),
    )


def _create_measurement_tables() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", CODE, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("recorded_by", CODE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="import_batch_pk"),
        sa.UniqueConstraint("tenant_id", "content", name="import_batch_tenant_id_content_key"),
        sa.UniqueConstraint("tenant_id", "id", name="import_batch_tenant_id_id_key"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name="import_batch_tenant_id_fk"),
    )
    op.create_table(
        "measurement",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("pack", CODE, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("period_id", KEY, nullable=False),
        sa.Column("measure", CODE, nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("value", CODE),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("recorded_by", CODE, nullable=False),
        sa.Column("source", CODE, nullable=False),
        sa.Column("import_id", KEY),
        sa.Column("import_row", sa.Integer()),
        sa.Column("supersedes", KEY),
        sa.PrimaryKeyConstraint("id", name="measurement_pk"),
        sa.ForeignKeyConstraint(["supersedes"], ["measurement.id"], name="measurement_supersedes_fk"),
        same_tenant("measurement", "import_id", "import_batch"),
        same_tenant("measurement", "period_id", "period"),
        same_tenant("measurement", "unit_id", "unit"),
        sa.CheckConstraint("(status = 'value') = (value IS NOT NULL)", name=op.f("measurement_value_check")),
    )
    op.create_table(
        "current_measurement",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("pack", CODE, nullable=False),
        sa.Column("period_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("measure", CODE, nullable=False),
        sa.Column("measurement_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint(
            "tenant_id", "pack", "period_id", "unit_id", "measure", name="current_measurement_pk"
        ),
        sa.ForeignKeyConstraint(
            ["measurement_id"], ["measurement.id"], name="current_measurement_measurement_id_fk"
        ),
        sqlite_with_rowid=False,
    )


def _create_run_tables() -> None:
    op.create_table(
        "run",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("scheme", CODE, nullable=False),
        sa.Column("scheme_id", KEY, nullable=False),
        sa.Column("weight_set_id", KEY),
        sa.Column("period_id", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("inputs_hash", CODE, nullable=False),
        sa.Column("result_hash", CODE, nullable=False),
        sa.Column("engine_version", CODE, nullable=False),
        sa.Column("evaluated_at", TIME, nullable=False),
        sa.Column("evaluated_by", CODE, nullable=False),
        sa.Column("unit_ids", sa.JSON(), nullable=False),
        sa.Column("nodes", sa.JSON(), nullable=False),
        sa.Column("arrays", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="run_pk"),
        sa.UniqueConstraint("tenant_id", "id", name="run_tenant_id_id_key"),
        sa.UniqueConstraint(
            "tenant_id", "scheme", "period_id", "revision", name="run_tenant_id_scheme_period_id_revision_key"
        ),
        same_tenant("run", "period_id", "period"),
        same_tenant("run", "scheme_id", "scheme_version"),
        same_tenant("run", "weight_set_id", "weight_set"),
    )
    op.create_table(
        "run_head",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("scheme", CODE, nullable=False),
        sa.Column("period_id", KEY, nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "scheme", "period_id", name="run_head_pk"),
        same_tenant("run_head", "period_id", "period"),
        same_tenant("run_head", "run_id", "run"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "run_root",
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("outcome", CODE, nullable=False),
        sa.Column("score", sa.Double()),
        sa.Column("coverage", sa.Double()),
        sa.Column("band", CODE),
        sa.Column("verdict", CODE),
        sa.Column("passed", sa.Boolean()),
        sa.PrimaryKeyConstraint("tenant_id", "run_id", "unit_id", name="run_root_pk"),
        same_tenant("run_root", "run_id", "run"),
        same_tenant("run_root", "unit_id", "unit"),
        sqlite_with_rowid=False,
    )
    op.create_index("run_root_tenant_id_unit_id_idx", "run_root", ["tenant_id", "unit_id"])
