"""Pages of the administrator: accounts, practices, activity, settings."""
