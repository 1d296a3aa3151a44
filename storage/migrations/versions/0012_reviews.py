"""Reviews: every verdict on ideas, papers and dossiers, and what the last one made of them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _moment("at", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_reviews_person_id_persons"),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reviews_subject", "reviews", ["kind", "subject", "id"])
    for table in ("ideas", "papers", "dossiers"):
        with op.batch_alter_table(table) as subjects:
            subjects.add_column(_turns())
    _ideas()
    with op.batch_alter_table("dossiers") as dossiers:
        dossiers.add_column(_moment("checked_at"))
        dossiers.add_column(sa.Column("checked_by", sa.Integer(), nullable=True))
        dossiers.create_foreign_key(
            "fk_dossiers_checked_by_persons", "persons", ["checked_by"], ["id"]
        )


def _moment(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _turns() -> sa.Column:
    return sa.Column("turns", sa.Integer(), nullable=False, server_default="0")


def _ideas() -> None:
    with op.batch_alter_table("ideas") as ideas:
        ideas.add_column(sa.Column("verdict", sa.String(), nullable=True))
        ideas.add_column(sa.Column("follows", sa.Integer(), nullable=True))
        ideas.add_column(_moment("moved_at"))
        ideas.create_foreign_key("fk_ideas_follows_ideas", "ideas", ["follows"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("dossiers") as dossiers:
        dossiers.drop_constraint("fk_dossiers_checked_by_persons", type_="foreignkey")
        for name in ("turns", "checked_at", "checked_by"):
            dossiers.drop_column(name)
    with op.batch_alter_table("papers") as papers:
        papers.drop_column("turns")
    with op.batch_alter_table("ideas") as ideas:
        ideas.drop_constraint("fk_ideas_follows_ideas", type_="foreignkey")
        for name in ("turns", "verdict", "follows", "moved_at"):
            ideas.drop_column(name)
    op.drop_table("reviews")
