"""The tables of the first slice: talk, producers and ideas, and an office's own programme."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TABLES = (
    "counters",
    "files",
    "imports",
    "inbox",
    "persons",
    "phone_lines",
    "sources",
    "chats",
    "consents",
    "fairs",
    "officers",
    "outbox",
    "places",
    "questions",
    "sessions",
    "steps",
    "text_errors",
    "budgets",
    "help_units",
    "producers",
    "rounds",
    "targets",
    "budget_lines",
    "budget_parts",
    "codes",
    "ideas",
    "memberships",
    "products",
    "product_places",
    "product_results",
)


def _origin() -> list[sa.Column]:
    """Where a row of an office's file is from."""
    return [
        sa.Column("document", sa.String()),
        sa.Column("as_written", sa.String()),
        sa.Column("confidence", sa.String()),
        sa.Column("note", sa.String()),
    ]


def upgrade() -> None:
    op.create_table(
        "counters",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
    )
    op.create_table(
        "files",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_files"),
    )
    op.create_table(
        "imports",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("of_office", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_imports"),
    )
    op.create_table(
        "inbox",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "bot", "key", name="pk_inbox"),
    )
    op.create_index("ix_inbox_at", "inbox", ["at"])
    op.create_index(
        "ix_inbox_held",
        "inbox",
        ["channel", "bot", "chat"],
        sqlite_where=sa.text("held IS NOT NULL"),
        postgresql_where=sa.text("held IS NOT NULL"),
    )

    op.create_table(
        "persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_persons"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "phone_lines",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_phone_lines"),
        sa.UniqueConstraint("phone", "key", name="uq_phone_lines_phone"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_phone_lines_phone", "phone_lines", ["phone", "seq"])

    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=True),
        *_origin(),
        sa.ForeignKeyConstraint(["document"], ["sources.key"], name="fk_sources_document"),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("key", name="uq_sources_key"),
    )
    op.create_table(
        "chats",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_chats_person_id"),
        sa.PrimaryKeyConstraint("channel", "bot", "chat", name="pk_chats"),
    )
    op.create_index("ix_chats_person_id", "chats", ["person_id"])

    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("words_version", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_consents_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_person_id", "consents", ["person_id"])

    op.create_table(
        "fairs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("starts", sa.String(), nullable=True),
        sa.Column("ends", sa.String(), nullable=True),
        sa.Column("venue", sa.String(), nullable=True),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        *_origin(),
        sa.ForeignKeyConstraint(["document"], ["sources.key"], name="fk_fairs_document"),
        sa.PrimaryKeyConstraint("id", name="pk_fairs"),
        sa.UniqueConstraint("key", name="uq_fairs_key"),
    )
    op.create_table(
        "officers",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_officers_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_officers"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("choices", sa.String(), nullable=False),
        sa.Column("prompt", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_outbox_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["channel", "bot", "chat", "id", "rank"],
        sqlite_where=sa.text("status IN ('waiting', 'sending')"),
        postgresql_where=sa.text("status IN ('waiting', 'sending')"),
    )

    op.create_table(
        "places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("commune", sa.String(), nullable=True),
        sa.Column("old_code", sa.String(), nullable=True),
        sa.Column("commune_code", sa.String(), nullable=False),
        *_origin(),
        sa.ForeignKeyConstraint(["document"], ["sources.key"], name="fk_places_document"),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
        sa.UniqueConstraint("key", name="uq_places_key"),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("hand", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["persons.id"], name="fk_questions_answered_by"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_questions_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sa.UniqueConstraint("number", name="uq_questions_number"),
    )
    op.create_index("ix_questions_person_id", "questions", ["person_id"])

    op.create_table(
        "sessions",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("shown", sa.BigInteger(), nullable=True),
        sa.Column("wake_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_sessions_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_sessions"),
    )
    op.create_index(
        "ix_sessions_wake_at",
        "sessions",
        ["wake_at"],
        sqlite_where=sa.text("wake_at IS NOT NULL"),
        postgresql_where=sa.text("wake_at IS NOT NULL"),
    )

    op.create_table(
        "steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hand", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_steps_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_steps"),
    )
    op.create_index("ix_steps_run", "steps", ["person_id", "run"])

    op.create_table(
        "text_errors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("correct", sa.String(), nullable=True),
        *_origin(),
        sa.ForeignKeyConstraint(["document"], ["sources.key"], name="fk_text_errors_document"),
        sa.PrimaryKeyConstraint("id", name="pk_text_errors"),
        sa.UniqueConstraint("key", name="uq_text_errors_key"),
    )
    op.create_table(
        "budgets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("dong", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("spent_dong", sa.BigInteger(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        *_origin(),
        sa.ForeignKeyConstraint(["document"], ["sources.key"], name="fk_budgets_document"),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name="fk_budgets_place_id"),
        sa.PrimaryKeyConstraint("id", name="pk_budgets"),
        sa.UniqueConstraint("key", name="uq_budgets_key"),
    )
    op.create_table(
        "help_units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("duties", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        *_origin(),
        sa.ForeignKeyConstraint(["document"], ["sources.key"], name="fk_help_units_document"),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name="fk_help_units_place_id"),
        sa.PrimaryKeyConstraint("id", name="pk_help_units"),
        sa.UniqueConstraint("key", name="uq_help_units_key"),
    )
    op.create_table(
        "producers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.Column("commune", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("commune_was", sa.String(), nullable=True),
        sa.Column("representative", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=True),
        sa.Column("ethnicity", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("registration", sa.String(), nullable=True),
        sa.Column("registered_on", sa.String(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("hand", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        *_origin(),
        sa.ForeignKeyConstraint(["document"], ["sources.key"], name="fk_producers_document"),
        sa.ForeignKeyConstraint(["made_by"], ["persons.id"], name="fk_producers_made_by"),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name="fk_producers_place_id"),
        sa.PrimaryKeyConstraint("id", name="pk_producers"),
    )
    op.create_index("ix_producers_commune_code", "producers", ["commune_code"])
    op.create_index(
        "ix_producers_source",
        "producers",
        ["source"],
        unique=True,
        sqlite_where=sa.text("source <> ''"),
        postgresql_where=sa.text("source <> ''"),
    )

    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("starts", sa.String(), nullable=True),
        sa.Column("intake_before", sa.String(), nullable=True),
        sa.Column("finish_before", sa.String(), nullable=True),
        *_origin(),
        sa.ForeignKeyConstraint(["document"], ["sources.key"], name="fk_rounds_document"),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name="fk_rounds_place_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
        sa.UniqueConstraint("key", name="uq_rounds_key"),
    )
    op.create_table(
        "targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        *_origin(),
        sa.ForeignKeyConstraint(["document"], ["sources.key"], name="fk_targets_document"),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name="fk_targets_place_id"),
        sa.PrimaryKeyConstraint("id", name="pk_targets"),
        sa.UniqueConstraint("key", name="uq_targets_key"),
    )
    op.create_table(
        "budget_lines",
        sa.Column("budget_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("producer_id", sa.Integer(), nullable=True),
        sa.Column("under", sa.String(), nullable=True),
        sa.Column("dong", sa.BigInteger(), nullable=False),
        sa.Column("spent_dong", sa.BigInteger(), nullable=True),
        sa.Column("use", sa.String(), nullable=True),
        *_origin(),
        sa.ForeignKeyConstraint(["budget_id"], ["budgets.id"], name="fk_budget_lines_budget_id"),
        sa.ForeignKeyConstraint(["document"], ["sources.key"], name="fk_budget_lines_document"),
        sa.ForeignKeyConstraint(
            ["producer_id"], ["producers.id"], name="fk_budget_lines_producer_id"
        ),
        sa.PrimaryKeyConstraint("budget_id", "line", name="pk_budget_lines"),
    )
    op.create_table(
        "budget_parts",
        sa.Column("budget_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("dong", sa.BigInteger(), nullable=False),
        *_origin(),
        sa.ForeignKeyConstraint(["budget_id"], ["budgets.id"], name="fk_budget_parts_budget_id"),
        sa.ForeignKeyConstraint(["document"], ["sources.key"], name="fk_budget_parts_document"),
        sa.PrimaryKeyConstraint("budget_id", "line", "position", name="pk_budget_parts"),
    )
    op.create_table(
        "codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hashed", sa.String(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["persons.id"], name="fk_codes_made_by"),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name="fk_codes_producer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_codes"),
    )
    op.create_index("ix_codes_hashed", "codes", ["hashed"])

    op.create_table(
        "ideas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("hand", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("product_set", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.Column("star", sa.Integer(), nullable=True),
        sa.Column("round_key", sa.String(), nullable=True),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_ideas_person_id"),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name="fk_ideas_producer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ideas"),
        sa.UniqueConstraint("number", name="uq_ideas_number"),
    )
    op.create_index("ix_ideas_commune_code", "ideas", ["commune_code"])
    op.create_index("ix_ideas_person_id", "ideas", ["person_id"])
    op.create_index("ix_ideas_producer_id", "ideas", ["producer_id"])

    op.create_table(
        "memberships",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_memberships_person_id"),
        sa.ForeignKeyConstraint(
            ["producer_id"], ["producers.id"], name="fk_memberships_producer_id"
        ),
        sa.PrimaryKeyConstraint("person_id", "producer_id", name="pk_memberships"),
    )
    op.create_table(
        "products",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("product_set", sa.Integer(), nullable=False),
        sa.Column("set_confidence", sa.String(), nullable=True),
        sa.Column("producer_id", sa.Integer(), nullable=True),
        sa.Column("seasonal", sa.Boolean(), nullable=False),
        sa.Column("months", sa.String(), nullable=False),
        *_origin(),
        sa.ForeignKeyConstraint(["document"], ["sources.key"], name="fk_products_document"),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name="fk_products_producer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_products"),
        sa.UniqueConstraint("key", name="uq_products_key"),
    )
    op.create_index("ix_products_producer_id", "products", ["producer_id"])

    op.create_table(
        "product_places",
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name="fk_product_places_place_id"),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name="fk_product_places_product_id"
        ),
        sa.PrimaryKeyConstraint("product_id", "position", name="pk_product_places"),
    )
    op.create_table(
        "product_results",
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("found_on", sa.String(), nullable=False),
        sa.Column("star", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        *_origin(),
        sa.ForeignKeyConstraint(["document"], ["sources.key"], name="fk_product_results_document"),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name="fk_product_results_product_id"
        ),
        sa.PrimaryKeyConstraint("product_id", "position", name="pk_product_results"),
    )


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
