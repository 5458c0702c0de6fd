"""`isodose letters`, as a machine runs it by the clock."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.command_line import Run
from tests.desk.at_the_office import WITH_SCAN, office_of, unproven
from tests.desk.people import PRACTICE
from tests.letters.test_plan_file import FILLED, written
from tests.pango import needs_pango

from isodose.desk.act import Refusal
from isodose.store.event import whole_milliseconds
from isodose.store.record import open_record

SETTINGS = 'outbox = "post"\nplan = "plan.toml"\n'


@pytest.fixture
def tracking(run: Run, tmp_path: Path) -> str:
    """A request of today in the record of the folder in which the command runs."""
    run("migrate")
    (tmp_path / "isodose.toml").write_text(SETTINGS, "utf-8")
    written(tmp_path, FILLED)
    now = whole_milliseconds(datetime.now(UTC))
    with closing(open_record(str(tmp_path / "isodose.db"))) as record:
        case = office_of(record).submit(replace(unproven(), first=now), PRACTICE, now, WITH_SCAN)
    assert not isinstance(case, Refusal)
    return case.tracking


def test_what_waits_is_written_and_sent_and_what_fails_is_said_and_tried_again(
    run: Run, tracking: str, tmp_path: Path
) -> None:
    needs_pango()
    first = run("letters", "send")
    assert (first.status, first.out) == (1, "1 letter written, 0 delivered, 1 failed\n")
    assert first.err.endswith(f"{tracking}, letter 3 to the member: {tmp_path / 'post'}: there is no such folder\n")
    assert run("letters", "list").out.startswith(f"failed\t{tracking}\t3\tmember\tfolder:print\t1\t")
    again = run("letters", "again")
    assert (again.status, again.out) == (0, "1 letter made again, 0 not as stored\n")
    (tmp_path / "isodose.toml").write_text(SETTINGS.replace("post", "there"), "utf-8")
    (tmp_path / "there").mkdir()
    assert run("letters", "send").out == "0 letters written, 0 delivered, 0 failed\n", "its next try is in a minute"


def test_without_a_plan_none_is_written_and_none_is_made_again(run: Run, tracking: str, tmp_path: Path) -> None:
    (tmp_path / "isodose.toml").write_text("", "utf-8")
    sent = run("letters", "send")
    assert (sent.status, sent.out) == (0, "0 letters written, 0 delivered, 0 failed\n")
    assert "the setting `plan` names no file" in sent.err
    assert run("letters", "list", "--all").out == ""
    assert "set `plan`" in run("letters", "again").err
    assert "takes no tracking number" in run("letters", "send", tracking).err
