"""What would come of a draft if it were sent now: the desk's own answer to it, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from isodose.desk.acts import Act, Ask, Decide
from isodose.desk.automatic import answer_to
from isodose.desk.decision import Approved
from isodose.desk.determined import Answers, determined
from isodose.desk.evidence import lacking
from isodose.desk.request import Request
from isodose.desk.transitions import Do
from isodose.determination.request import ShapeError
from isodose.determination.words import (
    Question,
    Sentence,
    headline,
    questions,
    reasons,
)
from isodose.guideline.edition import Edition
from isodose.guideline.outcome import Outcome
from isodose.web.clauses import Clause, clauses_of
from isodose.web.practice.draft.fields import of_course
from isodose.web.practice.draft.read import Reading
from isodose.web.services import Services


@dataclass(frozen=True, slots=True)
class Outlook:
    """``tone`` and ``words`` say what would happen, ``why`` are sentences with clause and quote.

    ``questions`` are those that can still change the answer, by fact; ``carrying`` are the facts that were answered and
    would be asked if they were not. ``shown`` are the facts whose passage the plan wants
    to see, ``lacking`` those of them that have none yet.
    """

    tone: str
    words: str
    why: tuple[Sentence, ...] = ()
    clauses: tuple[Clause, ...] = ()
    questions: Mapping[str, Question] = field(default_factory=dict)
    carrying: frozenset[str] = frozenset()
    shown: tuple[str, ...] = ()
    lacking: frozenset[str] = frozenset()
    edition: Edition | None = None


NOTHING_YET = Outlook("off", "Nothing can be said yet", (Sentence("Give the code and the first day of treatment."),))


def outlook(reading: Reading, services: Services, now: datetime, before: Request | None = None) -> Outlook:
    """``before`` is the request that the draft adds to, with what reviewers found of it."""
    if not reading.lines:
        return NOTHING_YET
    request = replace(before or Request(), lines=reading.lines, content=reading.content, evidence=reading.evidence)
    answers = determined(request, services.program, now, services.policy)
    if isinstance(answers, ShapeError):
        return Outlook("not-met", "This would be returned for correction", (Sentence(str(answers)),))
    act: Act = Decide(reading.needless) if reading.needless else answer_to(request, answers, services.policy)
    tone, words = _says(act, answers)
    asked = {question.fact: question for one in reversed(answers) for question in questions(one)}
    return Outlook(
        tone,
        words,
        tuple(dict.fromkeys(_why(reading, answers))),
        clauses_of(answers[0]),
        {} if reading.needless else asked,
        frozenset(_carrying(request, services, now)),
        tuple(_shown(request, answers, services)),
        frozenset(fact.name for one in answers for fact in lacking(request, one, services.policy)),
        answers[0].edition,
    )


def _says(act: Act, answers: Answers) -> tuple[str, str]:
    if isinstance(act, Decide):
        approved = isinstance(act.decision, Approved)
        return ("met", "Approved at once when you send it") if approved else ("off", "No authorization is needed")
    if isinstance(act, Ask):
        missing = any(one.outcome is Outcome.INFORMATION_NEEDED for one in answers)
        return "unknown", "Not yet enough to decide" if missing else "Met, and still to be shown"
    if act.do is Do.RETURN:
        return "not-met", "This would be returned for correction"
    return "review", "A reviewer decides"


def _why(reading: Reading, answers: Answers) -> Iterator[Sentence]:
    """Questions are not told again: they stand in the form."""
    if reading.needless:
        yield Sentence(f"{reading.needless.why[:1].upper()}{reading.needless.why[1:]}.")
        return
    for one in answers:
        if one.outcome is not Outcome.INFORMATION_NEEDED:
            yield Sentence(headline(one))
            yield from reasons(one)


def _carrying(request: Request, services: Services, now: datetime) -> Iterator[str]:
    """The answers without which they would be asked for: each is left out in turn."""
    content: Mapping[str, Any] = request.content or {}
    for fact in of_course(services.guideline):
        lines = [{name: value for name, value in line.items() if name != fact.column} for line in content["lines"]]
        if lines != content["lines"]:
            without = replace(request, content={**content, "lines": lines})
            answers = determined(without, services.program, now, services.policy)
            if not isinstance(answers, ShapeError) and any(fact.name in one.missing for one in answers):
                yield fact.name


def _shown(request: Request, answers: Answers, services: Services) -> Iterator[str]:
    """The facts that are said, that the answer rests on, and whose passage the plan wants; each once."""
    bare = replace(request, evidence=())
    facts = {
        fact.name: one.case.facts.get(fact.name) for one in answers for fact in lacking(bare, one, services.policy)
    }
    yield from (name for name, value in facts.items() if value is not None)
