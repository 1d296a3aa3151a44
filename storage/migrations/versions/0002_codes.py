"""Who used a code, so that whoever gave it can take back what it opened."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("codes") as codes:
        codes.add_column(sa.Column("used_by", sa.Integer(), nullable=True))
        codes.create_foreign_key("fk_codes_used_by", "persons", ["used_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("codes") as codes:
        codes.drop_constraint("fk_codes_used_by", type_="foreignkey")
        codes.drop_column("used_by")
