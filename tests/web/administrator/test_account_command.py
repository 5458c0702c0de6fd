"""`isodose account`: the first administrator, and whoever is locked out, at the command line."""

import re
from pathlib import Path

import pytest
from tests.command_line import Run
from tests.web.site import MONDAY

from isodose.store.accounts import find_account
from isodose.store.database import open_database
from isodose.store.sessions import Step
from isodose.web.sign_in.enter import Browser, Door, Opened, Refused, give_password
from isodose.web.sign_in.policy import Policy


@pytest.fixture
def made(run: Run) -> Run:
    assert run("migrate").status == 0
    return run


def door(folder: Path) -> Door:
    return Door(open_database(str(folder / "isodose.db")), Policy())


def password(said: str) -> str:
    [found] = re.findall(r"\b\w{4}(?:-\w{4}){3}\b", said)
    return str(found)


def test_the_first_administrator_signs_in_with_what_was_printed(made: Run, tmp_path: Path) -> None:
    ended = made("account", "add", "Rosa", "--role", "administrator", "--display-name", "Rosa Ott")
    assert ended.status == 0
    here = door(tmp_path)
    opened = give_password(here, "rosa", password(ended.out), Browser("192.0.2.1"), MONDAY)
    assert isinstance(opened, Opened)
    assert opened.session.step is Step.ENROLMENT
    account = find_account(here.database, "rosa")
    assert account is not None
    assert (account.display_name, account.role, account.password_is_temporary) == ("Rosa Ott", "administrator", True)


def test_an_account_is_there_once(made: Run) -> None:
    made("account", "add", "rosa", "--role", "administrator")
    ended = made("account", "add", "rosa", "--role", "nurse")
    assert (ended.status, ended.faults) == (2, ["there is an account rosa already"])


def test_all_that_is_wrong_is_said_at_once(made: Run) -> None:
    ended = made("account", "add", "rosa ott", "--role", "boss")
    assert ended.status == 2
    assert [line.split(":")[1].strip() for line in ended.faults] == ["name", "role"]
    ended = made("account", "add", "kim", "--role", "requester", "--practice", "elm-street")
    assert "no practice `elm-street` is on the list" in ended.err


def test_a_reset_replaces_the_password(made: Run, tmp_path: Path) -> None:
    old = password(made("account", "add", "rosa", "--role", "administrator").out)
    new = password(made("account", "reset", "rosa").out)
    here = door(tmp_path)
    assert isinstance(give_password(here, "rosa", old, Browser("192.0.2.1"), MONDAY), Refused)
    assert isinstance(give_password(here, "rosa", new, Browser("192.0.2.2"), MONDAY), Opened)


def test_who_is_disabled_does_not_come_in(made: Run, tmp_path: Path) -> None:
    given = password(made("account", "add", "rosa", "--role", "administrator").out)
    assert made("account", "disable", "rosa").out == "rosa: disabled, and signed out everywhere\n"
    assert made("account", "list").out == "rosa\tadministrator\t-\tdisabled\trosa\n"
    assert isinstance(give_password(door(tmp_path), "rosa", given, Browser("192.0.2.1"), MONDAY), Refused)


def test_a_name_that_is_not_there_gets_the_nearest(made: Run) -> None:
    made("account", "add", "rosa", "--role", "administrator")
    assert made("account", "reset", "rose").faults == ["there is no account `rose`; did you mean `rosa`?"]
    assert made("account", "reset").faults == ["account reset takes a NAME"]
    assert made("account", "list", "rosa").faults == ["account list takes no name"]
