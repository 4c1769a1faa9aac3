"""What Alembic runs for each command: the connection is the caller's, so that a migration is one transaction."""

from alembic import context

from coderunner_core import models

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=models.User.metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
