"""Alembic's entry: it runs inside the transaction of `schema.migrate`, so a migration is whole or did not happen."""

from alembic import context

from isodose.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    version_table="schema_version",
)
context.run_migrations()
