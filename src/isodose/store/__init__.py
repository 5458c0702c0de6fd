"""The append-only record: events in hash chains, documents under their SHA-256, and what can be found of them. See docs.md."""
