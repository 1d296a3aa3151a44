"""Inspections after certification, and the figures of a producer's year."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "inspections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("samples", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=True),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("photos", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        _moment("made_at", nullable=False),
        _moment("mended_at"),
        _moment("closed_at"),
        _refers("inspections", "producer_id", "producers"),
        _refers("inspections", "made_by", "persons"),
        sa.PrimaryKeyConstraint("id", name="pk_inspections"),
        sa.UniqueConstraint("number", name="uq_inspections_number"),
    )
    op.create_index("ix_inspections_producer_id", "inspections", ["producer_id"])
    op.create_index("ix_inspections_made_by", "inspections", ["made_by"])
    op.create_table(
        "inspection_products",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("certificate", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("star", sa.Integer(), nullable=False),
        _refers("inspection_products", "inspection_id", "inspections"),
        sa.PrimaryKeyConstraint("inspection_id", "certificate", name="pk_inspection_products"),
    )
    op.create_table(
        "yearly_figures",
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("output", sa.String(), nullable=False),
        sa.Column("sales", sa.BigInteger(), nullable=True),
        sa.Column("workers", sa.Integer(), nullable=True),
        sa.Column("local_workers", sa.Integer(), nullable=True),
        sa.Column("markets", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _moment("told_at", nullable=False),
        _refers("yearly_figures", "producer_id", "producers"),
        _refers("yearly_figures", "person_id", "persons"),
        sa.PrimaryKeyConstraint("producer_id", "year", name="pk_yearly_figures"),
    )


def _moment(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def downgrade() -> None:
    for table in ("yearly_figures", "inspection_products", "inspections"):
        op.drop_table(table)
