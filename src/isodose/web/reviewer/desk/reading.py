"""Reading the documents of a case: a page as a picture, words that are searched, a passage that is marked."""

from __future__ import annotations

from starlette.responses import Response

from isodose.desk.act import Refusal
from isodose.desk.acts import Mark
from isodose.store.errors import StaleError, StoreError
from isodose.web.documents.serve import seen_as, served
from isodose.web.errors import NotFoundError
from isodose.web.form import whole_number
from isodose.web.letters_view import openable
from isodose.web.reviewer.acts.panel import FormError
from isodose.web.reviewer.desk import documents
from isodose.web.reviewer.desk.desk import Desk
from isodose.web.reviewer.desk.documents import Reading, entries, is_on_page
from isodose.web.reviewer.desk.page import CONFLICT, desk_page
from isodose.web.reviewer.desk.timeline import steps
from isodose.web.visit import Visit

WORDS, TARGET, DOC, PAGE = "words", "target", "doc", "page"


def document(visit: Visit) -> Response:
    """A page of a document as a picture, or the file to be kept. Who asks for it has opened it."""
    sha256 = visit.path["sha256"]
    case = visit.case(seen_as(sha256, visit.path.get("page")))
    name = openable(case, visit.by).get(sha256)
    if name is None:
        raise NotFoundError("The case has no such document.")
    try:
        found = visit.services.office.record.document(sha256)
    except StoreError as error:
        raise NotFoundError("This document cannot be read.") from error
    return served(found, name, visit.path.get("page"))


def search(visit: Visit) -> Response:
    """Where words stand in the documents. They are posted: they may name a patient."""
    desk = Desk(visit, visit.case("search"))
    words = visit.form.text(WORDS)
    if not words:
        return desk_page(desk, problems=[(WORDS, "Type the words to look for")])
    return desk_page(desk, reading=documents.search(desk, words))


def mark(visit: Visit) -> Response:
    """A passage is marked for a criterion."""
    desk = Desk(visit, visit.case("desk"))
    try:
        what = _mark(desk)
    except FormError as error:
        return desk_page(desk, problems=error.problems, reading=Reading(is_marking=True))
    try:
        answer = visit.services.office.act(desk.case, what, visit.by, visit.now)
    except StaleError as error:
        newer, came = Desk(visit, visit.case("desk")), steps(error.meanwhile, desk)
        return desk_page(newer, came=came, status=CONFLICT, reading=Reading(is_marking=True))
    if isinstance(answer, Refusal):
        return desk_page(desk, problems=[("", reason) for reason in answer.reasons], reading=Reading(is_marking=True))
    number = next(one.number for one in entries(desk) if one.sha256 == what.document)
    return visit.go(f"{desk.path}?doc={number}&page={what.page}#documents")


def _mark(desk: Desk) -> Mark:
    """The passage that was typed or picked. Raises ``FormError``."""
    form, here = desk.visit.form, {str(one.number): one for one in entries(desk)}
    words, target, page = form.text(WORDS), form.text(TARGET), whole_number(form.text(PAGE))
    entry = here.get(form.text(DOC))
    if entry is None or page is None:
        raise NotFoundError("The case has no such page.")
    problems = []
    if target not in targets(desk):
        problems.append((TARGET, "Choose the criterion for which the passage counts"))
    if not words:
        problems.append((f"mark-{WORDS}", "Pick the words on the page, or type them"))
    elif not is_on_page(desk, entry, page, words):
        problems.append((f"mark-{WORDS}", "These words do not stand on this page"))
    if problems:
        raise FormError(problems)
    is_leaf = target in desk.visit.services.guideline.leaf_phrases
    return Mark(target, entry.sha256, page, " ".join(words.split()), is_leaf)


def targets(desk: Desk) -> frozenset[str]:
    """What a passage may be marked for: the clauses and leaves of the guideline."""
    guideline = desk.visit.services.guideline
    return guideline.clause_ids | guideline.leaf_phrases
