"""What every answer says to the browser: nothing from elsewhere, nothing in frames, nothing kept that is somebody's."""

from __future__ import annotations

from starlette.responses import Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""The content security policy: our own files alone. No style and no script stands in a page itself."""

_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_FOR_GOOD = "public, max-age=31536000, immutable"
_YEAR = "max-age=31536000"


def secured(response: Response, *, is_https: bool, for_good: bool = False) -> Response:
    """The response with its headers; ``for_good`` for files whose address changes with their content."""
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", _FOR_GOOD if for_good else "no-store")
    if is_https:
        response.headers["Strict-Transport-Security"] = _YEAR
    return response
