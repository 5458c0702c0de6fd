"""Letters in the record that wait to be sent, without the time that it takes to make them."""

from datetime import timedelta

from tests.desk.at_the_office import NOW, submitted, unproven

from isodose.desk.case import Case
from isodose.desk.office import Office
from isodose.desk.written import Written, letters_in
from isodose.store.accounts import Account, add_account
from isodose.store.document import Document

SOON = NOW + timedelta(minutes=1)


def letter_on(office: Office, case: Case, reader: str = "member", of: int = 0) -> Case:
    """The case with one letter more, on its last event or another."""
    of = of or case.request.number
    kind = case.history[of - 1].event.kind
    pdf = Document("application/pdf", f"%PDF-1.7 {case.tracking} {reader} {of}".encode())
    letter = Written(reader, kind, of, pdf.sha256, f"{kind}.pdf", "0" * 64, 2)
    at = max(SOON, case.request.last or SOON)
    return office.keep_letters(case, [letter], (pdf,), at)


def sha256_of(case: Case) -> str:
    """The last letter's document."""
    *_, (_, letter) = letters_in(case.history)
    return letter.sha256


def waiting(office: Office, count: int = 1) -> list[Case]:
    """Cases each with a letter to its member."""
    return [letter_on(office, submitted(office, unproven(f"T-{number}"))) for number in range(count)]


def add_people(office: Office) -> None:
    """Kim of the practice, and a nurse."""
    for name, role, practice in (("kim", "requester", "elm-street"), ("noor", "nurse", None)):
        account = Account(name, name.title(), role, practice)
        add_account(office.record.database, account, "rosa", NOW)
