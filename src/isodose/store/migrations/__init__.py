"""How the database came to its layout, step by step; Alembic runs them."""
