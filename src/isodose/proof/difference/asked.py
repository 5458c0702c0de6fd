"""What conditions ask of a case, fact by fact: that by which its answers fall into classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from isodose.compile.atoms import Holds, Known, OfIllness, Within
from isodose.compile.conditions.answer_classes import Asked
from isodose.compile.expression import Boolean, Says, in_order
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.guideline.tree import ALWAYS as ALL_DAYS
from isodose.guideline.tree import Compare, InList, Period

SERVICE, CODE = "date_of_service", "procedure_code"


def asked_by(conditions: Iterable[Boolean]) -> tuple[dict[str, list[Asked]], list[str]]:
    """What is asked of each fact, in the order in which it is; the clauses and sets in which a diagnosis is looked for."""
    asked: dict[str, list[Asked]] = {}
    targets: dict[str, None] = {}
    for atom in in_order(conditions):
        if isinstance(atom, Holds):
            asked.setdefault(atom.leaf.fact, []).append(atom.leaf)
        elif isinstance(atom, Known):
            asked.setdefault(atom.fact, [])
        elif isinstance(atom, Within):
            asked.setdefault(SERVICE, []).extend(bounds(atom.period))
        elif isinstance(atom, OfIllness):
            asked.setdefault(DIAGNOSIS, [])
            if atom.trait.says in (Says.CLEAR, Says.OPEN):
                targets[atom.trait.target] = None
    return asked, list(targets)


def ask_for_validity(asked: dict[str, list[Asked]], guideline: Guideline) -> None:
    """What decides whether a case can be right is asked too: codes, their dates, and what they can mean."""
    asked.setdefault(CODE, []).append(InList(CODE, frozenset(guideline.codes), ALL_DAYS, "", ""))
    dates = asked.setdefault(SERVICE, [])
    for code in guideline.codes.values():
        dates.extend(bounds(code.valid))
        for name in code.means:
            asked.setdefault(name, [])


def offered_differently(guidelines: Sequence[Guideline]) -> Iterator[str]:
    """The facts that some guideline has with other words than another."""
    first, *others = guidelines
    for name, fact in first.facts.items():
        if any(name in one.facts and set(one.facts[name].values) != set(fact.values) for one in others):
            yield name


def bounds(period: Period) -> Iterator[Compare]:
    """What a period asks of the date of service."""
    if period.since:
        yield Compare(SERVICE, ">=", period.since, "")
    if period.until:
        yield Compare(SERVICE, "<=", period.until, "")
