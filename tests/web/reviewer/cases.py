"""Cases on the desk for the tests of its pages: sent by a practice through the office, with a consultation note of two pages."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import count

from tests.desk.test_automatic import RESTS_ON, submit
from tests.web.site import Browser, Site

from isodose.desk.act import Refusal
from isodose.desk.case import Case
from isodose.desk.office import Sent
from isodose.desk.request import Evidence
from isodose.desk.role import By, Role
from isodose.pages.pdf import pdf_from
from isodose.store.document import Document
from isodose.store.event import Json

KIM = By("kim", Role.REQUESTER, "elm-street")
SAID = "66 Gy in 33 fractions next to the brainstem"
_IDS = count(1)


@cache
def note() -> Document:
    """A consultation note with words on two pages."""
    html = (
        "<html lang='en'><head><title>Consultation</title></head><body><h1>Radiation Oncology Consultation</h1>"
        "<p>Impression. Squamous cell carcinoma of the left middle ear, pT3 N0 M0.</p>"
        f"<h2 style='break-before: page'>Plan</h2><p>Adjuvant radiation. {SAID}.</p></body></html>"
    )
    return Document("application/pdf", pdf_from(html))


LETTER = Document("text/plain", b"The earlier course ended in 2019: 50 Gy to the left chest wall.")


def sent(here: Site, member: str = "M1", documents: tuple[Document, ...] = (), **facts: Json) -> Case:
    """A case as the practice sent it; C61 with all facts known and shown, but for those that are said otherwise."""
    papers = documents or (note(),)
    evidence = tuple(Evidence(fact, papers[0].sha256, 2, SAID) for fact in RESTS_ON)
    what = submit(**facts)
    names = {one.sha256: f"paper {number}" for number, one in enumerate(papers, 1)} | {papers[0].sha256: "consult.pdf"}
    born = {"M1": "1956-02-01", "M2": "1948-07-09"}[member]
    who: Mapping[str, Json] = {"member_id": member, "member_birth_date": born, "product": "ma-hmo"}
    content = {**what.content, "request_id": f"T-{next(_IDS)}", "member": who}
    arrives = replace(
        what,
        content=content,
        first=here.now,
        documents=tuple(one.sha256 for one in papers),
        names=names,
        evidence=evidence,
        details={"contact_name": "Kim Ferris", "facility": "Elm Street"},
    )
    case = here.services.office.submit(arrives, KIM, here.now, Sent(papers))
    assert not isinstance(case, Refusal), case
    return case


def middle_ear(here: Site, member: str = "M1") -> Case:
    """One that only a reviewer can settle: C30.1 is not named, and the list is open."""
    return sent(here, member, diagnosis_codes=["C30.1"])


def palliative(here: Site, member: str = "M2") -> Case:
    """One that meets no criterion."""
    return sent(here, member, treatment_intent="palliative")


def now_of(here: Site, case: Case) -> Case:
    """The case as it stands in the record."""
    found = here.services.office.case(case.tracking)
    assert found
    return found


def do(browser: Browser, here: Site, case: Case, act: str, **fields: str | list[str]):  # type: ignore[no-untyped-def] # noqa: ANN201 (a response)
    """An act through its form, as the newest page carries it."""
    seen = str(now_of(here, case).request.number)
    return browser.post(f"/case/{case.tracking}/do/{act}", {"seen": seen, **fields})


def state_of(here: Site, case: Case) -> str:
    return now_of(here, case).request.standing.state.value
