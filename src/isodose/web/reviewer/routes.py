"""The pages of nurses and physicians: the worklist and the desk."""

from __future__ import annotations

from isodose.web.route import Route

ROUTES: tuple[Route, ...] = ()
