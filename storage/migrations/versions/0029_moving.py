"""Letters that were sent can get other words; announcements know which one tells of them."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("edits", sa.BigInteger()))
    with op.batch_alter_table("announcements") as announcements:
        announcements.add_column(sa.Column("progress_letter", sa.Integer()))


def downgrade() -> None:
    with op.batch_alter_table("announcements") as announcements:
        announcements.drop_column("progress_letter")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("edits")
