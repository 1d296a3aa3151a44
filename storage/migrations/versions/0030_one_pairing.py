"""A register's producer is one with no more than one of the chat."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
_JOINED = sa.text("verdict = 'same'")


def upgrade() -> None:
    op.create_index(
        "ix_pairings_joined",
        "pairings",
        ["register_id"],
        unique=True,
        sqlite_where=_JOINED,
        postgresql_where=_JOINED,
    )


def downgrade() -> None:
    op.drop_index("ix_pairings_joined", "pairings")
