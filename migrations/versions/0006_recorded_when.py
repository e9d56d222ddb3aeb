"""When places and attributes of units were recorded, and what they were before; how far values lie apart.

Revision: 0006, follows 0005.

What was recorded before this version has no moment: it counts as recorded since ever. Each new table stands
under row-level security as 0002 says.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)

Columns = list[tuple[str, sa.types.TypeEngine[Any]]]

DATED: dict[str, Columns] = {
    "unit_parent": [("parent_id", KEY)],
    "unit_attribute": [("name", CODE), ("value", CODE)],
}
"""Tables of what holds for units from a day on, and what it is that holds there."""

MINE = "(SELECT nullif(current_setting('steelyard.tenant', true), '')::bigint)"
LEAVING = f"EXISTS (SELECT FROM tenant WHERE id = {MINE} AND state = 'suspended' AND code <> 'default')"


def upgrade() -> None:
    op.add_column("measurement", sa.Column("squares", CODE))
    for table, columns in DATED.items():
        op.add_column(table, sa.Column("recorded_at", TIME))
        _create_past(f"past_{table}", columns)
    if op.get_bind().dialect.name == "postgresql":
        for table in DATED:
            _put_up_walls(f"past_{table}")


def _create_past(table: str, columns: Columns) -> None:
    op.create_table(
        table,
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        *(sa.Column(name, type_, nullable=False) for name, type_ in columns),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("recorded_at", TIME),
        sa.Column("superseded_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"{table}_pk"),
        *(_same_tenant(table, name) for name in ("unit_id", "parent_id") if name in _names(columns)),
    )
    op.create_index(f"{table}_tenant_id_unit_id_idx", table, ["tenant_id", "unit_id"])


def _names(columns: Columns) -> set[str]:
    return {"unit_id", *(name for name, _ in columns)}


def _same_tenant(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column], ["unit.tenant_id", "unit.id"], name=f"{table}_tenant_id_{column}_fk"
    )


def _put_up_walls(table: str) -> None:
    _policy(table, "SELECT", f"USING (tenant_id = {MINE})")
    _policy(table, "INSERT", f"WITH CHECK (tenant_id = {MINE})")
    _policy(table, "DELETE", f"USING (tenant_id = {MINE} AND {LEAVING})")
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _policy(table: str, command: str, clause: str) -> None:
    op.execute(f"CREATE POLICY {table}_{command.lower()} ON {table} FOR {command} {clause}")
