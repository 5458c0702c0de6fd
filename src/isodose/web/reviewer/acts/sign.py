"""A physician's signature under what is adverse, made from the account's record, and the clauses that it rests on."""

from __future__ import annotations

from isodose.desk.physician import PhysiciansAct
from isodose.determination.words import in_the_way_of
from isodose.web.clauses import clauses_of
from isodose.web.reviewer.acts.panel import Field, FieldKind, Fields, FormError
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


RESTS_ON = "rests-on"


def rests_on_fields(desk: Desk) -> Fields:
    """The clauses to choose from, each with what it comes to in this case; those that stand in the way are ticked.

    None where the edition's criteria are not held.
    """
    options = {one.id: one.words for answer in desk.determinations for one in clauses_of(answer)}
    if not options:
        return ()
    in_the_way = {clause for answer in desk.determinations for clause in in_the_way_of(answer)}
    ticked = tuple(clause for clause in options if clause in in_the_way)
    help_ = "Both letters name them, the practice's with the guideline's own words."
    return (
        Field(RESTS_ON, "The clauses that it rests on", FieldKind.TICKS, help_, tuple(options.items()), value=ticked),
    )


def rests_on(desk: Desk) -> tuple[str, ...]:
    """The clauses that were ticked, in the guideline's order. Raises ``FormError`` for none, where there are some."""
    offered = [value for field in rests_on_fields(desk) for value, _ in field.options]
    chosen = tuple(clause for clause in offered if clause in desk.visit.form.texts(RESTS_ON))
    if offered and not chosen:
        raise FormError([(RESTS_ON, "Tick the clauses that the decision rests on")])
    return chosen


def texts(desk: Desk) -> tuple[str, ...]:
    """The texts that a reason must not merely repeat: the clauses of the editions that rule, with their titles."""
    editions = [one.edition for one in desk.determinations if one.edition]
    return tuple(
        {text: None for one in editions for clause in one.clauses.values() for text in (clause.quote, clause.title)}
    )
