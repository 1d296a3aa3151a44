"""Officers say which producers of a register are producers of the chat."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "pairings",
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("moved", sa.String(), nullable=False),
        sa.Column("judged_by", sa.Integer(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["register_id"], ["producers.id"]),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"]),
        sa.ForeignKeyConstraint(["judged_by"], ["persons.id"]),
        sa.PrimaryKeyConstraint("register_id", "producer_id"),
    )
    op.create_index("ix_pairings_producer_id", "pairings", ["producer_id"])


def downgrade() -> None:
    op.drop_table("pairings")
