"""One account: what it is and what happened to it, and what an administrator does with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from isodose.desk.role import Role
from isodose.store.account_events import account_events
from isodose.store.accounts import Account, StaleAccountError, change_account, find_account
from isodose.store.event import is_name
from isodose.store.practices import all_practices
from isodose.store.seen import looks
from isodose.store.sessions import sessions_of
from isodose.web.administrator import keep, qualified
from isodose.web.administrator.activity import what_in_words
from isodose.web.administrator.listed import stands
from isodose.web.administrator.needs import ROLES, Problems, Wanted, problems
from isodose.web.administrator.seen import mark_of
from isodose.web.administrator.told import told
from isodose.web.errors import NotFoundError
from isodose.web.visit import Visit

_EVENTS, _LOOKS = 12, 8
"""Of the newest, on the account's own page; the activity pages have all."""

_OWN = "This is your own account. Another administrator can do that; so nobody is left without one."


def show(visit: Visit) -> Response:
    return _page(visit, _account(visit))


def change(visit: Visit) -> Response:
    """Its display name, role and practice."""
    before, form = _account(visit), visit.form
    wanted = Wanted(before.name, form.text("display_name"), form.text("role"), form.text("practice"))
    wrong = problems(visit.services.database, wanted)
    if before.name == visit.by.account and wanted.role != before.role:
        wrong.append(("role", _OWN))
    if wrong or _is_stale(visit, before):
        return _page(visit, before, wrong, wanted=wanted)
    after = replace(before, display_name=wanted.display_name, role=wanted.role, practice=wanted.practice or None)
    return _done(visit, before, lambda: _change(visit, before, after), wanted=wanted)


def qualify(visit: Visit) -> Response:
    """What the plan has on record of a physician."""
    before = _account(visit)
    typed = qualified.typed_in(visit.form)
    wrong = qualified.problems(typed, visit.services)
    if before.role != Role.PHYSICIAN:
        wrong.insert(0, ("", "Only a physician has a license on record. Make the account a physician's first."))
    if wrong or _is_stale(visit, before):
        return _page(visit, before, wrong, typed=typed)
    after = replace(before, qualification=qualified.stored(typed))
    return _done(visit, before, lambda: _change(visit, before, after), typed=typed)


def disable(visit: Visit) -> Response:
    """It does not sign in any more; or it does again."""
    before = _account(visit)
    if before.name == visit.by.account:
        return _page(visit, before, [("", _OWN)])
    if _is_stale(visit, before):
        return _page(visit, before)
    disabled = not before.disabled
    by, now = visit.by.account, visit.now
    return _done(visit, before, lambda: keep.disable(visit.services.door, before, by, now, disabled=disabled))


def sign_out(visit: Visit) -> Response:
    """Everywhere: whoever is signed in to it has to sign in again."""
    found = _account(visit)
    keep.sign_out(visit.services.door, found, visit.by.account, visit.now)
    return visit.go(_path(found, "signed-out"))


def reset(visit: Visit) -> Response:
    """A new temporary password, shown this once, and the authenticator enrolled anew."""
    before = _account(visit)
    if _is_stale(visit, before):
        return _page(visit, before)
    try:
        password = keep.reset(visit.services.door, before, visit.by.account, visit.now)
    except StaleAccountError as error:
        return _page(visit, error.now, is_stale=True)
    return visit.page("administrator_password.html", account=before, password=password, is_new=False)


def _change(visit: Visit, before: Account, after: Account) -> None:
    change_account(visit.services.database, before, after, visit.by.account, visit.now)


def _done(visit: Visit, before: Account, act: Callable[[], None], **typed: Any) -> Response:
    """On to the account as it is now; or, if somebody was faster, the page that says so with what was typed."""
    try:
        act()
    except StaleAccountError as error:
        return _page(visit, error.now, is_stale=True, **typed)
    return visit.go(_path(before, "done"))


def _path(account: Account, said: str) -> str:
    return f"/accounts/{account.name}?said={said}"


_SAID = {"done": "Done. It holds from now on.", "signed-out": "Signed out everywhere."}


def _is_stale(visit: Visit, account: Account) -> bool:
    """Whether the form was made of the account as it was before somebody changed it."""
    return visit.form.text("seen") != mark_of(account)


def _account(visit: Visit) -> Account:
    name = visit.path["name"]
    found = find_account(visit.services.database, name) if is_name(name) else None
    if found is None:
        raise NotFoundError("There is no account of this name.")
    return found


def _page(  # noqa: PLR0913 (one page, and what was typed into each of its forms)
    visit: Visit,
    account: Account,
    wrong: Problems | None = None,
    *,
    is_stale: bool | None = None,
    wanted: Wanted | None = None,
    typed: qualified.Typed | None = None,
) -> Response:
    services = visit.services
    if is_stale is None:
        is_stale = bool(visit.form.fields) and _is_stale(visit, account)
    words, tone = stands(account, services)
    return visit.page(
        "administrator_account.html",
        422 if wrong or is_stale else 200,
        account=account,
        stands=words,
        tone=tone,
        problems=wrong or [],
        is_stale=is_stale,
        said=_SAID.get(visit.query.get("said", ""), ""),
        seen=mark_of(account),
        wanted=wanted or Wanted(account.name, account.display_name, account.role, account.practice or ""),
        typed=typed or qualified.typed_of(account),
        lacking=qualified.lacking(account, services),
        roles=ROLES,
        practices=all_practices(services.database),
        is_own=account.name == visit.by.account,
        sessions=sessions_of(services.database, account.name),
        events=[told(one) for one in account_events(services.database, account.name, most=_EVENTS)],
        looks=[
            replace(look, what=what_in_words(look.what))
            for _, look in looks(services.database, account=account.name)[:_LOOKS]
        ],
    )
