"""Weight sets: how weights were found, pass lines and targets, changes of drafts, publication.

Revision: 0004, follows 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CODE = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("weight_set") as table:
        table.add_column(sa.Column("standards", sa.JSON()))
        table.add_column(sa.Column("method", sa.JSON()))
        table.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("changed_at", TIME))
        table.add_column(sa.Column("publication", sa.Integer()))
        table.add_column(sa.Column("published_at", TIME))
        table.add_column(sa.Column("published_by", CODE))
        table.create_unique_constraint(
            "weight_set_tenant_id_scheme_publication_key", ["tenant_id", "scheme", "publication"]
        )
