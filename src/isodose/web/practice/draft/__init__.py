"""A draft: what was typed, read as a request, and what would come of it."""
