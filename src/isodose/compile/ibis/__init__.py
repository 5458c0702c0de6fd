"""The six added columns on a table of Ibis: Spark, DuckDB and others."""
