"""Nothing lost: the real server is killed under requests over HTTP, on both databases. How, and how often else, says `kills.py`."""

from pathlib import Path

import pytest
from tests.store.conftest import create, postgresql  # noqa: F401 (a fixture)
from tests.web.kills import kill_and_check

from isodose.store.database import open_database
from isodose.store.schema import migrate

KILLS = 100
"""`docs/record.md` has the command for a thousand."""


def migrated(where: str) -> str:
    database = open_database(where)
    migrate(database)
    database.close()
    return where


@pytest.mark.parametrize("times", [2, pytest.param(KILLS, marks=pytest.mark.slow)])
def test_a_server_that_is_killed_loses_nothing(tmp_path: Path, times: int) -> None:
    found = kill_and_check(migrated(str(tmp_path / "isodose.db")), tmp_path, times)
    assert found.kills == times
    assert found.acknowledged + found.unanswered >= times // 2


@pytest.mark.slow
def test_nor_does_one_over_postgresql(postgresql: str, tmp_path: Path) -> None:  # noqa: F811 (the fixture)
    found = kill_and_check(migrated(create(postgresql, "killed")), tmp_path, 5)
    assert found.acknowledged > 5
