"""Questions: where they lie, what they are about, who is responsible; and what was done with them.

Those that were asked before lie where the producer of who asked them is at home.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_POINTING = {
    "producer_id": "producers",
    "dossier_id": "dossiers",
    "follows": "questions",
    "assigned_to": "persons",
}
_WORDS = ("commune_code", "province_code", "paper", "criterion", "topic", "ready")
_MOMENTS = ("told_at", "raised_at")
_DAYS = ("remind_on", "raise_on")
_LOOKED_UP = ("producer_id", "commune_code", "province_code", "assigned_to")


def upgrade() -> None:
    with op.batch_alter_table("questions") as questions:
        for name, table in _POINTING.items():
            questions.add_column(sa.Column(name, sa.Integer(), nullable=True))
            questions.create_foreign_key(f"fk_questions_{name}_{table}", table, [name], ["id"])
        for name in _WORDS:
            questions.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        for name in _MOMENTS:
            questions.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name in _DAYS:
            questions.add_column(sa.Column(name, sa.Date(), nullable=True))
        for name in _LOOKED_UP:
            questions.create_index(f"ix_questions_{name}", [name])
    with op.batch_alter_table("questions") as questions:  # apart, as the rows there need a value
        for name in _WORDS:
            questions.alter_column(name, server_default=None)
    _place()
    _remarks()


def _place() -> None:
    op.execute(
        "UPDATE questions SET told_at = asked_at, producer_id = (SELECT min(producer_id)"
        " FROM memberships WHERE memberships.person_id = questions.person_id)"
    )
    for name in ("commune_code", "province_code"):
        op.execute(
            f"UPDATE questions SET {name} = (SELECT {name} FROM producers"
            " WHERE producers.id = questions.producer_id) WHERE producer_id IS NOT NULL"
        )


def _remarks() -> None:
    op.create_table(
        "remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("to_person", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_remarks_question_id_questions"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_remarks_person_id_persons"),
        sa.ForeignKeyConstraint(["to_person"], ["persons.id"], name="fk_remarks_to_person_persons"),
        sa.PrimaryKeyConstraint("id", name="pk_remarks"),
    )
    op.create_index("ix_remarks_question_id", "remarks", ["question_id"])


def downgrade() -> None:
    op.drop_table("remarks")
    for name in _LOOKED_UP:
        op.drop_index(f"ix_questions_{name}", "questions")
    with op.batch_alter_table("questions") as questions:
        for name, table in _POINTING.items():
            questions.drop_constraint(f"fk_questions_{name}_{table}", type_="foreignkey")
        for name in (*_POINTING, *_WORDS, *_MOMENTS, *_DAYS):
            questions.drop_column(name)
