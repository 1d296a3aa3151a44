"""Tasks from a meeting's conclusions, targets in numbers, and supports."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        _moment("given_at", nullable=False),
        sa.Column("assigned_to", sa.Integer(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        _moment("done_at"),
        *(_person("tasks", name) for name in ("given_by", "assigned_to", "done_by")),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sa.UniqueConstraint("number", name="uq_tasks_number"),
    )
    for column in ("commune_code", "province_code", "given_by", "assigned_to"):
        op.create_index(f"ix_tasks_{column}", "tasks", [column])
    op.create_table(
        "counted_targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("star", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        _moment("set_at", nullable=False),
        _person("counted_targets", "set_by"),
        sa.PrimaryKeyConstraint("id", name="pk_counted_targets"),
        sa.UniqueConstraint(
            *("province_code", "commune_code", "year", "kind", "star"),
            name="uq_counted_targets_what",
        ),
    )
    _supports()


def _supports() -> None:
    op.create_table(
        "supports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        _moment("made_at", nullable=False),
        _moment("dropped_at"),
        _person("supports", "made_by"),
        sa.ForeignKeyConstraint(
            ["producer_id"], ["producers.id"], name="fk_supports_producer_id_producers"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_supports"),
        sa.UniqueConstraint("number", name="uq_supports_number"),
    )
    for column in ("commune_code", "province_code", "producer_id"):
        op.create_index(f"ix_supports_{column}", "supports", [column])


def _moment(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_persons"
    return sa.ForeignKeyConstraint([column], ["persons.id"], name=name)


def downgrade() -> None:
    op.drop_table("supports")
    op.drop_table("counted_targets")
    op.drop_table("tasks")
