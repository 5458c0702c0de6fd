"""The pages of nurses and physicians: the worklist and the desk."""

from __future__ import annotations

from isodose.web.reviewer.desk import page, reading
from isodose.web.reviewer.worklist import page as worklist
from isodose.web.rights import Right
from isodose.web.route import Route, get, post

ROUTES: tuple[Route, ...] = (
    get("/worklist", Right.REVIEW, worklist.show),
    get("/worklist.json", Right.REVIEW, worklist.show_json),
    get("/worklist.csv", Right.REVIEW, worklist.show_csv),
    post("/worklist/find", Right.REVIEW, worklist.find),
    post("/worklist/next", Right.REVIEW, worklist.take_next),
    post("/worklist/filters", Right.REVIEW, worklist.save_filter),
    post("/worklist/filters/remove", Right.REVIEW, worklist.remove_filter),
    post("/worklist/keys", Right.REVIEW, worklist.turn_keys),
    get("/case/{tracking}", Right.REVIEW, page.show),
    get("/case/{tracking}/data.json", Right.REVIEW, page.show_json),
    get("/case/{tracking}/do/{act}", Right.REVIEW, page.show_form),
    post("/case/{tracking}/do/{act}", Right.REVIEW, page.do),
    post("/case/{tracking}/search", Right.REVIEW, reading.search),
    post("/case/{tracking}/mark", Right.REVIEW, reading.mark),
    get("/case/{tracking}/document/{sha256}", Right.REVIEW, reading.document),
    get("/case/{tracking}/document/{sha256}/page/{page}.png", Right.REVIEW, reading.document),
)
