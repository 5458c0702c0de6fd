"""The pages for everybody."""

from __future__ import annotations

from isodose.web.public.home import home
from isodose.web.rights import Right
from isodose.web.route import Route, get

ROUTES: tuple[Route, ...] = (get("/", Right.EVERYBODY, home),)
