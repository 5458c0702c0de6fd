"""The pages of a practice: its requests, a new one, what is asked, changes."""

from __future__ import annotations

from isodose.store.draft_documents import LARGEST
from isodose.web.practice import attach, begin, changing, dashboard, edit, look, more, request, review
from isodose.web.rights import Right
from isodose.web.route import Route, get, post

_WITH_FILES = LARGEST + (4 << 20)
"""Bytes of a form with a document: the largest one, and what is typed beside it."""

_WITH_A_PART = attach.PART + (64 << 10)

ROUTES: tuple[Route, ...] = (
    get("/requests", Right.READ_OWN, dashboard.dashboard),
    get("/requests.json", Right.READ_OWN, dashboard.requests_json),
    get("/requests.csv", Right.READ_OWN, dashboard.requests_csv),
    post("/requests/find", Right.READ_OWN, dashboard.find),
    get("/requests/new", Right.PREPARE, begin.new),
    post("/requests/new", Right.PREPARE, begin.begin),
    get("/draft/{draft}", Right.PREPARE, edit.show),
    post("/draft/{draft}", Right.PREPARE, edit.take, form=_WITH_FILES),
    post("/draft/{draft}/discard", Right.PREPARE, edit.discard),
    get("/draft/{draft}/review", Right.PREPARE, review.review),
    post("/draft/{draft}/submit", Right.PREPARE, review.submit),
    get("/draft/{draft}/document/{sha256}", Right.PREPARE, attach.show_attached),
    get("/draft/{draft}/document/{sha256}/{page}", Right.PREPARE, attach.show_attached),
    get("/draft/{draft}/look/{sha256}/{page}", Right.PREPARE, look.at_draft),
    post("/draft/{draft}/look/{sha256}/{page}", Right.PREPARE, look.take_passage),
    post("/draft/{draft}/uploads", Right.PREPARE, attach.begin_parts),
    post("/draft/{draft}/uploads/{upload}", Right.PREPARE, attach.take_part, form=_WITH_A_PART),
    post("/draft/{draft}/uploads/{upload}/finish", Right.PREPARE, attach.finish_parts),
    get("/request/{tracking}", Right.READ_OWN, request.show),
    get("/request/{tracking}/data.json", Right.READ_OWN, request.show_json),
    post("/request/{tracking}/more", Right.PREPARE, more.begin_more),
    post("/request/{tracking}/withdraw", Right.PREPARE, changing.withdraw),
    post("/request/{tracking}/expedite", Right.PREPARE, changing.expedite),
    post("/request/{tracking}/forward", Right.PREPARE, changing.forward),
    post("/request/{tracking}/change", Right.PREPARE, changing.ask_change),
    post("/request/{tracking}/cancel", Right.PREPARE, changing.cancel),
    get("/request/{tracking}/look/{sha256}/{page}", Right.READ_DOCUMENTS, look.at_request),
    get("/request/{tracking}/document/{sha256}", Right.READ_DOCUMENTS, request.document),
    get("/request/{tracking}/document/{sha256}/{page}", Right.READ_DOCUMENTS, request.document),
)
