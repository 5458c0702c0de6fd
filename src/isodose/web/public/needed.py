"""Is authorization needed? A code, a day, a product and a birth date to an answer. Nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from isodose.determination.program import Determination
from isodose.determination.words import headline, questions, reasons
from isodose.guideline.outcome import Outcome
from isodose.guideline.products import products_of
from isodose.web.visit import Visit

FIELDS = ("procedure_code", "date_of_service", "product", "member_birth_date")


@dataclass(frozen=True, slots=True)
class Answer:
    """``tone`` is one of `parts.mark`; ``asked`` are the questions that a request would be asked, each with its clause."""

    tone: str
    says: str
    why: tuple[str, ...]
    asked: tuple[tuple[str, str], ...] = ()
    fax: str = ""


def needed(visit: Visit) -> Response:
    """The form, empty."""
    return visit.page("public_needed.html", typed=dict.fromkeys(FIELDS, ""), answer=None, products=_products(visit))


def answer(visit: Visit) -> Response:
    """The form with its answer."""
    typed = {name: visit.form.text(name) for name in FIELDS}
    row = {name: value for name, value in typed.items() if value}
    found = _answer(visit.services.program.determine(row, visit.services.today()))
    return visit.page("public_needed.html", typed=typed, answer=found, products=_products(visit))


def _answer(found: Determination) -> Answer:
    why = (headline(found), *dict.fromkeys(sentence.text for sentence in reasons(found)))
    match found.outcome:
        case Outcome.INVALID:
            return Answer("not-met", "This cannot be answered as it is typed", why[1:])
        case Outcome.NOT_APPLICABLE:
            return Answer("off", "This guideline does not speak of it", why)
        case Outcome.NOT_REQUIRED:
            return Answer("met", "No authorization is needed", why)
        case Outcome.COVERED_WITHOUT_REVIEW:
            return Answer("met", "Covered without review: send the request, it is answered at once", why)
        case _ if "product" in found.missing:
            return Answer("unknown", "That depends on the member's product", why)
        case _:
            return _yes(found)


def _yes(found: Determination) -> Answer:
    asked = tuple((one.question, str(one.clause or "")) for one in questions(found))
    product = found.case.facts.get("product")
    assert found.edition is not None, "a case that is judged has an edition"
    fax = next((one.fax for one in products_of(found.edition) if one.id == product), "")
    return Answer("review", "Yes: authorization is needed before the service", (), asked, fax)


def _products(visit: Visit) -> list[tuple[str, str]]:
    return [(one.id, one.name) for one in products_of(visit.services.guideline.editions[-1])]
