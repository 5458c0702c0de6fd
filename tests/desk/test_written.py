"""Letters in the record: kept with their documents, in the chain, and in nobody's way."""

from dataclasses import replace

import pytest
from tests.desk.at_the_office import NOW, kinds_of, moved, reviewed, submitted
from tests.desk.people import HOUR, NURSE, SECOND_NURSE

from isodose.desk.acts import Plainly, Take
from isodose.desk.case import Case
from isodose.desk.office import Office
from isodose.desk.transitions import Do
from isodose.desk.written import Written, letters_in
from isodose.store.document import Document
from isodose.store.errors import StaleError, StoreError

LETTER = Document("application/pdf", b"%PDF-1.7 a letter")
WRITTEN = Written("member", "received", 1, LETTER.sha256, "We got your request.pdf", "0" * 64)
TAKE = Take(NOW + HOUR)


def with_letter(office: Office, case: Case) -> Case:
    return office.keep_letters(case, [WRITTEN], (LETTER,), NOW)


def test_a_letter_is_in_the_chain_with_its_document_and_moves_nothing(office: Office) -> None:
    before = submitted(office, reviewed())
    with_letter(office, before)
    after = office.case(before.tracking)
    assert after is not None
    assert kinds_of(after) == [*kinds_of(before), "letter-written"]
    assert [letter for _, letter in letters_in(after.history)] == [WRITTEN]
    assert office.record.document(LETTER.sha256) == LETTER
    assert replace(after.request, number=before.request.number, last=before.request.last) == before.request


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_letter_without_its_document_is_not_kept(office: Office) -> None:
    case = submitted(office, reviewed())
    with pytest.raises(StoreError, match="which is not stored"):
        office.keep_letters(case, [WRITTEN], (), NOW)
    assert office.case(case.tracking) == case


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_who_acts_while_a_letter_is_written_is_not_kept_waiting_and_whose_case_moved_is(office: Office) -> None:
    case = submitted(office, reviewed())
    with_letter(office, case)
    assert office.case(case.tracking) != case
    taken = moved(office, case, TAKE, NURSE)
    assert kinds_of(taken)[-2:] == ["letter-written", "taken"]
    with pytest.raises(StaleError):
        office.act(case, Plainly(Do.NOTE, "a call"), SECOND_NURSE, NOW)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_two_who_write_the_same_letter_write_it_once(office: Office) -> None:
    case = submitted(office, reviewed())
    with_letter(office, case)
    with pytest.raises(StaleError):
        with_letter(office, case)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_came_since_leaves_letters_out(office: Office) -> None:
    case = with_letter(office, submitted(office, reviewed()))
    seen = case.request.number - 1
    assert case.came_since(seen) == ()
    taken = moved(office, case, TAKE, NURSE)
    assert [one.event.kind for one in taken.came_since(seen)] == ["taken"]
    assert taken.came_since(0) == (*case.history[:-1], taken.history[-1])
