"""The first page: who is signed in goes on to their own work, everybody else sees what can be done here."""

from __future__ import annotations

from starlette.responses import Response

from isodose.web.navigation import navigation
from isodose.web.rights import OPEN
from isodose.web.visit import Visit


def home(visit: Visit) -> Response:
    own = next((place for place in navigation(visit.may, visit.route) if place.right not in OPEN), None)
    return visit.go(own.path) if own else visit.page("home.html")
