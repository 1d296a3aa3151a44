"""Announcements, and to whom each goes."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    _announcements()
    _recipients()


def _moment(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def _announcements() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("poster", sa.String(), nullable=True),
        sa.Column("aim", sa.String(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=True),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("previewed", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        _moment("send_at"),
        _moment("use_by"),
        _moment("made_at", nullable=False),
        _moment("started_at"),
        _moment("ended_at"),
        _to("announcements", "made_by", "persons"),
        _to("announcements", "fair_id", "fairs"),
        _to("announcements", "corrects", "announcements"),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
        sa.UniqueConstraint("number", name="uq_announcements_number"),
        sqlite_autoincrement=True,
    )
    for column in ("commune_code", "province_code", "made_by", "fair_id", "corrects"):
        op.create_index(f"ix_announcements_{column}", "announcements", [column])
    _partial("announcements", "begun", "status", "status IN ('ready', 'sending')")


def _recipients() -> None:
    op.create_table(
        "recipients",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        _moment("at", nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        _moment("answered_at"),
        sa.Column("needs", sa.String(), nullable=True),
        sa.Column("results", sa.String(), nullable=True),
        _to("recipients", "announcement_id", "announcements"),
        _to("recipients", "person_id", "persons"),
        _to("recipients", "producer_id", "producers"),
        sa.PrimaryKeyConstraint("announcement_id", "person_id", name="pk_recipients"),
    )
    op.create_index("ix_recipients_person_id", "recipients", ["person_id"])
    op.create_index("ix_recipients_producer_id", "recipients", ["producer_id"])
    lanes = ["announcement_id", "status", "channel", "bot", "person_id"]
    op.create_index("ix_recipients_status", "recipients", lanes)
    _partial("recipients", "letter", "letter_id", "status = 'posted'")


def _partial(table: str, name: str, column: str, which: str) -> None:
    where = {"sqlite_where": sa.text(which), "postgresql_where": sa.text(which)}
    op.create_index(f"ix_{table}_{name}", table, [column], **where)


def downgrade() -> None:
    for table in ("recipients", "announcements"):
        op.drop_table(table)
