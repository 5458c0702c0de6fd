"""Pages of a practice: its requests, a new one, what is asked, changes."""
