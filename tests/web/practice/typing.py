"""What somebody at a practice types, and how far it leads."""

import io
import re
from collections.abc import Mapping

import pypdfium2
from httpx2 import Response
from tests.web.site import Browser

Fields = dict[str, str | list[str]]

PEOPLE: Mapping[str, str] = {
    "ordering_name": "Dr. Ruth Amado",
    "ordering_npi": "1234567893",
    "billing_npi": "1234567893",
    "place_of_service": "22",
    "contact_name": "Kim Ferris",
    "contact_phone": "860-555-0117",
}
SERVICE: Mapping[str, str] = {
    "line": "1",
    "code-1": "77385",
    "start-1": "2025-11-17",
    "sessions-1": "35",
    "fact-technique-1": "imrt",
}
ANSWERS: Mapping[str, str] = {
    "diagnosis": "C61",
    "fact-treatment_intent": "curative",
    "fact-dose_escalation_concern": "yes",
    "fact-concurrent_proton_therapy": "no",
}
"""What the guideline asks of a curative treatment of the prostate, answered so that criterion 1 is met."""

WHOLE: Mapping[str, str] = {**SERVICE, **PEOPLE, **ANSWERS, "member_id": "M1", "birth_date": "1956-02-01"}


def begun(browser: Browser, member_id: str = "M1", birth_date: str = "1956-02-01") -> str:
    """The path of a new draft."""
    answer = browser.post("/requests/new", {"member_id": member_id, "birth_date": birth_date})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def number_of(page: Response) -> str:
    """The saving that a page was made from."""
    found = re.search(r'name="number" value="([0-9]+)"', page.text)
    assert found, page.text[:2000]
    return found[1]


def typed(browser: Browser, draft: str, fields: Mapping[str, str | list[str]], do: str = "check") -> Response:
    """The answer to a button that is pressed with these fields filled in."""
    number = number_of(browser.get(draft))
    return browser.post(draft, {**fields, "number": number, "do": do})


def sent(browser: Browser, draft: str) -> Response:
    return browser.post(f"{draft}/submit", {"attest": "yes"})


def a_pdf(pages: int = 2) -> bytes:
    """A document of empty pages."""
    pdf, made = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(pages):
        pdf.new_page(612, 792)
    pdf.save(made)
    return made.getvalue()


def passages(document: str, *facts: str) -> Fields:
    """That a document shows these facts, each on its second page."""
    fields: Fields = {}
    for fact in facts:
        fields |= {f"document-{fact}": document, f"page-{fact}": "2", f"words-{fact}": "as planned"}
    return fields
