"""The pages of a practice: its requests, a new one, what is asked, changes."""

from __future__ import annotations

from isodose.web.route import Route

ROUTES: tuple[Route, ...] = ()
