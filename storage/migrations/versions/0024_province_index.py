"""The producers of a province are found without looking at all of them."""

from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_index("ix_producers_province_code", "producers", ["province_code"])


def downgrade() -> None:
    op.drop_index("ix_producers_province_code", "producers")
