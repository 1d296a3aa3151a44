"""The tax codes of producers, as registers tell them."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    with op.batch_alter_table("producers") as table:
        table.add_column(sa.Column("tax_code", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("producers") as table:
        table.drop_column("tax_code")
