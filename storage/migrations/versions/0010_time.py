"""Time: the days of rounds, days off, certificates, the cycle, reminders and summaries."""

from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    _days()
    _reminders()
    _certificates()
    _columns()


def _moment(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _to_person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["persons.id"], name=f"fk_{table}_{column}_persons")


def _days() -> None:
    op.create_table(
        "milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        _moment("set_at", nullable=False),
        _moment("replaced_at"),
        _to_person("milestones", "set_by"),
        sa.PrimaryKeyConstraint("id", name="pk_milestones"),
    )
    stands = sa.text("replaced_at IS NULL")
    op.create_index(
        "ix_milestones_standing",
        "milestones",
        ["round_key", "step", "area"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )
    op.create_table(
        "days_off",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        _moment("set_at", nullable=False),
        _to_person("days_off", "set_by"),
        sa.PrimaryKeyConstraint("day", name="pk_days_off"),
    )


def _reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        _moment("due_at", nullable=False),
        _moment("use_by", nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        _moment("settled_at"),
        sa.Column("letter", sa.Integer(), nullable=True),
        _to_person("reminders", "person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.UniqueConstraint(
            "person_id", "kind", "subject", "day", "before", name="uq_reminders_firing"
        ),
        sqlite_autoincrement=True,
    )
    _partial("reminders", "due", ["due_at"], "status = 'planned'")
    _partial("reminders", "subject", ["kind", "subject"], "status = 'planned'")
    _partial("reminders", "declined", ["kind"], "status = 'declined'")
    _partial("reminders", "letter", ["letter"], "letter IS NOT NULL")
    op.create_table(
        "digests",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        _moment("next_at"),
        sa.Column("said", sa.String(), nullable=False),
        _moment("said_at"),
        _to_person("digests", "person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_digests"),
    )
    _partial("digests", "next_at", ["next_at"], "next_at IS NOT NULL")
    _summaries()


def _summaries() -> None:
    """Let those who are officers have theirs each working day at eight, as new ones do."""
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    told = sa.text(
        "INSERT INTO digests (person_id, every, hour, weekday, next_at, said)"
        " SELECT person_id, 'day', 8, 0, :at, '' FROM officers"
    ).bindparams(sa.bindparam("at", type_=UtcDateTime))
    op.get_bind().execute(told, {"at": datetime.combine(tomorrow, time(1, tzinfo=UTC))})


def _certificates() -> None:
    op.create_table(
        "certificates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=True),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("product_set", sa.Integer(), nullable=False),
        sa.Column("star", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=False),
        sa.Column("refile_from", sa.Date(), nullable=False),
        sa.Column("refile_by", sa.Date(), nullable=False),
        _moment("renewed_at"),
        sa.Column("source", sa.String(), nullable=True),
        _moment("made_at", nullable=False),
        sa.ForeignKeyConstraint(
            ["producer_id"], ["producers.id"], name="fk_certificates_producer_id_producers"
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name="fk_certificates_dossier_id_dossiers"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_certificates"),
        sa.UniqueConstraint("source", name="uq_certificates_source"),
    )
    for column in ("producer_id", "dossier_id"):
        op.create_index(f"ix_certificates_{column}", "certificates", [column])
    op.create_table(
        "cycle_steps",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        _moment("at", nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name="fk_cycle_steps_dossier_id_dossiers"
        ),
        _to_person("cycle_steps", "person_id"),
        sa.PrimaryKeyConstraint("dossier_id", "step", name="pk_cycle_steps"),
    )


def _columns() -> None:
    for name in ("file_by", "begin_by", "review_by"):
        op.add_column("dossiers", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("dossiers", sa.Column("next_paper", sa.String(), nullable=True))
    for name in ("done", "total"):
        op.add_column(
            "dossiers", sa.Column(name, sa.Integer(), nullable=False, server_default="0")
        )
    for name in ("planned_at", "moved_at", "filed_at", "sent_up_at"):
        op.add_column("dossiers", _moment(name))
    with op.batch_alter_table("dossiers") as dossiers:
        for name in ("filed_by", "sent_up_by"):
            dossiers.add_column(sa.Column(name, sa.Integer(), nullable=True))
            dossiers.create_foreign_key(f"fk_dossiers_{name}_persons", "persons", [name], ["id"])
    op.execute("UPDATE dossiers SET moved_at = made_at")
    op.create_index("ix_dossiers_round_key", "dossiers", ["round_key"])
    _partial("dossiers", "unplanned", ["id"], "planned_at IS NULL")
    op.add_column("papers", sa.Column("ends", sa.Date(), nullable=True))
    with op.batch_alter_table("producers") as producers:
        producers.add_column(
            sa.Column("province_code", sa.String(), nullable=False, server_default="")
        )
    with op.batch_alter_table("producers") as producers:  # apart, as the rows there need a value
        producers.alter_column("province_code", server_default=None)
    _provinces()
    op.create_index("ix_memberships_producer_id", "memberships", ["producer_id"])
    op.add_column("outbox", _moment("use_by"))
    _partial("outbox", "unsent", ["person_id"], "status = 'waiting' AND rank > 0")
    _partial("outbox", "use_by", ["use_by"], "use_by IS NOT NULL AND status = 'waiting'")


def _partial(table: str, name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(
        f"ix_{table}_{name}", table, columns, sqlite_where=condition, postgresql_where=condition
    )


def _provinces() -> None:
    """Give the producers that are there the code of their province."""
    here = op.get_bind()
    told = sa.text("SELECT DISTINCT commune_code FROM producers WHERE commune_code <> ''")
    codes = [row[0] for row in here.execute(told)]
    if not codes:
        return
    from programme.places import places

    for code in codes:
        if commune := places().by_code(code):
            here.execute(
                sa.text("UPDATE producers SET province_code = :province WHERE commune_code = :code"),
                {"province": commune.province_code, "code": code},
            )


def downgrade() -> None:
    op.drop_index("ix_outbox_use_by", "outbox")
    op.drop_index("ix_outbox_unsent", "outbox")
    op.drop_column("outbox", "use_by")
    op.drop_column("producers", "province_code")
    op.drop_column("papers", "ends")
    op.drop_index("ix_memberships_producer_id", "memberships")
    op.drop_index("ix_dossiers_unplanned", "dossiers")
    op.drop_index("ix_dossiers_round_key", "dossiers")
    with op.batch_alter_table("dossiers") as dossiers:
        for name in ("filed_by", "sent_up_by"):
            dossiers.drop_constraint(f"fk_dossiers_{name}_persons", type_="foreignkey")
        for name in (
            *("file_by", "begin_by", "review_by", "next_paper", "done", "total"),
            *("planned_at", "moved_at", "filed_at", "sent_up_at", "filed_by", "sent_up_by"),
        ):
            dossiers.drop_column(name)
    for table in ("cycle_steps", "certificates", "digests", "reminders", "days_off", "milestones"):
        op.drop_table(table)
