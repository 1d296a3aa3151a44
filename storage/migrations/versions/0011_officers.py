"""Officers: their roles, invitations, and the log of what they do and look at."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("officers") as officers:
        officers.add_column(
            sa.Column("role", sa.String(), nullable=False, server_default="commune")
        )
        officers.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        officers.add_column(sa.Column("appointed_by", sa.Integer(), nullable=True))
        officers.create_foreign_key(
            "fk_officers_unit_id_help_units", "help_units", ["unit_id"], ["id"]
        )
        officers.create_foreign_key(
            "fk_officers_appointed_by_persons", "persons", ["appointed_by"], ["id"]
        )
        officers.create_index("ix_officers_area", ["area"])
    with op.batch_alter_table("officers") as officers:  # apart, as the rows there need a value
        officers.alter_column("role", server_default=None)
    op.execute("UPDATE officers SET role = 'administrator' WHERE area = ''")
    op.execute("UPDATE officers SET role = 'province' WHERE length(area) = 2")
    _invitations()
    _audit()


def _moment(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hashed", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        _moment("until", nullable=False),
        _moment("used_at"),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.Column("follows", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["help_units.id"], name="fk_invitations_unit_id_help_units"
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["persons.id"], name="fk_invitations_made_by_persons"
        ),
        sa.ForeignKeyConstraint(
            ["used_by"], ["persons.id"], name="fk_invitations_used_by_persons"
        ),
        sa.ForeignKeyConstraint(
            ["follows"], ["persons.id"], name="fk_invitations_follows_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("hashed", name="uq_invitations_hashed"),
    )
    op.create_index("ix_invitations_made_by", "invitations", ["made_by"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        _moment("at", nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_person", "audit", ["person"])


def downgrade() -> None:
    for table in ("audit", "invitations"):
        op.drop_table(table)
    op.drop_index("ix_officers_area", "officers")
    with op.batch_alter_table("officers") as officers:
        officers.drop_constraint("fk_officers_unit_id_help_units", type_="foreignkey")
        officers.drop_constraint("fk_officers_appointed_by_persons", type_="foreignkey")
        for name in ("role", "unit_id", "appointed_by"):
            officers.drop_column(name)
