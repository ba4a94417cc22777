"""Runs the migrations on the connection that `bot.chat.database` hands over."""

from alembic import context

from bot.chat.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
