"""Ballots: a member's own words at criteria, and why a product should be out."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
_WORDS = {"remarks": "{}", "barred": ""}


def upgrade() -> None:
    for name, empty in _WORDS.items():
        with op.batch_alter_table("ballots") as table:
            table.add_column(sa.Column(name, sa.String(), nullable=False, server_default=empty))
            table.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("ballots") as table:
        for name in _WORDS:
            table.drop_column(name)
