"""The desk: links that let an officer in, and who sits there."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
_AT = sa.DateTime(timezone=True)
_TABLES = {"desk_links": ("until",), "desk_sessions": ("began_at", "seen_at")}


def upgrade() -> None:
    for table, times in _TABLES.items():
        op.create_table(
            table,
            sa.Column("hashed", sa.String(), nullable=False),
            sa.Column("person_id", sa.Integer(), nullable=False),
            *(sa.Column(name, sa.String(), nullable=False) for name in ("channel", "bot", "chat")),
            *(sa.Column(name, _AT, nullable=False) for name in times),
            sa.PrimaryKeyConstraint("hashed", name=f"pk_{table}"),
            sa.ForeignKeyConstraint(
                ["person_id"], ["persons.id"], name=f"fk_{table}_person_id_persons"
            ),
        )
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_index(f"ix_{table}_person_id", table)
        op.drop_table(table)
