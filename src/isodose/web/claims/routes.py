"""The page of claims operations."""

from __future__ import annotations

from isodose.web.claims import page
from isodose.web.rights import Right
from isodose.web.route import Route, get, post

ROUTES: tuple[Route, ...] = (
    get("/claims", Right.CHECK_CLAIMS, page.show),
    post("/claims", Right.CHECK_CLAIMS, page.check),
)
