"""The tables of the chat database. Times are UTC without a zone, the same in SQLite and PostgreSQL."""

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata: Final = MetaData()

conversations: Final = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("page_language", String(2), nullable=False),
    Column("language", String(2), nullable=False),  # of the last turn; of the page before and where the page changes
    Column("last_seq", Integer, nullable=False),
    Column("opened_at", DateTime, nullable=False),
)

messages: Final = Table(
    "messages",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", String(32), ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("sender", String(6), nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(2), nullable=False),
    Column("answer", String(100)),
    Column("card", JSON(none_as_null=True)),
    Column("sent_at", DateTime, nullable=False),
    # The rest is filled for the customer's own messages alone.
    Column("client_id", String(36)),
    Column("page_language", String(2)),
    Column("chosen_answer", String(100)),
    Column("state", String(10)),
    UniqueConstraint("conversation_id", "seq", name="uq_messages_seq"),
    UniqueConstraint("conversation_id", "client_id", name="uq_messages_client_id"),
    CheckConstraint("state IN ('waiting', 'answered', 'apologised')", name="ck_messages_state"),
)

Index(
    "ix_messages_waiting",
    messages.c.conversation_id,
    messages.c.seq,
    sqlite_where=messages.c.state == "waiting",
    postgresql_where=messages.c.state == "waiting",
)

buttons: Final = Table(
    "buttons",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("message_id", String(32), ForeignKey("messages.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("answer", String(100), nullable=False),
    Column("chosen", Boolean, nullable=False),
)
