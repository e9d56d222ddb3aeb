"""Notices go after a while: they are still never changed, but a tenant may remove its own.

Revision: 0007, follows 0006.

On PostgreSQL their wall let them go only with a suspended tenant. SQLite has no walls.
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MINE = "(SELECT nullif(current_setting('steelyard.tenant', true), '')::bigint)"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP POLICY notice_delete ON notice")
        op.execute(f"CREATE POLICY notice_delete ON notice FOR DELETE USING (tenant_id = {MINE})")
