"""Whether the sales of a year may stand by themselves in the register that is given out."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    with op.batch_alter_table("yearly_figures") as table:
        table.add_column(
            sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    with op.batch_alter_table("yearly_figures") as table:
        table.drop_column("shared")
