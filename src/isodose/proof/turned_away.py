"""Nothing is turned away for a reason that a clinician should look at: scope is product, code, date and use of the code alone."""

from __future__ import annotations

from collections.abc import Iterator

import z3  # type: ignore[import-untyped]

from isodose.guideline.edition import Rung
from isodose.guideline.guideline import DIAGNOSIS
from isodose.guideline.outcome import Outcome
from isodose.proof.asked_words import lower
from isodose.proof.difference.pair import Pair
from isodose.proof.example import Row
from isodose.proof.finding import Finding
from isodose.proof.ruling import Ruling
from isodose.proof.shows import leads
from isodose.proof.words import rung_says, told

CLINICAL = frozenset({DIAGNOSIS, "member_birth_date"})
"""Facts that every guideline has and that say nothing of scope."""


def turned_away(ruling: Ruling, pair: Pair) -> Iterator[Finding]:
    """Each fact on which `not-applicable` depends, and which is none of scope: a refusal that no reviewer has seen."""
    for number, rung in enumerate(ruling.edition.ladder):
        if rung.outcome is Outcome.NOT_APPLICABLE:
            for fact in _beyond_scope(ruling, rung):
                example = pair.example(fact, ruling.leads(number), z3.Not(pair.second(Outcome.NOT_APPLICABLE)))
                if example is not None:
                    yield _finding(ruling, number, fact, *example)


def _finding(ruling: Ruling, number: int, name: str, row: Row, other: object) -> Finding:
    fact = ruling.guideline.facts[name]

    def shows(row: Row) -> bool:
        """It is turned away, and would not be with the other value."""
        return (
            fact.column in row
            and leads(ruling, number, row)
            and (answer := ruling.determine(row | {fact.column: other})) is not None
            and answer.outcome is not Outcome.NOT_APPLICABLE
        )

    row = ruling.search.simplified(row, shows)
    message = (
        f"{rung_says(ruling.edition, number)} turns a request away by its {lower(fact.title)}, which says more than scope; "
        f"only a reviewer may"
    )
    return told(ruling, "turned-away", ruling.edition.ladder[number], message, row)


def _beyond_scope(ruling: Ruling, rung: Rung) -> Iterator[str]:
    """The stated facts that a rung asks and that say more than scope."""
    guideline = ruling.guideline
    scope = (guideline.shared | {name for code in guideline.codes.values() for name in code.means}) - CLINICAL
    asked = dict.fromkeys(one for name in sorted(ruling.facts_of(rung.when)) for one in ruling.stated_inputs(name))
    yield from (name for name in asked if name not in scope)
