"""What offices set of their own; letters that answer nothing are found by whom they went to."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
_AT = sa.DateTime(timezone=True)
_STANDS = sa.text("replaced_at IS NULL")
_UNASKED = sa.text("rank > 0")
_UNSENT = sa.text("status = 'waiting' AND rank > 0")


def upgrade() -> None:
    op.create_table(
        "office_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("area", "name", "body")),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", _AT, nullable=False),
        sa.Column("replaced_at", _AT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_office_settings"),
        sa.ForeignKeyConstraint(
            ["set_by"], ["persons.id"], name="fk_office_settings_set_by_persons"
        ),
    )
    op.create_index(
        "ix_office_settings_standing",
        "office_settings",
        ["area", "name"],
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    )
    with op.batch_alter_table("help_units") as units:
        units.add_column(sa.Column("area", sa.String(), nullable=False, server_default=sa.text("''")))
    _person_index("ix_outbox_unsent", "ix_outbox_unasked", _UNASKED)


def downgrade() -> None:
    _person_index("ix_outbox_unasked", "ix_outbox_unsent", _UNSENT)
    with op.batch_alter_table("help_units") as units:
        units.drop_column("area")
    op.drop_index("ix_office_settings_standing", "office_settings")
    op.drop_table("office_settings")


def _person_index(old: str, new: str, where: sa.TextClause) -> None:
    op.drop_index(old, "outbox")
    op.create_index(
        new, "outbox", ["person_id"], sqlite_where=where, postgresql_where=where
    )
