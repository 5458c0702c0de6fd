"""What of a revision makes a change, as a sentence calls it."""

from __future__ import annotations

from isodose.determination.words import name_of
from isodose.guideline.edition import Edition, Rung
from isodose.proof.difference.causes import Cause
from isodose.proof.difference.difference import Difference
from isodose.proof.difference.units import EVERY_HOME, Unit, steps_of
from isodose.proof.words import rung_says


def cause_says(cause: Cause, difference: Difference) -> str:
    """The units that make a change: one, each alone, or together."""
    names = [unit_says(unit, difference) for unit in cause.units]
    if len(names) == 1:
        return names[0]
    *others, last = names
    joined = f"{', '.join(others)} and {last}"
    return f"{joined} together" if cause.together else f"{joined}, each by itself"


def unit_says(unit: Unit, difference: Difference) -> str:
    """A unit of the revision as a sentence calls it."""
    match unit.kind:
        case "clause":
            name = name_of(difference.new.edition.clauses[unit.name])
            return f"{name[:1].lower()}{name[1:]}"
        case "rung":
            return _rung_says(int(unit.name), difference)
        case "diagnoses":
            return _diagnoses_say(unit.name)
        case "code":
            return f"what codes.csv says of {unit.name}"
        case _:
            return f"what `{unit.name}` offers"


def _diagnoses_say(home: str) -> str:
    if home == EVERY_HOME:
        return "the map of diagnoses"
    if not home:
        return "the diagnoses that are set aside"
    return f"the diagnoses of {home}"


def _rung_says(number: int, difference: Difference) -> str:
    step = steps_of(difference.old.edition, difference.new.edition)[number]
    old = [_named(difference.old.edition, rung) for rung in step.old]
    new = [_named(difference.new.edition, rung) for rung in step.new]
    if not old:
        return f"the new {new[0]}"
    if new and _leads_to(step.old[0]) == _leads_to(step.new[0]):
        return f"the change of {new[0]}"
    return f"{new[0]} in place of {old[0]}" if new else f"the loss of {old[0]}"


def _leads_to(rung: Rung) -> object:
    return rung.outcome, rung.reason, tuple(rung.grants.items())


def _named(edition: Edition, rung: Rung) -> str:
    return rung_says(edition, next(number for number, one in enumerate(edition.ladder) if one is rung))
