"""`isodose account`: who may sign in: the first administrator, and whoever is locked out."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from isodose.commands import DONE, UNREADABLE, Command, CommandError
from isodose.commands.common import complain
from isodose.commands.on_record import account as myself
from isodose.commands.on_record import now, on_record

if TYPE_CHECKING:
    from isodose.settings import Settings
    from isodose.store.accounts import Account
    from isodose.web.sign_in.enter import Door


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=tuple(_ACTS), help="what to do")
    command.add_argument("name", nargs="?", metavar="NAME", help="the account; `list` takes none")
    command.add_argument("--role", help="what the account may do: administrator, nurse, physician, requester, …")
    command.add_argument("--display-name", metavar="WORDS", help="as others see it; NAME if left out")
    command.add_argument("--practice", metavar="ID", default="", help="of a requester, as on the list of practices")


@on_record
def run(options: argparse.Namespace, settings: Settings) -> int:
    """Add, list, disable or reset."""
    from isodose.store.record import open_record
    from isodose.web.sign_in.enter import Door
    from isodose.web.sign_in.policy import Policy

    if (options.what == "list") is (options.name is not None):
        raise CommandError("account list takes no name" if options.name else f"account {options.what} takes a NAME")
    with closing(open_record(settings.database)) as record:
        return _ACTS[options.what](Door(record.database, Policy()), options)


def _list(door: Door, _: argparse.Namespace) -> int:
    from isodose.store.accounts import all_accounts

    for one in all_accounts(door.database):
        parts = (one.name, one.role, one.practice or "-", "disabled" if one.disabled else "-", one.display_name)
        print("\t".join(parts))
    return DONE


def _add(door: Door, options: argparse.Namespace) -> int:
    from isodose.web.administrator.keep import add
    from isodose.web.administrator.needs import Wanted, problems

    name = options.name.lower()
    wanted = Wanted(name, options.display_name or options.name, options.role or "", options.practice)
    if wrong := problems(door.database, wanted):
        for field, words in wrong:
            complain(f"account {name}: {field.replace('_', ' ')}: {words[0].lower()}{words[1:]}")
        return UNREADABLE
    return _told(name, add(door, wanted.account, myself(), now()))


def _reset(door: Door, options: argparse.Namespace) -> int:
    from isodose.web.administrator.keep import reset

    found = _found(door, options)
    return _told(found.name, reset(door, found, myself(), now()))


def _disable(door: Door, options: argparse.Namespace) -> int:
    from isodose.web.administrator.keep import disable

    found = _found(door, options)
    disable(door, found, myself(), now())
    print(f"{found.name}: disabled, and signed out everywhere")
    return DONE


def _found(door: Door, options: argparse.Namespace) -> Account:
    from isodose.guideline.problem import did_you_mean
    from isodose.store.accounts import all_accounts

    accounts = {one.name: one for one in all_accounts(door.database)}
    found = accounts.get(options.name.lower())
    if found is None:
        raise CommandError(f"there is no account `{options.name}`{did_you_mean(options.name, accounts)}")
    return found


def _told(name: str, password: str) -> int:
    """The password is shown this once; whoever signs in with it chooses another."""
    print(f"{name}: the temporary password is {password} and is not shown again; it is replaced at the first sign-in")
    return DONE


_ACTS: dict[str, Callable[[Door, argparse.Namespace], int]] = {
    "add": _add,
    "list": _list,
    "disable": _disable,
    "reset": _reset,
}

COMMAND = Command(
    run,
    "who may sign in: add an account, list, disable, or hand out a new password",
    (
        "account add rosa --role administrator",
        "account add kim --role requester --practice elm-street",
        "account list",
        "account reset rosa",
    ),
    add_options,
)
