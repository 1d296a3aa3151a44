"""The months of an idea's season, to be asked of."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    with op.batch_alter_table("ideas") as ideas:
        ideas.add_column(sa.Column("months", sa.String(), nullable=False, server_default=""))
    ideas = sa.table("ideas", sa.column("id"), sa.column("answers"), sa.column("months"))
    tx = op.get_bind()
    for number, answers in tx.execute(sa.select(ideas.c.id, ideas.c.answers)).all():
        months = ",".join(map(str, json.loads(answers).get("season") or ()))
        tx.execute(sa.update(ideas).where(ideas.c.id == number).values(months=months))


def downgrade() -> None:
    with op.batch_alter_table("ideas") as ideas:
        ideas.drop_column("months")
