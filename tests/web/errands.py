"""What people at practices and at the plan do all day, over HTTP: each errand has a word of its own, by which it is found in the record."""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Literal

from httpx2 import Response
from tests.web.practice.typing import PEOPLE, a_pdf, number_of, passages
from tests.web.serving import Window

from isodose.desk.transitions import Do
from isodose.store.document import Document

RESTS_ON = ("concurrent_proton_therapy", "treatment_intent", "dose_escalation_concern", "diagnosis", "technique")
NOTE = a_pdf()

Course = Literal["prostate", "ear", "lung"]
FACTS: Mapping[Course, Mapping[str, str]] = {
    "prostate": {"diagnosis": "C61", "fact-treatment_intent": "curative", "fact-previously_irradiated": "no"},
    "ear": {"diagnosis": "C30.1", "fact-treatment_intent": "curative", "fact-previously_irradiated": "no"},
    "lung": {"diagnosis": "C34.32", "fact-treatment_intent": "palliative", "fact-previously_irradiated": "no"},
}
"""What is approved at once if it is shown, what a nurse settles, and what a physician denies."""


@dataclass(frozen=True)
class Errand:
    """One form that stores something for good. ``word`` stands in the event of kind ``do`` that it makes, and nowhere else."""

    who: str
    do: Do
    word: str
    path: str
    fields: Mapping[str, str]


@dataclass
class Book:
    """What was acknowledged, and what was not: a form whose answer never came. ``cases`` wait for the plan's people."""

    prefix: str
    done: list[Errand] = field(default_factory=list)
    unanswered: list[Errand] = field(default_factory=list)
    to_answer: deque[str] = field(default_factory=deque)
    for_nurse: deque[str] = field(default_factory=deque)
    for_physician: deque[str] = field(default_factory=deque)
    words: Iterator[int] = field(default_factory=count)

    def word(self) -> str:
        return f"{self.prefix}-{next(self.words)}-end"

    def run(self, window: Window, errand: Errand) -> str:
        """Send the form: where its answer leads. What breaks off on the way is kept as unanswered."""
        self.unanswered.append(errand)
        answer = window.post(errand.path, errand.fields)
        self.unanswered.remove(errand)
        assert answer.status_code == 303, (answer.status_code, errand, _said(answer))
        self.done.append(errand)
        return str(answer.headers["location"])


def at_practice(who: str, window: Window, book: Book, chance: random.Random) -> None:
    """One more request, or one more answer to what the plan asks."""
    asked = next((one for one in tuple(book.to_answer) if one.startswith(f"{who} ")), "")
    if asked and chance.random() < 0.5:
        book.to_answer.remove(asked)
        _answer(who, window, book, asked.partition(" ")[2])
    else:
        _send(who, window, book, chance)


def as_nurse(window: Window, book: Book) -> None:
    """A diagnosis is settled and the request approved."""
    path = book.for_nurse.popleft()
    why = {"of": "clause 1.a", "line": "1", "truth": "met"}
    _act(window, book, "noor", Errand("noor", Do.JUDGE, word := book.word(), f"{path}/do/judge", {**why, "why": word}))
    word = book.word()
    _act(window, book, "noor", Errand("noor", Do.APPROVE, word, f"{path}/do/approve", {"reason": f"Met, {word}."}))


def as_physician(window: Window, book: Book) -> None:
    """A call is offered, the document opened, and the request denied with a reason."""
    path, word = book.for_physician.popleft(), book.word()
    times = {"time-1": f"{date.today() + timedelta(days=1)}T10:00"}  # noqa: DTZ011 (any day that is not over)
    _act(window, book, "ito", Errand("ito", Do.OFFER_CALL, "", f"{path}/do/offer-call", times))
    reason = f"The note gives no reason why a 3D plan would not spare the lung ({word})."
    _act(window, book, "ito", Errand("ito", Do.DENY, word, f"{path}/do/deny", {"reason": reason, "rests-on": "1"}))


def _send(who: str, window: Window, book: Book, chance: random.Random) -> None:
    course: Course = chance.choice(("prostate", "prostate", "ear", "lung"))
    shown = course != "prostate" or chance.random() < 0.5
    word, draft = book.word(), begun(window)
    _type(window, draft, {**whole(course), "target": word}, shown=shown)
    lead = book.run(window, Errand(who, Do.SUBMIT, word, f"{draft}/submit", {"attest": "yes"}))
    case = lead.replace("/request/", "/case/")
    {"ear": book.for_nurse, "lung": book.for_physician}.get(course, deque()).append(case)
    if not shown:
        book.to_answer.append(f"{who} {lead}")


def _answer(who: str, window: Window, book: Book, request: str) -> None:
    word, draft = book.word(), str(window.post(f"{request}/more").headers["location"])
    _type(window, draft, {**whole("prostate"), "answer": word}, shown=True)
    book.run(window, Errand(who, Do.ANSWER, word, f"{draft}/submit", {"attest": "yes"}))


def _act(window: Window, book: Book, who: str, errand: Errand) -> None:
    """An act at the desk, on the case as its page shows it."""
    page = window.get(errand.path)
    seen = re.search(r'name="seen" value="([0-9]+)"', page.text)
    assert seen, f"{who} sees no form at {errand.path}: {page.status_code} {_said(page)}"
    book.run(window, Errand(who, errand.do, errand.word, errand.path, {**errand.fields, "seen": seen[1]}))


def begun(window: Window) -> str:
    answer = window.post("/requests/new", {"member_id": "M1", "birth_date": "1956-02-01"})
    assert answer.status_code == 303, _said(answer)
    return str(answer.headers["location"])


def whole(course: Course) -> dict[str, str]:
    start = date.today() + timedelta(days=10)  # noqa: DTZ011 (the server's own clock goes)
    line = {"line": "1", "code-1": "77407", "start-1": str(start), "sessions-1": "28", "fact-technique-1": "imrt"}
    clear = {"fact-dose_escalation_concern": "yes", "fact-concurrent_proton_therapy": "no"}
    return {**PEOPLE, **line, **clear, **FACTS[course], "member_id": "M1", "birth_date": "1956-02-01"}


def _type(window: Window, draft: str, fields: Mapping[str, str], *, shown: bool) -> None:
    number = number_of(window.get(draft))
    if not shown:
        answer = window.post(draft, {**fields, "number": number, "do": "check"})
    else:
        shows = passages(Document("application/pdf", NOTE).sha256, *RESTS_ON)
        files = [("file", ("note.pdf", NOTE, "application/pdf"))]
        answer = window.post(draft, {**fields, **shows, "number": number, "do": "attach"}, files)
    assert answer.status_code == 303, _said(answer)


def _said(answer: Response) -> str:
    """What a page says in its main part, without its marks."""
    return re.sub(r"<[^>]*>|\s+", " ", answer.text.partition("<main")[2])[:1500]
