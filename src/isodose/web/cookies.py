"""The two cookies: one of a session, one by which a browser is known. Scripts cannot read them, other sites not send them."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

_DAYS_KNOWN = timedelta(days=90)


def session_cookie(*, is_https: bool) -> str:
    """The cookie's name; with the prefix a browser takes it over HTTPS alone, and from this host alone."""
    return "__Host-isodose" if is_https else "isodose"


def device_cookie(*, is_https: bool) -> str:
    return "__Host-isodose-browser" if is_https else "isodose-browser"


def set_session(response: Response, token: str, *, is_https: bool) -> Response:
    """The browser forgets it when it is closed."""
    response.set_cookie(
        session_cookie(is_https=is_https), token, path="/", secure=is_https, httponly=True, samesite="lax"
    )
    return response


def end_session(response: Response, *, is_https: bool) -> Response:
    response.delete_cookie(session_cookie(is_https=is_https), path="/", secure=is_https, httponly=True, samesite="lax")
    return response


def set_device(response: Response, token: str, *, is_https: bool) -> Response:
    response.set_cookie(
        device_cookie(is_https=is_https),
        token,
        max_age=int(_DAYS_KNOWN.total_seconds()),
        path="/",
        secure=is_https,
        httponly=True,
        samesite="lax",
    )
    return response
