"""A physician's record as an account holds it, and as the desk asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from isodose.desk.physician import Credential
from isodose.desk.qualification import Qualification
from isodose.store.event import Json

FLAGS = ("restricted", "knows_medicare_criteria", "paid_by_outcome")


def as_json(who: Qualification) -> Json:
    """What is stored with the account; what the physician decided is in the record and not here."""
    credential = who.credential
    return {
        "license": credential.license,
        "state": credential.state,
        "valid_to": credential.valid_to.isoformat(),
        "expertise": list(credential.expertise),
        "practices": sorted(who.practices),
        **{flag: getattr(who, flag) for flag in FLAGS},
    }


def qualification_from(stored: Any) -> Qualification | None:
    """The qualification of an account, None if it has none."""
    if not isinstance(stored, Mapping):
        return None
    valid_to = date.fromisoformat(stored["valid_to"])
    credential = Credential(stored["license"], stored["state"], valid_to, tuple(stored["expertise"]))
    flags = {flag: stored[flag] for flag in FLAGS}
    return Qualification(credential, practices=frozenset(stored["practices"]), **flags)
