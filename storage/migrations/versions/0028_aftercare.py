"""Photos of an inspection's site; what a producer made in a year as a number of a unit."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    with op.batch_alter_table("inspections") as table:
        table.add_column(sa.Column("seen", sa.String(), nullable=False, server_default="[]"))
    with op.batch_alter_table("yearly_figures") as table:
        table.add_column(sa.Column("made", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("unit", sa.String(), nullable=False, server_default=""))
    # Not in the same breath: SQLite would copy the rows that are there into columns without any.
    for name, column in (("inspections", "seen"), ("yearly_figures", "unit")):
        with op.batch_alter_table(name) as table:
            table.alter_column(column, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("yearly_figures") as table:
        table.drop_column("unit")
        table.drop_column("made")
    with op.batch_alter_table("inspections") as table:
        table.drop_column("seen")
