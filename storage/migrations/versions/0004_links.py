"""One person with several chats: how they were linked, and which of them letters go to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_TIMES = ("joined_at", "used_at", "blocked_at", "preferred_at")


def upgrade() -> None:
    with op.batch_alter_table("chats") as chats:
        for name in _TIMES:
            chats.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hashed", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("bot", sa.String(), nullable=True),
        sa.Column("chat", sa.String(), nullable=True),
        sa.Column("joined_id", sa.Integer(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_links_person_id"),
        sa.ForeignKeyConstraint(["joined_id"], ["persons.id"], name="fk_links_joined_id"),
        sa.PrimaryKeyConstraint("id", name="pk_links"),
    )
    op.create_index("ix_links_hashed", "links", ["hashed"])
    op.create_index("ix_links_person_id", "links", ["person_id"])
    op.create_index("ix_links_chat", "links", ["channel", "bot", "chat"])
    op.create_table(
        "link_misses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_link_misses"),
    )
    op.create_index("ix_link_misses_chat", "link_misses", ["channel", "bot", "chat"])


def downgrade() -> None:
    op.drop_table("link_misses")
    op.drop_table("links")
    with op.batch_alter_table("chats") as chats:
        for name in _TIMES:
            chats.drop_column(name)
