"""Conversations, messages, buttons."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the three tables."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("page_language", sa.String(2), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "conversation_id", sa.String(32), sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("sender", sa.String(6), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("answer", sa.String(100)),
        sa.Column("card", sa.JSON(none_as_null=True)),
        sa.Column("sent_at", sa.DateTime, nullable=False),
        sa.Column("client_id", sa.String(36)),
        sa.Column("page_language", sa.String(2)),
        sa.Column("chosen_answer", sa.String(100)),
        sa.Column("state", sa.String(10)),
        sa.UniqueConstraint("conversation_id", "seq", name="uq_messages_seq"),
        sa.UniqueConstraint("conversation_id", "client_id", name="uq_messages_client_id"),
        sa.CheckConstraint("state IN ('waiting', 'answered', 'apologised')", name="ck_messages_state"),
    )
    op.create_index(
        "ix_messages_waiting",
        "messages",
        ["conversation_id", "seq"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "buttons",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("message_id", sa.String(32), sa.ForeignKey("messages.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("answer", sa.String(100), nullable=False),
        sa.Column("chosen", sa.Boolean, nullable=False),
    )
    op.create_index("ix_buttons_message_id", "buttons", ["message_id"])


def downgrade() -> None:
    """Drops them, and every conversation with them."""
    op.drop_table("buttons")
    op.drop_table("messages")
    op.drop_table("conversations")
