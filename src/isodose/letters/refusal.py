"""What everybody is told of an act that gives less than was asked: the reason, who signed, under which text, and how to appeal.

It is what form CMS-10003 (Integrated Denial Notice) must hold; 42 CFR 422.568(e), 422.572(e), 422.582 to 422.590.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any as Untyped

from isodose.desk.recorded import clauses_in
from isodose.desk.transitions import Do
from isodose.determination.words import Sentence, clause_of, clause_says, name_of, reasons, truth_says
from isodose.guideline.edition import Edition
from isodose.letters.sources import Sources
from isodose.letters.words import in_words, listed, moment_in_words
from isodose.store.event import instant_from

DAYS_TO_APPEAL = 65
"""Calendar days from the notice's date (42 CFR 422.582(b)): for notices since 2025-01-01."""

STANDARD_APPEAL_DAYS = 30
FAST_APPEAL_HOURS = 72
"""How long the plan has for an appeal before the service is given (42 CFR 422.590(a), (e))."""


@dataclass(frozen=True, slots=True)
class Part:
    """A clause that the physician rests the decision on, with its own words.

    ``name`` is as a sentence calls it, ``found`` what it comes to in this case, ``why`` the same with its reasons.
    """

    name: str
    found: str
    why: str
    quote: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """``reason`` is the physician's, word for word. ``calls`` are times that were offered for a talk between physicians.

    ``parts`` are what the decision rests on. Where that was not kept, ``clauses`` and ``criteria`` are what was looked at.
    """

    reason: str
    expertise: str
    license: str
    guideline: str
    clauses: tuple[str, ...]
    criteria: tuple[Sentence, ...]
    calls: tuple[str, ...]
    last_day: str
    parts: tuple[Part, ...] = ()
    days_to_appeal: int = DAYS_TO_APPEAL
    standard_days: int = STANDARD_APPEAL_DAYS
    fast_hours: int = FAST_APPEAL_HOURS


def refusal(sources: Sources, on: date) -> Refusal:
    """What the event of an adverse act tells, in a letter of a day."""
    facts: dict[str, Untyped] = dict(sources.event.facts)
    license_facts = facts["credential"]
    editions = {answer.edition: None for answer in sources.answers if answer.edition}
    return Refusal(
        reason=facts["reason"],
        expertise=listed(license_facts["expertise"]),
        license=f"{license_facts['license']} ({license_facts['state']})",
        guideline=listed(list(map(_named, editions))) or sources.guideline.editions[-1].title,
        clauses=tuple(dict.fromkeys(_names(sources))),
        criteria=tuple(dict.fromkeys(_criteria(sources))),
        calls=tuple(_calls(sources)),
        last_day=last_day_to_appeal(on),
        parts=tuple(dict.fromkeys(_parts(sources))),
    )


def last_day_to_appeal(on: date) -> str:
    """Of a notice that is dated on a day."""
    return in_words(on + timedelta(days=DAYS_TO_APPEAL))


def _parts(sources: Sources) -> Iterator[Part]:
    """In the guideline's order, as the determination finds them."""
    cited = clauses_in(sources.event)
    for answer in sources.answers:
        for finding in answer.clauses:
            clause = clause_of(finding)
            if clause.id in cited:
                says = clause_says(answer, finding)
                yield Part(name_of(clause), truth_says(clause, finding.truth), says, clause.quote)


def _named(edition: Edition) -> str:
    return f"{edition.title}, in effect since {in_words(edition.effective)}"


def _criteria(sources: Sources) -> Iterator[Sentence]:
    """What the guideline's clauses come to in this case, each with its own words."""
    return (sentence for answer in sources.answers for sentence in reasons(answer))


def _names(sources: Sources) -> Iterator[str]:
    """The clauses that the criteria are about, as a sentence calls them."""
    for answer in sources.answers:
        clauses = answer.edition.clauses if answer.edition else {}
        yield from (name_of(clauses[one.clause]) for one in reasons(answer) if one.clause)


def _calls(sources: Sources) -> Iterator[str]:
    """The times of the last offer that were still to come."""
    offers = [event for event in sources.history if event.kind == Do.OFFER_CALL]
    times = offers[-1].facts["times"] if offers else []
    assert isinstance(times, list), "times are a list"
    for at in map(instant_from, map(str, times)):
        if at > sources.event.at:
            yield moment_in_words(at, sources.policy.zone)
