"""Dates, deadlines and addresses as letters say them, and the days of codes."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.desk.people import LINE, POLICY
from tests.determination.imrt_cases import imrt

from isodose.desk.clock import Clock, Deadline, ExpediteAsk, deadline
from isodose.letters.service import CodeRow, certified, compared
from isodose.letters.words import in_words, lines_of, listed, moment_in_words, until

ZONE = POLICY.zone
CODES = imrt().guideline.codes


def test_a_deadline_is_said_as_the_last_day_that_is_in_time() -> None:
    arrived = datetime(2026, 6, 1, 14, tzinfo=UTC)
    assert until(deadline(Clock(arrived), ZONE), ZONE) == "June 8, 2026"
    expedited = Clock(arrived, (ExpediteAsk(arrived, physicians=True),))
    assert until(deadline(expedited, ZONE), ZONE) == "10:00 a.m. on June 4, 2026"
    assert until(Deadline(datetime(2026, 6, 2, 16, 5, tzinfo=UTC), ""), ZONE) == "12:05 p.m. on June 2, 2026"
    assert moment_in_words(datetime(2026, 6, 2, 4, 5, tzinfo=UTC), ZONE) == "12:05 a.m. on June 2, 2026"
    assert in_words(date(2026, 11, 27)) == "November 27, 2026"


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("12 Elm Street, New Haven, CT 06510", ("12 Elm Street", "New Haven, CT 06510")),
        ("48 Orchard Road, Apartment 3, Salem, CT 06420", ("48 Orchard Road, Apartment 3", "Salem, CT 06420")),
        ("c/o Lee; 1 Elm Street ;Salem, CT 06420", ("c/o Lee", "1 Elm Street", "Salem, CT 06420")),
        ("1 Elm Street\nSalem, CT 06420\n", ("1 Elm Street", "Salem, CT 06420")),
        ("", ()),
    ],
)
def test_an_address_has_lines(address: str, lines: tuple[str, ...]) -> None:
    assert lines_of(address) == lines


def test_lists_are_read_aloud() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_each_code_has_its_own_days_within_the_course() -> None:
    asked = replace(LINE, codes=frozenset({"77385", "77407"}), end=date(2026, 1, 16))
    assert certified(asked, 1, CODES).rows == (
        CodeRow(("77385",), "from November 3, 2025 to December 31, 2025"),
        CodeRow(("77407",), "from January 1, 2026 to January 16, 2026"),
    )
    later = replace(asked, start=date(2026, 3, 2), end=None)
    assert certified(later, 1, CODES).rows == (CodeRow(("77407",), "from March 2, 2026"),)


def test_what_is_less_is_said_without_a_code() -> None:
    asked = replace(LINE, codes=frozenset({"77385", "G6015"}), units=None, provider="1234567893")
    less = replace(asked, codes=frozenset({"77385"}), units=1, provider="1245319599")
    [one] = compared((asked,), (less,), 1, CODES)
    assert one.now
    assert (one.then.sessions, one.now.sessions) == ("as many sessions as the treatment needs", "1 session")
    assert (one.fewer_codes, one.other_provider) == (True, True)
    [nothing] = compared((asked,), (), 1, CODES)
    assert nothing.now is None
