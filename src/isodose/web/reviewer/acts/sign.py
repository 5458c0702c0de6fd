"""A physician's signature under what is adverse, made from the account's record."""

from __future__ import annotations

from isodose.desk.physician import PhysiciansAct
from isodose.web.reviewer.acts.panel import FormError
from isodose.web.reviewer.acts.typed import text
from isodose.web.reviewer.desk.desk import Desk


def signed(desk: Desk, field: str) -> PhysiciansAct:
    """The signature, with the reason of a field. Raises ``FormError`` for what is no reason, and for who may not sign."""
    if desk.qualification is None:
        raise FormError([("", "Only a physician signs this, and no license is on record for your account")])
    try:
        return PhysiciansAct(desk.visit.by.account, desk.qualification.credential, text(desk, field), desk.today)
    except ValueError as error:
        raise FormError([(field, f"{str(error)[:1].upper()}{str(error)[1:]}")]) from None


def clauses(desk: Desk) -> tuple[str, ...]:
    """The texts that a reason must not merely repeat: the clauses of the editions that rule, with their titles."""
    editions = [one.edition for one in desk.determinations if one.edition]
    return tuple(
        {text: None for one in editions for clause in one.clauses.values() for text in (clause.quote, clause.title)}
    )
