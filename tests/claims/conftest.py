"""A record for claims: an office over an empty one, in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desk.at_the_office import office_of
from tests.store.conftest import migrated_file

from isodose.desk.office import Office
from isodose.store.record import open_record

__all__ = ["migrated_file", "office"]


@pytest.fixture
def office(tmp_path: Path, migrated_file: Path) -> Iterator[Office]:
    """Over a record where commands look for it, in the folder in which they run."""
    file = tmp_path / "isodose.db"
    file.write_bytes(migrated_file.read_bytes())
    found = office_of(open_record(str(file)))
    yield found
    found.record.close()
