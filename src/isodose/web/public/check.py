"""Check a case: which criteria it meets, as its facts are typed. Nothing of it is kept, and nobody at the plan sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from isodose.determination.program import Determination
from isodose.determination.words import Sentence, headline, questions, reasons
from isodose.guideline.edition import Edition
from isodose.guideline.guideline import DIAGNOSIS
from isodose.guideline.outcome import Outcome
from isodose.guideline.products import products_of
from isodose.web.clauses import Clause, clauses_of
from isodose.web.form import Form
from isodose.web.practice.draft.answers import read_answers
from isodose.web.practice.draft.fields import choices, field_of, of_line
from isodose.web.practice.draft.questions import Asked, asked
from isodose.web.practice.draft.typed import Typed
from isodose.web.visit import Visit

OF_EVERY_CASE = ("procedure_code", "date_of_service", "member_birth_date", "product")
DIAGNOSES = "diagnoses"


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be said of a case: a tone of `parts.mark` with words, why, the clauses, and what can still matter."""

    tone: str
    words: str
    why: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    asked: tuple[Asked, ...]


_TONES = {
    Outcome.INVALID: "not-met",
    Outcome.NOT_APPLICABLE: "off",
    Outcome.NOT_REQUIRED: "met",
    Outcome.COVERED_WITHOUT_REVIEW: "met",
    Outcome.CLINICAL_REVIEW: "review",
    Outcome.INFORMATION_NEEDED: "unknown",
    Outcome.APPROVED: "met",
}


def check(visit: Visit) -> Response:
    """The form, empty."""
    return _page(visit, Form())


def answer(visit: Visit) -> Response:
    """The form with what can be said of it so far."""
    return _page(visit, visit.form)


def _page(visit: Visit, form: Form) -> Response:
    guideline = visit.services.guideline
    typed = {name: form.text(name) for name in (*OF_EVERY_CASE, DIAGNOSES)}
    typed |= {field_of(fact): form.text(field_of(fact)) for fact in of_line(guideline)}
    return visit.page(
        "public_check.html",
        typed=typed,
        products=[(one.id, one.name) for one in products_of(guideline.editions[-1])],
        of_line=[(fact, field_of(fact), choices(guideline, fact)) for fact in of_line(guideline)],
        found=_checked(visit, form) if typed["procedure_code"] and typed["date_of_service"] else None,
    )


def _checked(visit: Visit, form: Form) -> Checked:
    found = visit.services.program.determine(_row(visit, form), visit.services.today())
    edition = found.edition or visit.services.guideline.editions[-1]
    return Checked(
        _TONES[found.outcome],
        headline(found),
        () if found.outcome is Outcome.INFORMATION_NEEDED else tuple(dict.fromkeys(reasons(found))),
        clauses_of(found),
        _asked(visit, form, found, edition),
    )


def _asked(visit: Visit, form: Form, found: Determination, edition: Edition) -> tuple[Asked, ...]:
    """The questions that can still change the answer, and those that were answered."""
    return asked(Typed(form.typed()), visit.services.guideline, edition, [one.fact for one in questions(found)])


def _row(visit: Visit, form: Form) -> dict[str, Any]:
    """The flat case as far as it is typed."""
    guideline = visit.services.guideline
    row: dict[str, Any] = {name: said for name in OF_EVERY_CASE if (said := form.text(name))}
    row |= {fact.column: said for fact in of_line(guideline) if (said := form.text(field_of(fact)))}
    row |= read_answers(Typed(form.typed()), guideline)
    codes = [code for code in form.text(DIAGNOSES).replace(",", " ").replace(";", " ").split() if code]
    return {**row, guideline.facts[DIAGNOSIS].column: codes} if codes else row
