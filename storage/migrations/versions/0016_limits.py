"""Limits: how much each chat and each bot has sent lately."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "tallies",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("near", sa.BigInteger(), nullable=False),
        sa.Column("in_near", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("in_day", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "bot", "chat", "what", name="pk_tallies"),
    )
    op.create_index("ix_tallies_day", "tallies", ["day"])


def downgrade() -> None:
    op.drop_index("ix_tallies_day", "tallies")
    op.drop_table("tallies")
