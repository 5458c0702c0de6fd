"""The columns of a claim line: those of a case, and what a claim says besides. The same for every guideline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from isodose.guideline.facts import Fact, FactType
from isodose.guideline.problem import Place

if TYPE_CHECKING:
    from isodose.guideline.guideline import Guideline

NEEDED = ("member_id", "procedure_code", "date_of_service")
"""Columns without which nothing can be looked up."""

TEXTS = ("claim_id", "line", "member_id", "provider_npi", "authorization_number", "modifiers")
"""Columns that name something: read as text, trimmed, in their own case."""

ADDED = ("payable", "payable_units", "claim_reason", "matched_authorization", "edition", "remedy")
"""The columns that the answer adds to a line, in their order."""

ADDED_TYPES = dict.fromkeys(ADDED, "varchar") | {"payable": "boolean", "payable_units": "bigint"}

PROFESSIONAL = "26"
"""The modifier of the professional component: it stands beside the session that the facility bills, and draws no unit."""


def _fact(name: str, type_: FactType, title: str, question: str) -> Fact:
    return Fact(name, type_, title, question, name, Place("claim"))


_FACTS = {
    "member_since": _fact("member_since", FactType.DATE, "Joined", "Since when does the plan cover the member?"),
    "course_begun": _fact("course_begun", FactType.DATE, "Course begun", "On which day did the course begin?"),
    "units": _fact("units", FactType.NUMBER, "Units", "How many sessions are billed?"),
}
"""What a claim says that is read as facts are."""


def claim_columns(guideline: Guideline) -> tuple[str, ...]:
    """The columns of a claim line that are read."""
    return tuple(dict.fromkeys((*TEXTS, *with_claim_facts(guideline).columns)))


_MADE: WeakKeyDictionary[Guideline, Guideline] = WeakKeyDictionary()


def with_claim_facts(guideline: Guideline) -> Guideline:
    """The guideline as claims are read by it: its facts and those of a claim. Made once, as what is made of it is kept by it."""
    if _FACTS.items() <= guideline.facts.items():
        return guideline
    if guideline not in _MADE:
        _MADE[guideline] = replace(guideline, facts={**guideline.facts, **_FACTS})
    return _MADE[guideline]
