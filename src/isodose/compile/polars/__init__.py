"""The six added columns on a Polars frame."""
