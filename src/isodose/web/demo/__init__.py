"""A demonstration: people, practices, members and requests that are made up."""
