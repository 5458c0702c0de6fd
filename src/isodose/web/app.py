"""The server: each line of the route table behind the gate, static files, error pages, liveness and readiness."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from types import TracebackType

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route as StarletteRoute

from isodose.store.errors import StoreError
from isodose.web import gate, static
from isodose.web.allowance import Allowances
from isodose.web.errors import NotFoundError, PageError, TooOftenError
from isodose.web.form import Form, plain
from isodose.web.headers import secured
from isodose.web.reading import form_from
from isodose.web.route import Route
from isodose.web.routes import ROUTES
from isodose.web.services import Services
from isodose.web.sign_in.visit import Visitor
from isodose.web.upkeep import keep_up
from isodose.web.visit import Visit

LOG = logging.getLogger("isodose.web")

_HTMX = "hx-request"


def make_app(services: Services, routes: Sequence[Route] = ROUTES) -> Starlette:
    """The application. A route without a right does not come this far: it cannot be made."""
    allowances = Allowances(services.sign_in.strangers)
    pages = [StarletteRoute(one.path, _endpoint(one, services, allowances), methods=[one.method]) for one in routes]
    own = [
        StarletteRoute("/static/{name}", _static(services)),
        StarletteRoute("/health/live", _live),
        StarletteRoute("/health/ready", _ready(services)),
    ]
    return Starlette(
        routes=[*own, *pages],
        exception_handlers={HTTPException: _no_such_page(services)},
        lifespan=keep_up(services),
    )


Endpoint = Callable[[Request], Awaitable[Response]]


def _endpoint(route: Route, services: Services, allowances: Allowances) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            form = await form_from(request, route.form) if request.method == "POST" else Form()
        except PageError as error:
            return await run_in_threadpool(_refused, services, request, error)
        response = await run_in_threadpool(_answer, route, services, request, form, allowances)
        return secured(response, is_https=services.is_https)

    return endpoint


def _answer(route: Route, services: Services, request: Request, form: Form, allowances: Allowances) -> Response:
    """The answer to a visit: from the page, or from what ended the visit early."""
    visit = Visit(services, services.clock(), request.url.path, form)
    try:
        visitor = gate.visitor_of(services, request.cookies, visit.now)
        visit = _visit(visit, visitor, request)
        if request.method == "POST":
            gate.expect_ours(visitor, form, request.headers)
        gate.expect_patience(route, visitor, allowances, visit.address, visit.now)
        gate.expect_right(route, visitor)
        return route.handler(visit)
    except gate.SignInFirstError:
        return _to_sign_in(visit, request)
    except TooOftenError as error:
        return _later(visit, error)
    except PageError as error:
        return visit.page("error.html", error.status, message=str(error), reference="")
    except Exception as error:  # noqa: BLE001 (the last one who can say it)
        return _unexpected(visit, route, error)


def _later(visit: Visit, error: TooOftenError) -> Response:
    page = visit.page("error.html", error.status, message=str(error), reference="")
    page.headers["Retry-After"] = str(error.wait.seconds)
    return page


def _visit(visit: Visit, visitor: Visitor | None, request: Request) -> Visit:
    """All of the visit. No part of a path has letters that cannot be stored; what is asked for besides is read without them."""
    if any(plain(part) != part for part in map(str, request.path_params.values())):
        raise NotFoundError
    return Visit(
        visit.services,
        visit.now,
        visit.route,
        visit.form,
        dict(request.path_params),
        {name: plain(value) for name, value in request.query_params.items()},
        request.cookies,
        visitor,
        request.client.host if request.client else "",
        _HTMX in request.headers,
    )


def _to_sign_in(visit: Visit, request: Request) -> Response:
    """On to signing in, and back here afterwards; what was sent is not: it is told so."""
    if request.method == "POST":
        return visit.page("error.html", 401, message=_SIGNED_OUT, reference="")
    return visit.go(f"/sign-in?to={visit.route}")


_SIGNED_OUT = (
    "You are signed out, so nothing was done with what you sent. Sign in in another tab, then come back here, go back one "
    "page and send it again: what you typed is still there."
)


def _unexpected(visit: Visit, route: Route, error: Exception) -> Response:
    """A fault of ours or of the machine: the log has where it was, the page a reference, and neither a patient."""
    reference = secrets.token_hex(4)
    kind = type(error).__name__
    LOG.error(
        "fault", extra={"reference": reference, "route": route.path, "kind": kind}, exc_info=_without_words(error)
    )
    message = "Something went wrong on our side. Nothing was half done: try it again."
    if isinstance(error, StoreError):
        message = "The record cannot be reached or refused this. Nothing was half done: try it again in a minute."
    return visit.page("error.html", 500, message=message, reference=reference)


def _without_words(error: Exception) -> tuple[type[Exception], Exception, TracebackType | None]:
    """Where it happened, without what it said: words of a fault may hold a patient's."""
    return Exception, Exception(type(error).__name__), error.__traceback__


def _refused(services: Services, request: Request, error: PageError) -> Response:
    visit = Visit(services, services.clock(), request.url.path)
    page = visit.page("error.html", error.status, message=str(error), reference="")
    return secured(page, is_https=services.is_https)


def _no_such_page(services: Services) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handler(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException), "registered for it alone"
        page = PageError("A page is read or sent; this cannot be done with it.")
        page.status = error.status_code
        return await run_in_threadpool(
            _known, services, request, NotFoundError() if error.status_code == NotFoundError.status else page
        )

    return handler


def _known(services: Services, request: Request, error: PageError) -> Response:
    """An error page with the visitor's own header."""
    visit = Visit(services, services.clock(), request.url.path)
    with suppress(StoreError):  # a page for nobody in particular says the same
        visit = _visit(visit, gate.visitor_of(services, request.cookies, visit.now), request)
    page = visit.page("error.html", error.status, message=str(error), reference="")
    return secured(page, is_https=services.is_https)


def _static(services: Services) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        found = static.asset(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        return secured(Response(found.content, media_type=found.media_type), is_https=services.is_https, for_good=True)

    return endpoint


async def _live(_: Request) -> Response:
    return PlainTextResponse("live\n")


def _ready(services: Services) -> Endpoint:
    """200 once the rules are read, as they are before this is served, and the database answers."""

    def asked() -> Response:
        try:
            services.office.record.since(0, 1)
        except StoreError:
            return PlainTextResponse("the database does not answer\n", 503)
        return PlainTextResponse("ready\n")

    async def endpoint(_: Request) -> Response:
        return await run_in_threadpool(asked)

    return endpoint
