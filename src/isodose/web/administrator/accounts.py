"""All accounts: the list, the same as data, and a new one."""

from __future__ import annotations

from starlette.responses import Response

from isodose.store.errors import TakenError
from isodose.store.practices import all_practices
from isodose.web.administrator import keep
from isodose.web.administrator.listed import COLUMNS, as_data, lines
from isodose.web.administrator.needs import ROLES, Problems, Wanted, problems
from isodose.web.spreadsheet import as_text, csv_text
from isodose.web.visit import Visit

MOST = 200
"""Accounts on one page; words narrow the list."""


def show(visit: Visit) -> Response:
    found = lines(visit)
    return visit.page(
        "administrator_accounts.html",
        lines=found[:MOST],
        number=len(found),
        roles=ROLES,
        role=visit.query.get("role", ""),
        sought=visit.query.get("find", ""),
    )


def show_json(visit: Visit) -> Response:
    data = as_data(lines(visit))
    return visit.json([{name: value and as_text(value) for name, value in row.items()} for row in data])


def show_csv(visit: Visit) -> Response:
    return visit.csv("accounts", csv_text(COLUMNS, as_data(lines(visit))))


def new(visit: Visit) -> Response:
    """An empty form."""
    return _form(visit, Wanted("", "", ""), [])


def add(visit: Visit) -> Response:
    """The account with its temporary password; or the form again, with all that is wrong."""
    form, services = visit.form, visit.services
    name = form.text("name").lower()
    wanted = Wanted(name, form.text("display_name"), form.text("role"), form.text("practice"))
    if wrong := problems(services.database, wanted):
        return _form(visit, wanted, wrong)
    try:
        password = keep.add(services.door, wanted.account, visit.by.account, visit.now)
    except TakenError:
        return _form(visit, wanted, [("name", f"There is an account `{name}` already: choose another name")])
    return visit.page("administrator_password.html", account=wanted.account, password=password, is_new=True)


def _form(visit: Visit, wanted: Wanted, wrong: Problems) -> Response:
    return visit.page(
        "administrator_new.html",
        422 if wrong else 200,
        wanted=wanted,
        problems=wrong,
        roles=ROLES,
        practices=all_practices(visit.services.database),
    )
