"""Announcements know since when what they tell of is called off."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
_TOLD = """
UPDATE announcements SET called_off_at = (
    SELECT MIN(told.started_at) FROM announcements AS told
    WHERE told.corrects = announcements.id AND told.said LIKE '%"called_off":%'
)
"""


def upgrade() -> None:
    with op.batch_alter_table("announcements") as announcements:
        announcements.add_column(sa.Column("called_off_at", sa.DateTime(timezone=True)))
    op.execute(_TOLD)


def downgrade() -> None:
    with op.batch_alter_table("announcements") as announcements:
        announcements.drop_column("called_off_at")
