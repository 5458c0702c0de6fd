"""The pages of the guideline's author: content with its check and proofs, worked cases, whom a revision touches."""

from __future__ import annotations

from isodose.web.author import cases, check, content, revision
from isodose.web.rights import Right
from isodose.web.route import Route, get

ROUTES: tuple[Route, ...] = (
    get("/content", Right.WRITE_GUIDELINES, content.show),
    get("/content.json", Right.WRITE_GUIDELINES, content.show_json),
    get("/content.csv", Right.WRITE_GUIDELINES, content.show_csv),
    get("/content/check", Right.WRITE_GUIDELINES, check.show),
    get("/content/check.json", Right.WRITE_GUIDELINES, check.show_json),
    get("/content/check.csv", Right.WRITE_GUIDELINES, check.show_csv),
    get("/content/cases", Right.WRITE_GUIDELINES, cases.show),
    get("/content/cases.json", Right.WRITE_GUIDELINES, cases.show_json),
    get("/content/cases.csv", Right.WRITE_GUIDELINES, cases.show_csv),
    get("/content/touched", Right.WRITE_GUIDELINES, revision.show),
    get("/content/touched.json", Right.WRITE_GUIDELINES, revision.show_json),
    get("/content/touched.csv", Right.WRITE_GUIDELINES, revision.show_csv),
)
