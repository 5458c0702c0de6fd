"""A physician's qualification, as an administrator types it and as it is kept with the account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from isodose.desk.physician import Credential
from isodose.desk.qualification import Matter, Qualification, unqualified
from isodose.guideline.dates import date_from
from isodose.store.accounts import Account
from isodose.store.event import is_name
from isodose.store.practices import find_practice
from isodose.web.administrator.needs import Problems
from isodose.web.form import Form
from isodose.web.services import Services
from isodose.web.sign_in.physician import FLAGS, as_json, qualification_from

TEXTS = ("license", "state", "valid_to", "expertise", "practices")


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they stand in the form; lists have a line for each entry."""

    texts: Mapping[str, str]
    flags: frozenset[str]

    def entries(self, name: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.texts[name].splitlines() if line.strip())


def typed_in(form: Form) -> Typed:
    return Typed({name: form.text(name) for name in TEXTS}, frozenset(flag for flag in FLAGS if form.text(flag)))


def typed_of(account: Account) -> Typed:
    """What the account has on record, as the form shows it."""
    stored: Any = account.qualification if isinstance(account.qualification, Mapping) else {}
    lists = {name: "\n".join(stored.get(name, ())) for name in ("expertise", "practices")}
    texts = {name: str(stored.get(name, "")) for name in TEXTS} | lists
    return Typed(texts, frozenset(flag for flag in FLAGS if stored.get(flag)))


def problems(typed: Typed, services: Services) -> Problems:
    """All that is wrong with what was typed."""
    return list(_problems(typed, services))


def _problems(typed: Typed, services: Services) -> Iterator[tuple[str, str]]:
    for name, what in (("license", "the license's number"), ("state", "the state that gave the license")):
        if not is_name(typed.texts[name]):
            yield name, f"Give {what}"
    if date_from(typed.texts["valid_to"]) is None:
        yield "valid_to", "Give the last day on which the license holds, as YYYY-MM-DD"
    if not typed.entries("expertise"):
        yield "expertise", "Name at least one field of medicine, each on a line of its own"
    for practice in typed.entries("practices"):
        if not is_name(practice) or find_practice(services.database, practice) is None:
            yield "practices", f"No practice `{practice}` is on the list: give ids as they stand there"


def stored(typed: Typed) -> Any:
    """What is kept with the account, of which nothing is wrong."""
    valid_to = date_from(typed.texts["valid_to"])
    assert valid_to is not None, "it was looked at"
    credential = Credential(typed.texts["license"], typed.texts["state"], valid_to, typed.entries("expertise"))
    restricted, knows, paid = (flag in typed.flags for flag in FLAGS)
    return as_json(Qualification(credential, restricted, knows, paid, frozenset(typed.entries("practices"))))


def lacking(account: Account, services: Services) -> tuple[str, ...] | None:
    """What keeps a physician from signing what is adverse today, whoever asks; None without anything on record."""
    on_record = qualification_from(account.qualification)
    if on_record is None:
        return None
    return unqualified(on_record, Matter(services.policy.expertise, "", services.today()))
