"""Opinions that are asked in writing, and what is put off to a meeting by them."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    with op.batch_alter_table("sittings") as table:
        table.add_column(
            sa.Column("written", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("agenda") as table:
        empty = sa.text("''")
        table.add_column(sa.Column("to_meeting", sa.String(), nullable=False, server_default=empty))


def downgrade() -> None:
    with op.batch_alter_table("agenda") as table:
        table.drop_column("to_meeting")
    with op.batch_alter_table("sittings") as table:
        table.drop_column("written")
