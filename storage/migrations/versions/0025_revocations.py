"""Certificates that are revoked: what was proposed of them, for what, and what was decided."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "revocations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("concluded", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _refers("certificate_id", "certificates"),
        _refers("made_by", "persons"),
        sa.PrimaryKeyConstraint("id", name="pk_revocations"),
        sa.UniqueConstraint("number", name="uq_revocations_number"),
    )
    for column in ("certificate_id", "made_by"):
        op.create_index(f"ix_revocations_{column}", "revocations", [column])
    with op.batch_alter_table("certificates") as table:
        table.add_column(sa.Column("revoked_on", sa.Date(), nullable=True))


def _refers(column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_revocations_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def downgrade() -> None:
    with op.batch_alter_table("certificates") as table:
        table.drop_column("revoked_on")
    op.drop_table("revocations")
