"""The exact difference of two editions."""
