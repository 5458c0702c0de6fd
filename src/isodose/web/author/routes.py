"""The pages of the guideline's author: content with its check, editions, differences."""

from __future__ import annotations

from isodose.web.route import Route

ROUTES: tuple[Route, ...] = ()
