"""A door to an empty record, with passwords that cost nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.sign_in.people import CHEAP

from isodose.store.database import open_database
from isodose.store.schema import migrate
from isodose.web.sign_in.enter import Door
from isodose.web.sign_in.policy import Policy


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("sign-in") / "record.db"
    database = open_database(str(file))
    migrate(database)
    database.close()
    return file.read_bytes()


@pytest.fixture
def door(migrated: bytes, tmp_path: Path) -> Iterator[Door]:
    file = tmp_path / "record.db"
    file.write_bytes(migrated)
    database = open_database(str(file))
    yield Door(database, Policy(cost=CHEAP))
    database.close()
