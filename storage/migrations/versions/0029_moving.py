"""Letters that were sent can get other words; announcements know which one tells of them."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("edits", sa.BigInteger()))
    with op.batch_alter_table("announcements") as announcements:
        announcements.add_column(sa.Column("letter_id", sa.Integer()))


def downgrade() -> None:
    with op.batch_alter_table("announcements") as announcements:
        announcements.drop_column("letter_id")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("edits")
