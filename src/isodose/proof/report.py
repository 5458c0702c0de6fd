"""All that is proved of a guideline: what holds of every case, what was found, and a case for each rung and clause that decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from isodose.guideline.check import PROVED_TOPICS, answers, settled
from isodose.guideline.guideline import Guideline
from isodose.guideline.problem import Level, Problem
from isodose.proof import idle
from isodose.proof.apart import criterion_and_limitation, favour_and_limitation, grants
from isodose.proof.asking import asked_facts, asking_ends, nothing_learned_changes, one_outcome
from isodose.proof.finding import Finding
from isodose.proof.idle import Alive
from isodose.proof.idle_facts import idle_facts
from isodose.proof.ordinary import Ordinary
from isodose.proof.overtaken import overtaken
from isodose.proof.pair import Pair
from isodose.proof.ruling import Ruling, rulings
from isodose.proof.shut_out import exceptions
from isodose.proof.turned_away import turned_away
from isodose.proof.uncovered import uncovered

QUESTIONS: tuple[Callable[[Ruling], Iterator[Finding]], ...] = (
    idle.parts,
    favour_and_limitation,
    criterion_and_limitation,
    exceptions,
    grants,
    overtaken,
    uncovered,
)
"""What is asked of one case. A new question is one function and one line here."""

QUESTIONS_OF_TWO: tuple[Callable[[Ruling, Pair], Iterator[Finding]], ...] = (turned_away, idle_facts)
"""What is asked of two cases side by side."""


@dataclass(frozen=True, slots=True)
class Decides:
    """A rung or a clause of an edition with the case that it alone changes."""

    edition: str
    alive: Alive


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved in sentences, the findings, and the cases that rungs and clauses decide."""

    statements: tuple[str, ...]
    findings: tuple[Finding, ...]
    decides: tuple[Decides, ...]
    problems: tuple[Problem, ...]


def prove(guideline: Guideline, cases: Iterable[Mapping[str, str]] = ()) -> Proof:
    """Ask everything of each edition. ``cases`` (as text) say which values are ordinary.

    Raises ``DisagreementError`` if the engine and a formula differ, which is our mistake and never the guideline's.
    """
    asked = most = 0
    findings: list[Finding] = []
    decides: list[Decides] = []
    for ruling in rulings(guideline, Ordinary(guideline, cases)):
        pair = Pair(ruling)
        one_outcome(ruling)
        asking_ends(ruling)
        nothing_learned_changes(ruling, pair)
        most = max(most, asked_facts(ruling))
        for found in (*idle.rungs(ruling), *idle.clauses(ruling)):
            asked += 1
            if isinstance(found, Finding):
                findings.append(found)
            else:
                decides.append(Decides(ruling.edition.id, found))
        findings += [finding for question in QUESTIONS for finding in question(ruling)]
        findings += [finding for question in QUESTIONS_OF_TWO for finding in question(ruling, pair)]
    problems = [settled(finding.problem, guideline) for finding in findings]
    problems += _settled_in_vain(guideline, findings)
    return Proof(
        tuple(_statements(findings, most, len(decides), asked)), tuple(findings), tuple(decides), tuple(problems)
    )


def _statements(findings: list[Finding], most: int, decides: int, asked: int) -> Iterator[str]:
    yield "each case that can be right has exactly one outcome"
    yield f"asking ends: {most} facts are asked for at most, and none that is known"
    yield "nothing that is learned changes what was decided, unless it makes the request invalid"
    if not any(finding.topic == "turned-away" for finding in findings):
        yield "nothing is refused without a reviewer: only product, code, date and use of the code decide scope"
    number = f"all {asked}" if decides == asked else f"{decides} of {asked}"
    yield f"{number} rungs and clauses decide some case by themselves"


def _settled_in_vain(guideline: Guideline, findings: list[Finding]) -> Iterator[Problem]:
    """A reading that settles what is found no longer: the rules have changed under it."""
    for edition in guideline.editions:
        here = [finding for finding in findings if finding.place.file == edition.file]
        for reading in edition.readings.values():
            for entry in reading.settles:
                if entry.split()[0] in PROVED_TOPICS and not any(answers(entry, finding.problem) for finding in here):
                    message = f"reading {reading.id} settles `{entry}`, and nothing of the kind is found any more"
                    yield Problem(reading.place, message, level=Level.WARNING)
