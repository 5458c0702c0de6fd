"""Which questions a revision adds, drops or puts otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isodose.compile.answer import flags_of
from isodose.compile.conditions.told import inputs_of
from isodose.compile.expression import NEVER
from isodose.determination.validity import NEEDED
from isodose.guideline.facts import Fact
from isodose.proof.difference.units import Version


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """A fact that is asked newly (``old`` is None), no longer (``new`` is None), or otherwise: ``parts`` says in what."""

    fact: str
    old: Fact | None
    new: Fact | None
    parts: tuple[str, ...] = ()


def question_changes(old: Version, new: Version) -> Iterator[QuestionChange]:
    """All of them: what is asked newly, what no longer, what otherwise."""
    before, after = asked_by(old), asked_by(new)
    yield from (QuestionChange(name, None, fact) for name, fact in after.items() if name not in before)
    yield from (QuestionChange(name, fact, None) for name, fact in before.items() if name not in after)
    for name, fact in before.items():
        parts = tuple(_parts(fact, after[name])) if name in after else ()
        if parts:
            yield QuestionChange(name, fact, after[name], parts)


def asked_by(version: Version) -> dict[str, Fact]:
    """The facts of a flat case that an edition may ask of a requester, in the order of the guideline's facts."""
    guideline = version.guideline
    missing = flags_of(guideline, version.edition).missing
    names = {name for fact, flag in missing.items() if flag is not NEVER for name in inputs_of(guideline, fact)}
    return {name: fact for name, fact in guideline.facts.items() if name in names or name in NEEDED}


def _parts(old: Fact, new: Fact) -> Iterator[str]:
    if old.question != new.question:
        yield "question"
    if old.help != new.help:
        yield "help"
    if dict(old.values) != dict(new.values) or old.absent != new.absent:
        yield "answers"
    if old.evidence != new.evidence:
        yield "evidence"
