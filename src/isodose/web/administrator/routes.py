"""The pages of the administrator: accounts, practices, activity, settings."""

from __future__ import annotations

from isodose.web.route import Route

ROUTES: tuple[Route, ...] = ()
