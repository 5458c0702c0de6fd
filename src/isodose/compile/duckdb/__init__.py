"""The six added columns as one query of DuckDB."""
