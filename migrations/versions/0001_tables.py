"""The tables of the first version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table; keys begin with the municipality, foreign keys included."""
    op.create_table(
        "caught_mail",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_caught_mail")),
        sa.UniqueConstraint(
            "municipality", "message_id", name=op.f("uq_caught_mail_municipality_message_id")
        ),
    )
    op.create_index(
        op.f("ix_caught_mail_municipality_sent_at"), "caught_mail", ["municipality", "sent_at"], unique=False
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "municipality",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), server_default="Europe/Brussels", nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("settings", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("catalog_number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("staffing_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
    )
    op.create_table(
        "account",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("roles", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("weekdays", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("controller", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_account_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_account")),
        sa.UniqueConstraint("municipality", "email", name=op.f("uq_account_municipality_email")),
        sa.UniqueConstraint("municipality", "key", name=op.f("uq_account_municipality_key")),
    )
    op.create_table(
        "closing_day",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("from_time", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_closing_day_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "day", name=op.f("pk_closing_day")),
    )
    op.create_table(
        "counter",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("series", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_counter_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "series", "year", name=op.f("pk_counter")),
    )
    op.create_table(
        "data_key",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_data_key_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_data_key")),
    )
    op.create_table(
        "definition_text",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_definition_text_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "hash", name=op.f("pk_definition_text")),
    )
    op.create_table(
        "neighbourhood",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_neighbourhood_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_neighbourhood")),
    )
    op.create_table(
        "partner",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("contact_point", sa.String(length=40), nullable=False),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_partner_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_partner")),
        sa.UniqueConstraint("municipality", "key", name=op.f("uq_partner_municipality_key")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_sign_in_attempt_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index(
        op.f("ix_sign_in_attempt_municipality_ip_at"),
        "sign_in_attempt",
        ["municipality", "ip", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sign_in_attempt_municipality_who_at"),
        "sign_in_attempt",
        ["municipality", "who", "at"],
        unique=False,
    )
    op.create_table(
        "absence",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("replacement", sa.String(length=16), nullable=True),
        sa.CheckConstraint("end_on >= start_on", name=op.f("ck_absence_order")),
        sa.ForeignKeyConstraint(
            ["municipality", "account"],
            ["account.municipality", "account.id"],
            name=op.f("fk_absence_municipality_account_account"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "replacement"],
            ["account.municipality", "account.id"],
            name=op.f("fk_absence_municipality_replacement_account"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_absence")),
    )
    op.create_index(
        op.f("ix_absence_municipality_account_start_on"),
        "absence",
        ["municipality", "account", "start_on"],
        unique=False,
    )
    op.create_table(
        "definition_draft",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("base", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "hash"],
            ["definition_text.municipality", "definition_text.hash"],
            name=op.f("fk_definition_draft_municipality_hash_definition_text"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_definition_draft")),
        sa.UniqueConstraint(
            "municipality", "path", "hash", name=op.f("uq_definition_draft_municipality_path_hash")
        ),
    )
    op.create_table(
        "definition_file",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("current", sa.String(length=64), nullable=False),
        sa.Column("imported", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "current"],
            ["definition_text.municipality", "definition_text.hash"],
            name=op.f("fk_definition_file_municipality_current_definition_text"),
        ),
        sa.PrimaryKeyConstraint("municipality", "path", name=op.f("pk_definition_file")),
    )
    op.create_table(
        "duty",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("contact_point", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("start_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "account"],
            ["account.municipality", "account.id"],
            name=op.f("fk_duty_municipality_account_account"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_duty")),
    )
    op.create_index(
        op.f("ix_duty_municipality_contact_point_start_at"),
        "duty",
        ["municipality", "contact_point", "start_at"],
        unique=False,
    )
    op.create_table(
        "form_token",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "account"],
            ["account.municipality", "account.id"],
            name=op.f("fk_form_token_municipality_account_account"),
        ),
        sa.PrimaryKeyConstraint("municipality", "token", name=op.f("pk_form_token")),
    )
    op.create_index(
        op.f("ix_form_token_municipality_used_at"), "form_token", ["municipality", "used_at"], unique=False
    )
    op.create_table(
        "holding",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("contact_point", sa.String(length=40), nullable=False),
        sa.Column("neighbourhood", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality", "holder"],
            ["account.municipality", "account.id"],
            name=op.f("fk_holding_municipality_holder_account"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "owner"],
            ["account.municipality", "account.id"],
            name=op.f("fk_holding_municipality_owner_account"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_holding")),
        sa.UniqueConstraint(
            "municipality",
            "contact_point",
            "neighbourhood",
            name=op.f("uq_holding_municipality_contact_point_neighbourhood"),
        ),
    )
    op.create_table(
        "person",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_index", sa.String(length=64), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("neighbourhood", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("contact_person", sa.String(length=16), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "contact_person"],
            ["account.municipality", "account.id"],
            name=op.f("fk_person_municipality_contact_person_account"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_person_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_person")),
    )
    op.create_index(
        op.f("ix_person_municipality_name_index"), "person", ["municipality", "name_index"], unique=False
    )
    op.create_table(
        "publication",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("files", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("author", sa.String(length=16), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "author"],
            ["account.municipality", "account.id"],
            name=op.f("fk_publication_municipality_author_account"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_publication_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "number", name=op.f("pk_publication")),
    )
    op.create_table(
        "referrer_link",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("partner", sa.BigInteger(), nullable=True),
        sa.Column("created_by", sa.String(length=16), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality", "created_by"],
            ["account.municipality", "account.id"],
            name=op.f("fk_referrer_link_municipality_created_by_account"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "partner"],
            ["partner.municipality", "partner.id"],
            name=op.f("fk_referrer_link_municipality_partner_partner"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_referrer_link_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_referrer_link")),
        sa.UniqueConstraint(
            "municipality", "token_hash", name=op.f("uq_referrer_link_municipality_token_hash")
        ),
    )
    op.create_table(
        "session",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fresh_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "account"],
            ["account.municipality", "account.id"],
            name=op.f("fk_session_municipality_account_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_session")),
    )
    op.create_index(
        op.f("ix_session_municipality_account"), "session", ["municipality", "account"], unique=False
    )
    op.create_table(
        "task_count",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("assignee", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "assignee"],
            ["account.municipality", "account.id"],
            name=op.f("fk_task_count_municipality_assignee_account"),
        ),
        sa.PrimaryKeyConstraint("municipality", "assignee", "due_on", name=op.f("pk_task_count")),
    )
    op.create_table(
        "definition_version",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language_version", sa.Integer(), nullable=False),
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "publication"],
            ["publication.municipality", "publication.number"],
            name=op.f("fk_definition_version_municipality_publication_publication"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_definition_version")),
        sa.UniqueConstraint(
            "municipality",
            "kind",
            "ref",
            "number",
            name=op.f("uq_definition_version_municipality_kind_ref_number"),
        ),
    )
    op.create_table(
        "substitute",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("holding", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "account"],
            ["account.municipality", "account.id"],
            name=op.f("fk_substitute_municipality_account_account"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "holding"],
            ["holding.municipality", "holding.id"],
            name=op.f("fk_substitute_municipality_holding_holding"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality", "holding", "position", name=op.f("pk_substitute")),
    )
    op.create_table(
        "current_definition",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "version"],
            ["definition_version.municipality", "definition_version.id"],
            name=op.f("fk_current_definition_municipality_version_definition_version"),
        ),
        sa.PrimaryKeyConstraint("municipality", "kind", "ref", name=op.f("pk_current_definition")),
    )
    op.create_table(
        "draft",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.String(length=16), nullable=False),
        sa.Column("form_version", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality", "form_version"],
            ["definition_version.municipality", "definition_version.id"],
            name=op.f("fk_draft_municipality_form_version_definition_version"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "owner"],
            ["account.municipality", "account.id"],
            name=op.f("fk_draft_municipality_owner_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "person"],
            ["person.municipality", "person.id"],
            name=op.f("fk_draft_municipality_person_person"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_draft")),
    )
    op.create_index(
        op.f("ix_draft_municipality_owner_updated_at"),
        "draft",
        ["municipality", "owner", "updated_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_draft_municipality_updated_at"), "draft", ["municipality", "updated_at"], unique=False
    )
    op.create_table(
        "submission",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("form_version", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.BigInteger(), nullable=True),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=True),
        sa.Column("referrer_link", sa.BigInteger(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "by"],
            ["account.municipality", "account.id"],
            name=op.f("fk_submission_municipality_by_account"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "form_version"],
            ["definition_version.municipality", "definition_version.id"],
            name=op.f("fk_submission_municipality_form_version_definition_version"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "referrer_link"],
            ["referrer_link.municipality", "referrer_link.id"],
            name=op.f("fk_submission_municipality_referrer_link_referrer_link"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "replaces"],
            ["submission.municipality", "submission.id"],
            name=op.f("fk_submission_municipality_replaces_submission"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_submission")),
        sa.UniqueConstraint("municipality", "token", name=op.f("uq_submission_municipality_token")),
    )
    op.create_table(
        "cases",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("form_version", sa.BigInteger(), nullable=False),
        sa.Column("workflow_version", sa.BigInteger(), nullable=False),
        sa.Column("submission", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("parent", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=16), nullable=False),
        sa.Column("contact_point", sa.String(length=40), nullable=False),
        sa.Column("neighbourhood", sa.String(length=40), nullable=False),
        sa.Column("controller", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("means", sa.String(length=40), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("recalled", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.BigInteger(), nullable=True),
        sa.Column("merged_from", sa.String(length=40), nullable=False),
        sa.Column("marks", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("limits", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("attempts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("escalations", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("row_reasons", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("why", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("label", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("referrer", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality", "form_version"],
            ["definition_version.municipality", "definition_version.id"],
            name=op.f("fk_cases_municipality_form_version_definition_version"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "holder"],
            ["account.municipality", "account.id"],
            name=op.f("fk_cases_municipality_holder_account"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "merged_into"],
            ["cases.municipality", "cases.id"],
            name=op.f("fk_cases_municipality_merged_into_cases"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "parent"],
            ["cases.municipality", "cases.id"],
            name=op.f("fk_cases_municipality_parent_cases"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "person"],
            ["person.municipality", "person.id"],
            name=op.f("fk_cases_municipality_person_person"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "submission"],
            ["submission.municipality", "submission.id"],
            name=op.f("fk_cases_municipality_submission_submission"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "workflow_version"],
            ["definition_version.municipality", "definition_version.id"],
            name=op.f("fk_cases_municipality_workflow_version_definition_version"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_cases")),
        sa.UniqueConstraint("municipality", "number", name=op.f("uq_cases_municipality_number")),
    )
    op.create_index(
        op.f("ix_cases_municipality_holder_closed_at_received_at"),
        "cases",
        ["municipality", "holder", "closed_at", "received_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_cases_municipality_merged_into"), "cases", ["municipality", "merged_into"], unique=False
    )
    op.create_index(op.f("ix_cases_municipality_parent"), "cases", ["municipality", "parent"], unique=False)
    op.create_index(op.f("ix_cases_municipality_person"), "cases", ["municipality", "person"], unique=False)
    op.create_index(
        op.f("ix_cases_municipality_received_at_id"),
        "cases",
        ["municipality", "received_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_cases_municipality_submission"), "cases", ["municipality", "submission"], unique=False
    )
    op.create_table(
        "file",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner", sa.String(length=16), nullable=True),
        sa.Column("submission", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size <= 10485760", name=op.f("ck_file_size")),
        sa.ForeignKeyConstraint(
            ["municipality", "owner"],
            ["account.municipality", "account.id"],
            name=op.f("fk_file_municipality_owner_account"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "submission"],
            ["submission.municipality", "submission.id"],
            name=op.f("fk_file_municipality_submission_submission"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_file")),
    )
    op.create_index(
        op.f("ix_file_municipality_submission"), "file", ["municipality", "submission"], unique=False
    )
    op.create_table(
        "event",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stream", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("params", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_hash", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "case"],
            ["cases.municipality", "cases.id"],
            name=op.f("fk_event_municipality_case_cases"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_event")),
        sa.UniqueConstraint("municipality", "stream", "seq", name=op.f("uq_event_municipality_stream_seq")),
    )
    op.create_index(op.f("ix_event_municipality_at"), "event", ["municipality", "at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("idem_key", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("task_key", sa.String(length=120), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_token", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("hinted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality", "case"],
            ["cases.municipality", "cases.id"],
            name=op.f("fk_outbox_municipality_case_cases"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("municipality", "idem_key", name=op.f("uq_outbox_municipality_idem_key")),
    )
    op.create_index("ix_outbox_due", "outbox", ["municipality", "state", "due_at", "id"], unique=False)
    op.create_index(
        op.f("ix_outbox_municipality_case_state"), "outbox", ["municipality", "case", "state"], unique=False
    )
    op.create_table(
        "read_log",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=True),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "account"],
            ["account.municipality", "account.id"],
            name=op.f("fk_read_log_municipality_account_account"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "case"],
            ["cases.municipality", "cases.id"],
            name=op.f("fk_read_log_municipality_case_cases"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "person"],
            ["person.municipality", "person.id"],
            name=op.f("fk_read_log_municipality_person_person"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_read_log")),
    )
    op.create_index(
        op.f("ix_read_log_municipality_account_at"),
        "read_log",
        ["municipality", "account", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_read_log_municipality_case_at"), "read_log", ["municipality", "case", "at"], unique=False
    )
    op.create_table(
        "task",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("assignee", sa.String(length=16), nullable=False),
        sa.Column("contact_point", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_rule", sa.Text(), nullable=False),
        sa.Column("why", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("onlooker", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("claimed", sa.Boolean(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("privacy", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=16), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("told", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality", "assignee"],
            ["account.municipality", "account.id"],
            name=op.f("fk_task_municipality_assignee_account"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "case"],
            ["cases.municipality", "cases.id"],
            name=op.f("fk_task_municipality_case_cases"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "closed_by"],
            ["account.municipality", "account.id"],
            name=op.f("fk_task_municipality_closed_by_account"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_municipality_case"), "task", ["municipality", "case"], unique=False)
    op.create_index(
        "ix_task_point", "task", ["municipality", "contact_point", "state", "due_on", "id"], unique=False
    )
    op.create_index(
        "ix_task_queue", "task", ["municipality", "assignee", "state", "due_on", "id"], unique=False
    )
    op.create_index("ix_task_team", "task", ["municipality", "state", "due_on", "id"], unique=False)
    few = sa.text("not_before IS NOT NULL")
    op.create_index(
        "ix_task_waiting",
        "task",
        ["municipality", "assignee", "state", "not_before", "due_on"],
        unique=False,
        sqlite_where=few,
        postgresql_where=few,
    )
    op.create_index(
        "ix_task_waiting_team",
        "task",
        ["municipality", "state", "not_before", "due_on"],
        unique=False,
        sqlite_where=few,
        postgresql_where=few,
    )


def downgrade() -> None:
    """Remove every table."""
    op.drop_index("ix_task_waiting_team", table_name="task")
    op.drop_index("ix_task_waiting", table_name="task")
    op.drop_index("ix_task_team", table_name="task")
    op.drop_index("ix_task_queue", table_name="task")
    op.drop_index("ix_task_point", table_name="task")
    op.drop_index(op.f("ix_task_municipality_case"), table_name="task")
    op.drop_table("task")
    op.drop_index(op.f("ix_read_log_municipality_case_at"), table_name="read_log")
    op.drop_index(op.f("ix_read_log_municipality_account_at"), table_name="read_log")
    op.drop_table("read_log")
    op.drop_index(op.f("ix_outbox_municipality_case_state"), table_name="outbox")
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.drop_table("outbox")
    op.drop_index(op.f("ix_event_municipality_at"), table_name="event")
    op.drop_table("event")
    op.drop_index(op.f("ix_file_municipality_submission"), table_name="file")
    op.drop_table("file")
    op.drop_index(op.f("ix_cases_municipality_submission"), table_name="cases")
    op.drop_index(op.f("ix_cases_municipality_received_at_id"), table_name="cases")
    op.drop_index(op.f("ix_cases_municipality_person"), table_name="cases")
    op.drop_index(op.f("ix_cases_municipality_parent"), table_name="cases")
    op.drop_index(op.f("ix_cases_municipality_merged_into"), table_name="cases")
    op.drop_index(op.f("ix_cases_municipality_holder_closed_at_received_at"), table_name="cases")
    op.drop_table("cases")
    op.drop_table("submission")
    op.drop_index(op.f("ix_draft_municipality_updated_at"), table_name="draft")
    op.drop_index(op.f("ix_draft_municipality_owner_updated_at"), table_name="draft")
    op.drop_table("draft")
    op.drop_table("current_definition")
    op.drop_table("substitute")
    op.drop_table("definition_version")
    op.drop_table("task_count")
    op.drop_index(op.f("ix_session_municipality_account"), table_name="session")
    op.drop_table("session")
    op.drop_table("referrer_link")
    op.drop_table("publication")
    op.drop_index(op.f("ix_person_municipality_name_index"), table_name="person")
    op.drop_table("person")
    op.drop_table("holding")
    op.drop_index(op.f("ix_form_token_municipality_used_at"), table_name="form_token")
    op.drop_table("form_token")
    op.drop_index(op.f("ix_duty_municipality_contact_point_start_at"), table_name="duty")
    op.drop_table("duty")
    op.drop_table("definition_file")
    op.drop_table("definition_draft")
    op.drop_index(op.f("ix_absence_municipality_account_start_on"), table_name="absence")
    op.drop_table("absence")
    op.drop_index(op.f("ix_sign_in_attempt_municipality_who_at"), table_name="sign_in_attempt")
    op.drop_index(op.f("ix_sign_in_attempt_municipality_ip_at"), table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.drop_table("partner")
    op.drop_table("neighbourhood")
    op.drop_table("definition_text")
    op.drop_table("data_key")
    op.drop_table("counter")
    op.drop_table("closing_day")
    op.drop_table("account")
    op.drop_table("municipality")
    op.drop_table("heartbeat")
    op.drop_index(op.f("ix_caught_mail_municipality_sent_at"), table_name="caught_mail")
    op.drop_table("caught_mail")
