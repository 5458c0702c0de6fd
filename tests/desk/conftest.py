"""The office over a record on both databases. Whatever a test does there, heads and answers are as the events say."""

from collections.abc import Iterator

import pytest
from tests.desk.at_the_office import expect_sound, office_of
from tests.store.conftest import engine, migrated_file, nowhere, postgresql, record, where

from isodose.desk.office import Office
from isodose.store.record import Record

__all__ = ["engine", "migrated_file", "nowhere", "office", "postgresql", "record", "where"]


@pytest.fixture
def office(record: Record) -> Iterator[Office]:
    found = office_of(record)
    yield found
    expect_sound(found)
