"""The one place where a visitor is let through: who it is, whether the form is ours, whether it is not too much, and whether the role has the right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from starlette.datastructures import Headers

from isodose.desk.role import Role
from isodose.web.allowance import Allowances
from isodose.web.cookies import session_cookie
from isodose.web.errors import BadFormError, ForbiddenError, TooOftenError
from isodose.web.form import Form
from isodose.web.rights import OPEN, may
from isodose.web.route import Route
from isodose.web.services import Services
from isodose.web.sign_in.session import is_form_token
from isodose.web.sign_in.visit import Visitor, visitor

_SAME_SITE = frozenset({"same-origin", "none", ""})
"""What browsers say of where a form came from; old ones say nothing, and send ``Origin``."""


class SignInFirstError(Exception):
    """The page takes an account, and nobody is signed in."""


def visitor_of(services: Services, cookies: Mapping[str, str], now: datetime) -> Visitor | None:
    """Whose session the cookie names; None if there is none that is not over."""
    token = cookies.get(session_cookie(is_https=services.is_https), "")
    return visitor(services.door, token, now) if token else None


def expect_ours(visitor: Visitor | None, form: Form, headers: Headers) -> None:
    """Raises ``BadFormError`` for a form that is not from a page of ours, or from one of an earlier session."""
    origin = headers.get("origin", "")
    host = origin.partition("://")[2]
    if headers.get("sec-fetch-site", "") not in _SAME_SITE or (origin and host != headers.get("host", "")):
        raise BadFormError("This came from another site, so nothing was done.")
    if visitor and not is_form_token(visitor.token, form.text("csrf")):
        raise BadFormError("This form is older than your sign-in. Go back, load the page anew, and send it again.")


def expect_patience(route: Route, visitor: Visitor | None, allowances: Allowances, address: str, now: datetime) -> None:
    """Raises ``TooOftenError`` where strangers of one network ask more than its allowance holds."""
    is_stranger = visitor is None or not visitor.is_signed_in
    if route.cost and is_stranger and (wait := allowances.take(address, route.cost, now)):
        raise TooOftenError(wait)


def expect_right(route: Route, visitor: Visitor | None) -> None:
    """Raises ``SignInFirstError`` or ``ForbiddenError`` unless the visitor has the route's right."""
    signed_in = visitor is not None and visitor.is_signed_in
    if not may(Role(visitor.account.role) if visitor and signed_in else None, route.right):
        if not signed_in and route.right not in OPEN:
            raise SignInFirstError
        raise ForbiddenError("Your account does not have the right to this page.")
