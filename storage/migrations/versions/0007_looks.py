"""Papers are looked at when they come, and what was seen is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "looks",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("refused", sa.String(), nullable=True),
        sa.Column("faults", sa.String(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("clean", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("issued", sa.String(), nullable=True),
        sa.Column("expires", sa.String(), nullable=True),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.Column("titles", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["files.sha256"], name="fk_looks_sha256"),
        sa.ForeignKeyConstraint(["clean"], ["files.sha256"], name="fk_looks_clean"),
        sa.PrimaryKeyConstraint("sha256", name="pk_looks"),
    )


def downgrade() -> None:
    op.drop_table("looks")
