"""Councils: their seats, their meetings, and the sheets of their members."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "councils",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        _moment("made_at", nullable=False),
        _moment("ended_at"),
        _refers("councils", "made_by", "persons"),
        sa.PrimaryKeyConstraint("id", name="pk_councils"),
    )
    op.create_index("ix_councils_province_code", "councils", ["province_code"])
    op.create_table(
        "council_seats",
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("hashed", sa.String(), nullable=True),
        _moment("until"),
        _refers("council_seats", "council_id", "councils"),
        _refers("council_seats", "person_id", "persons"),
        sa.PrimaryKeyConstraint("council_id", "seat", name="pk_council_seats"),
        sa.UniqueConstraint("hashed", name="uq_council_seats_hashed"),
    )
    op.create_index("ix_council_seats_person_id", "council_seats", ["person_id"])
    _sittings()
    _ballots()


def _sittings() -> None:
    op.create_table(
        "sittings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        _moment("made_at", nullable=False),
        _moment("closed_at"),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        _refers("sittings", "council_id", "councils"),
        _refers("sittings", "made_by", "persons"),
        sa.PrimaryKeyConstraint("id", name="pk_sittings"),
    )
    op.create_index("ix_sittings_council_id", "sittings", ["council_id"])
    op.create_table(
        "sitting_seats",
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        _refers("sitting_seats", "sitting_id", "sittings"),
        sa.PrimaryKeyConstraint("sitting_id", "seat", name="pk_sitting_seats"),
    )
    op.create_table(
        "agenda",
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("refused", sa.String(), nullable=False),
        sa.Column("variant", sa.String(), nullable=True),
        sa.Column("star", sa.Integer(), nullable=True),
        sa.Column("points_of", sa.BigInteger(), nullable=True),
        sa.Column("points_by", sa.BigInteger(), nullable=True),
        _refers("agenda", "sitting_id", "sittings"),
        _refers("agenda", "dossier_id", "dossiers"),
        sa.PrimaryKeyConstraint("sitting_id", "dossier_id", name="pk_agenda"),
    )
    op.create_index("ix_agenda_dossier_id", "agenda", ["dossier_id"])


def _ballots() -> None:
    op.create_table(
        "ballots",
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.Column("aside", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _moment("changed_at", nullable=False),
        _moment("handed_in_at"),
        _refers("ballots", "sitting_id", "sittings"),
        _refers("ballots", "dossier_id", "dossiers"),
        _refers("ballots", "person_id", "persons"),
        sa.PrimaryKeyConstraint("sitting_id", "dossier_id", "seat", "turn", name="pk_ballots"),
    )


def _moment(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def downgrade() -> None:
    for table in ("ballots", "agenda", "sitting_seats", "sittings", "council_seats", "councils"):
        op.drop_table(table)
