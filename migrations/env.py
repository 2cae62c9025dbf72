"""How does Alembic reach our database? Over the connection it is handed, inside one transaction."""

from __future__ import annotations

from alembic import context

from app.storage.models import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
