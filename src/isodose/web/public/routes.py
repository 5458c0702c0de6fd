"""The pages for everybody."""

from __future__ import annotations

from isodose.web.public import check, guideline, home, needed
from isodose.web.rights import Right
from isodose.web.route import Route, get, post

ROUTES: tuple[Route, ...] = (
    get("/", Right.EVERYBODY, home.home),
    get("/guideline", Right.EVERYBODY, guideline.newest),
    get("/guideline/editions", Right.EVERYBODY, guideline.editions),
    get("/guideline/editions.json", Right.EVERYBODY, guideline.editions_json),
    get("/guideline/editions.csv", Right.EVERYBODY, guideline.editions_csv),
    get("/guideline/codes", Right.EVERYBODY, guideline.codes),
    get("/guideline/codes.json", Right.EVERYBODY, guideline.codes_json),
    get("/guideline/codes.csv", Right.EVERYBODY, guideline.codes_csv),
    get("/guideline/compare", Right.EVERYBODY, guideline.compare, cost=8),
    get("/guideline/edition/{edition}", Right.EVERYBODY, guideline.edition),
    get("/needed", Right.EVERYBODY, needed.needed),
    post("/needed", Right.EVERYBODY, needed.answer, cost=1),
    get("/check", Right.EVERYBODY, check.check),
    post("/check", Right.EVERYBODY, check.answer, cost=1),
)
