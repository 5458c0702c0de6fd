"""Letters on both databases: a test that takes `office` runs on SQLite and on PostgreSQL."""

from tests.desk.conftest import engine, migrated_file, nowhere, office, postgresql, record, where

__all__ = ["engine", "migrated_file", "nowhere", "office", "postgresql", "record", "where"]
