"""One request of a browser, with all that a page needs to answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from isodose.desk.case import Case
from isodose.desk.number import Kind, number_problem
from isodose.desk.role import By, Role
from isodose.store.accounts import Account
from isodose.store.seen import Look, add_look
from isodose.web.errors import NotFoundError
from isodose.web.form import Form
from isodose.web.render import render
from isodose.web.rights import Right, may
from isodose.web.services import Services
from isodose.web.sign_in.visit import Visitor


@dataclass(frozen=True, slots=True)
class Visit:
    """Who came, where to, when, and with what.

    ``visitor`` is None for who has no session; one that is not signed in yet has no ``account`` here. ``path`` holds the parts of the path by name, ``query`` what follows the question
    mark; neither ever holds anything of a patient. ``is_part`` says that only a part of the page was asked for (htmx).
    ``address`` is where the visitor calls from.
    """

    services: Services
    now: datetime
    route: str
    form: Form = field(default_factory=Form)
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    visitor: Visitor | None = None
    address: str = ""
    is_part: bool = False

    @property
    def account(self) -> Account | None:
        """Who is signed in."""
        return self.visitor.account if self.visitor and self.visitor.is_signed_in else None

    @property
    def csrf(self) -> str:
        """What each form of the session carries."""
        return self.visitor.form_token if self.visitor else ""

    @property
    def role(self) -> Role | None:
        return Role(self.account.role) if self.account else None

    @property
    def by(self) -> By:
        """Who acts, for the desk. Only for routes that take an account."""
        assert self.visitor is not None, "the route's right takes an account"
        return self.visitor.by

    def may(self, right: Right) -> bool:
        return may(self.role, right)

    def case(self, what: str) -> Case:
        """The request that the path names, noted as seen (``what`` is the page's name).

        Raises ``NotFoundError`` for one that does not exist and for another practice's alike.
        """
        tracking = self.path.get("tracking", "")
        found = None if number_problem(tracking, Kind.TRACKING) else self.services.office.case(tracking)
        if found is None or not self._is_theirs(found):
            raise NotFoundError("There is no request of this number, or none that you may see.")
        add_look(self.services.database, Look(self.now, self.by.account, found.tracking, what))
        return found

    def _is_theirs(self, case: Case) -> bool:
        """The plan's people see every request that they have a right to; a practice sees its own."""
        return self.by.role is not Role.REQUESTER or case.request.asked_by.practice == self.by.practice != ""

    def page(self, template: str, status: int = 200, /, **values: Any) -> Response:
        """The page that a template makes of the values."""
        return HTMLResponse(render(template, visit=self, **values), status)

    def json(self, value: Any) -> Response:
        """The data of a page, for programs."""
        return JSONResponse(value)

    def csv(self, name: str, text: str) -> Response:
        """The data of a list, to be opened in a spreadsheet."""
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return Response(text, media_type="text/csv; charset=utf-8", headers=headers)

    def go(self, path: str) -> Response:
        """On to another page, after something was done."""
        return RedirectResponse(path, 303)
