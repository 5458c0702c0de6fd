"""Signing in as pages: each shows the step that is next, and a refusal never says what was wrong."""

from __future__ import annotations

import segno
from markupsafe import Markup
from starlette.responses import Response

from isodose.store.sessions import Step, sessions_of
from isodose.web import cookies
from isodose.web.errors import BadFormError
from isodose.web.sign_in.change import change_password as change
from isodose.web.sign_in.enter import (
    Browser,
    Opened,
    Pending,
    Refused,
    choose_password,
    enrol,
    give_code,
    give_password,
)
from isodose.web.sign_in.second_factor import enrolment_secret, enrolment_uri, in_groups
from isodose.web.sign_in.visit import sign_out, sign_out_everywhere
from isodose.web.visit import Visit

Problems = list[tuple[str, str]]

_NOT_RIGHT = "The name or the password is not right."
_CODE_NOT_RIGHT = "The code is not right, or it was used already. Wait for the next one."


def sign_in(visit: Visit) -> Response:
    """The step that is next; who is signed in goes on."""
    if visit.account:
        return visit.go(_to(visit))
    return _step(visit)


def take_password(visit: Visit) -> Response:
    name, password = visit.form.text("name"), visit.form.fields.get("password", ("",))[-1]
    return _after(visit, give_password(visit.services.door, name, password, _browser(visit), visit.now), _NOT_RIGHT)


def take_code(visit: Visit) -> Response:
    answer = give_code(visit.services.door, _pending(visit, Step.SECOND_FACTOR), visit.form.text("code"), visit.now)
    return _after(visit, answer, _CODE_NOT_RIGHT)


def take_enrolment(visit: Visit) -> Response:
    answer = enrol(visit.services.door, _pending(visit, Step.ENROLMENT), visit.form.text("code"), visit.now)
    return _after(visit, answer, _CODE_NOT_RIGHT)


def take_new_password(visit: Visit) -> Response:
    typed = visit.form.fields.get("password", ("",))[-1]
    answer = choose_password(visit.services.door, _pending(visit, Step.NEW_PASSWORD), typed, visit.now)
    if isinstance(answer, list):
        return _step(visit, [("password", problem) for problem in answer])
    return _after(visit, answer, "This sign-in took too long. Begin again.")


def leave(visit: Visit) -> Response:
    assert visit.visitor is not None, "the route's right takes an account"
    sign_out(visit.services.door, visit.visitor, visit.now)
    return cookies.end_session(visit.go("/"), is_https=visit.services.is_https)


def leave_everywhere(visit: Visit) -> Response:
    assert visit.visitor is not None, "the route's right takes an account"
    sign_out_everywhere(visit.services.door, visit.visitor, visit.now)
    return cookies.end_session(visit.go("/"), is_https=visit.services.is_https)


def stay(visit: Visit) -> Response:
    """That the session is in use, so that it lasts."""
    assert visit.visitor is not None, "the route's right takes an account"
    return visit.json({"ends_at": visit.visitor.ends_at.isoformat()})


def account(visit: Visit, problems: Problems | None = None, said: str = "") -> Response:
    """One's own account: who it is, where it is signed in, another password."""
    return visit.page(
        "account.html",
        422 if problems else 200,
        problems=problems or [],
        said=said,
        sessions=sessions_of(visit.services.database, visit.by.account),
    )


def change_password(visit: Visit) -> Response:
    """Another password, for who knows the one that holds; all other sessions end."""
    assert visit.visitor is not None, "the route's right takes an account"
    old, new = (visit.form.fields.get(name, ("",))[-1] for name in ("old", "new"))
    answer = change(visit.services.door, visit.visitor, old, new, visit.now)
    if isinstance(answer, Refused):
        return account(visit, [("old", "That is not the password that you have now." + _wait(visit, answer))])
    if answer:
        return account(visit, [("new", problem) for problem in answer])
    return account(visit, said="Your password is changed. Everywhere else you are signed out.")


def _after(visit: Visit, answer: Opened | Refused, refusal: str) -> Response:
    if isinstance(answer, Refused):
        return _step(visit, [("", refusal + _wait(visit, answer))])
    is_https = visit.services.is_https
    to = _to(visit)
    next_page = to if answer.session.step is Step.SIGNED_IN else f"/sign-in?to={to}"
    response = cookies.set_session(visit.go(next_page), answer.token, is_https=is_https)
    return cookies.set_device(response, answer.device, is_https=is_https) if answer.device else response


def _wait(visit: Visit, refused: Refused) -> str:
    """How long, if there is a wait; whole seconds, and never too few."""
    if refused.until is None:
        return ""
    return f" Try again in {int((refused.until - visit.now).total_seconds()) + 1} s."


def _step(visit: Visit, problems: Problems | None = None) -> Response:
    step = visit.visitor.session.step if visit.visitor else None
    return visit.page(
        "sign_in.html",
        422 if problems else 200,
        step=step.value if step and step is not Step.SIGNED_IN else "password",
        problems=problems or [],
        to=_to(visit),
        name=visit.form.text("name"),
        enrolment=_enrolment(visit) if step is Step.ENROLMENT else None,
    )


def _enrolment(visit: Visit) -> dict[str, str]:
    """What an authenticator reads, as a picture and as text to type."""
    assert visit.visitor is not None, "a session that is to enrol"
    secret = enrolment_secret(visit.visitor.token)
    uri = enrolment_uri(secret, visit.visitor.account, visit.services.sign_in)
    picture = segno.make(uri, error="m").svg_inline(scale=4, border=2, omitsize=False, svgclass=None, lineclass=None)
    return {"picture": Markup(picture), "text": in_groups(secret)}  # noqa: S704 (made by the library from the address)


def _pending(visit: Visit, step: Step) -> Pending:
    if visit.visitor is None or visit.visitor.session.step is not step:
        raise BadFormError("This step of signing in is over. Begin again at the sign-in page.")
    return visit.visitor.pending(_browser(visit))


def _browser(visit: Visit) -> Browser:
    name = cookies.device_cookie(is_https=visit.services.is_https)
    return Browser(visit.address, visit.cookies.get(name, ""))


def _to(visit: Visit) -> str:
    """Where to go on: a path of ours, never another site."""
    to = visit.form.text("to") or visit.query.get("to", "")
    is_ours = (
        to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable() and not to.startswith("/sign-in")
    )
    return to if is_ours else "/"
