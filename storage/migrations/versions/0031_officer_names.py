"""What officers are called, from their invitation on."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    for name in ("officers", "invitations"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("name", sa.String(), nullable=False, server_default=""))
        with op.batch_alter_table(name) as table:  # the rows that are there have it by now
            table.alter_column("name", server_default=None)


def downgrade() -> None:
    for name in ("officers", "invitations"):
        with op.batch_alter_table(name) as table:
            table.drop_column("name")
