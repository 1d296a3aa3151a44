"""Privacy: what people asked to be erased, and how far that is.

From now on letters are deleted, and the number of one must not come again; an earlier migration
made SQLite's table anew without that promise.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("files", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_erasures_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
        sa.UniqueConstraint("number", name="uq_erasures_number"),
    )
    op.create_index("ix_erasures_person_id", "erasures", ["person_id"])
    op.create_index("ix_erasures_done_at", "erasures", ["done_at"])
    if op.get_bind().dialect.name == "sqlite":
        promise = {"sqlite_autoincrement": True}
        with op.batch_alter_table("outbox", recreate="always", table_kwargs=promise):
            pass


def downgrade() -> None:
    op.drop_table("erasures")
