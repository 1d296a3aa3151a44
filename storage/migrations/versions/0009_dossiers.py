"""Dossiers: what is claimed, the papers that were given, what was told for those that we write."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _dossiers()
    _papers()
    op.create_table(
        "claims",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("option", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("hand", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name="fk_claims_dossier_id_dossiers"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_claims_person_id_persons"),
        sa.PrimaryKeyConstraint("dossier_id", "criterion", name="pk_claims"),
    )
    op.create_table(
        "writings",
        sa.Column("product", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("hand", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["product"], ["dossiers.id"], name="fk_writings_product_dossiers"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_writings_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("product", "kind", name="pk_writings"),
    )


def _dossiers() -> None:
    op.create_table(
        "dossiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("root", sa.Integer(), nullable=True),
        sa.Column("follows", sa.Integer(), nullable=True),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("product_set", sa.Integer(), nullable=False),
        sa.Column("variant", sa.String(), nullable=True),
        sa.Column("case", sa.String(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("round_key", sa.String(), nullable=True),
        sa.Column("council", sa.Date(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["root"], ["dossiers.id"], name="fk_dossiers_root_dossiers"),
        sa.ForeignKeyConstraint(["follows"], ["dossiers.id"], name="fk_dossiers_follows_dossiers"),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_dossiers_idea_id_ideas"),
        sa.ForeignKeyConstraint(
            ["producer_id"], ["producers.id"], name="fk_dossiers_producer_id_producers"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_dossiers_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_dossiers"),
        sa.UniqueConstraint("number", name="uq_dossiers_number"),
    )
    for column in ("root", "idea_id", "producer_id"):
        op.create_index(f"ix_dossiers_{column}", "dossiers", [column])


def _papers() -> None:
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("product", sa.Integer(), nullable=True),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("issued", sa.Date(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("copy_kind", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("flaws", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("hand", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_by", sa.Integer(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["producer_id"], ["producers.id"], name="fk_papers_producer_id_producers"
        ),
        sa.ForeignKeyConstraint(["product"], ["dossiers.id"], name="fk_papers_product_dossiers"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_papers_person_id_persons"),
        sa.ForeignKeyConstraint(["judged_by"], ["persons.id"], name="fk_papers_judged_by_persons"),
        sa.PrimaryKeyConstraint("id", name="pk_papers"),
    )
    for column in ("producer_id", "product"):
        op.create_index(f"ix_papers_{column}", "papers", [column])
    op.create_table(
        "paper_pages",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_paper_pages_paper_id_papers"),
        sa.PrimaryKeyConstraint("paper_id", "position", name="pk_paper_pages"),
    )


def downgrade() -> None:
    for table in ("writings", "claims", "paper_pages", "papers", "dossiers"):
        op.drop_table(table)
