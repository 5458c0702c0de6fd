"""Looking over what will be sent, attesting it, and sending it: a new request, or more of one that was sent."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response

from isodose.desk.act import Refusal
from isodose.desk.case import Case
from isodose.store.drafts import Draft, discard_draft
from isodose.store.errors import StaleError
from isodose.web.details import labelled
from isodose.web.diagnosis_search import named
from isodose.web.errors import NotFoundError
from isodose.web.practice.draft.people import is_expedited
from isodose.web.practice.draft.typed import SEEN
from isodose.web.practice.draft.view import View, view
from isodose.web.practice.drafts import own_draft, saved
from isodose.web.practice.happened import told_since
from isodose.web.practice.of_request import added_to
from isodose.web.practice.sending import send_more, send_new, sent_before
from isodose.web.visit import Visit

Problems = list[tuple[str, str]]

ATTEST = "attest"
STATEMENT = (
    "What is stated here is true to the best of my knowledge, it stands in the patient's record, and the documents are this "
    "patient's."
)


def review(visit: Visit) -> Response:
    """All that will be sent, and what still lacks."""
    draft = own_draft(visit)
    return _page(visit, view(visit, draft, added_to(visit, draft)))


def submit(visit: Visit) -> Response:
    """Send it. The draft's own id is the key: sent twice, it is one request. The draft is gone afterwards."""
    try:
        draft = own_draft(visit)
    except NotFoundError:
        if sent := sent_before(visit):
            return visit.go(f"/request/{sent}")
        raise
    shown = view(visit, draft, added_to(visit, draft))
    problems = [(problem.field, problem.words) for problem in shown.reading.problems]
    if not visit.form.text(ATTEST):
        problems.append((ATTEST, "Tick that what is stated is true, or go back and change it"))
    if shown.of and shown.of.came_since(_seen(draft)):
        return _seen_now(visit, draft, shown.of)
    if problems:
        return _page(visit, shown, problems)
    return _sent(visit, shown)


def _sent(visit: Visit, shown: View) -> Response:
    try:
        case = send_more(visit, shown, shown.of) if shown.of else send_new(visit, shown)
    except StaleError:
        again = view(visit, shown.draft, added_to(visit, shown.draft))
        assert again.of is not None, "only what is added to a request is stale"
        return _seen_now(visit, shown.draft, again.of)
    if isinstance(case, Refusal):
        return _page(visit, shown, [("", f"{reason[:1].upper()}{reason[1:]}") for reason in case.reasons])
    discard_draft(visit.services.database, shown.draft.id)  # it is gone already, unless an equal request was found
    return visit.go(f"/request/{case.tracking}")


def _seen(draft: Draft) -> int:
    seen = draft.body.get(SEEN)
    return seen if isinstance(seen, int) else 0


def _seen_now(visit: Visit, draft: Draft, case: Case) -> Response:
    """What came to the request since the draft was begun; it is seen now, and sending it again goes on."""
    came = told_since(case, _seen(draft))
    draft = saved(visit, draft, {**draft.body, SEEN: case.request.number})
    said = "; ".join(came) or "its standing"
    words = f"Something came to the request meanwhile: {said}. Nothing was sent yet. Look it over, and send it again if it still holds."
    return _page(visit, view(visit, draft, case), [("", words)])


def _page(visit: Visit, shown: View, problems: Problems | None = None) -> Response:
    lacks = [(problem.field, problem.words) for problem in shown.reading.problems]
    return visit.page(
        "practice_review.html",
        422 if problems else 200,
        view=shown,
        typed=shown.typed,
        lacks=lacks,
        problems=problems or [],
        statement=STATEMENT,
        labelled=labelled,
        name_of=partial(named, visit.services.guideline.release),
        is_expedited=is_expedited(shown.typed),
    )
