"""All that is proved of a guideline: what holds of every case, what was found, and a case for each rung and clause that decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from isodose.guideline.check import PROVED_TOPICS, answers, settled
from isodose.guideline.guideline import Guideline
from isodose.guideline.problem import Level, Problem
from isodose.proof.apart import criterion_and_limitation, favour_and_limitation, grants
from isodose.proof.asking import asked_facts, asking_ends, one_outcome
from isodose.proof.difference.changed import Alive
from isodose.proof.difference.pair import Pair
from isodose.proof.finding import Finding
from isodose.proof.idle_clauses import idle_clauses
from isodose.proof.idle_facts import idle_facts
from isodose.proof.idle_parts import idle_parts
from isodose.proof.idle_rungs import idle_rungs
from isodose.proof.learned import nothing_learned_changes
from isodose.proof.limit import Limit, Limits
from isodose.proof.made import Made
from isodose.proof.ordinary import Ordinary
from isodose.proof.overtaken import overtaken
from isodose.proof.ruling import Ruling, rulings
from isodose.proof.shut_out import exceptions
from isodose.proof.turned_away import turned_away
from isodose.proof.uncovered import uncovered

QUESTIONS: tuple[Callable[[Ruling], Iterator[Finding]], ...] = (
    favour_and_limitation,
    criterion_and_limitation,
    exceptions,
    grants,
)
"""What is asked of one case. A new question is one function and one line here."""


NOT_SHOWN_TO_LAST = "not settled, as it takes too much work: whether what is learned can change what was decided"


@dataclass(frozen=True, slots=True)
class Decides:
    """A rung or a clause of an edition with the case that it alone changes."""

    edition: str
    alive: Alive


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved and what was not settled, in sentences, the findings, and the cases that rungs and clauses decide."""

    statements: tuple[str, ...]
    not_settled: tuple[str, ...]
    findings: tuple[Finding, ...]
    decides: tuple[Decides, ...]
    problems: tuple[Problem, ...]


def prove(guideline: Guideline, cases: Iterable[Mapping[str, str]] = (), limits: Limits | None = None) -> Proof:
    """Ask everything of each edition. ``cases`` (as text) say which values are ordinary.

    Raises ``DisagreementError`` if the engine and a formula differ, which is our mistake and never the guideline's.
    """
    most = 0
    limits = limits or Limits()
    asked: list[Alive | Finding | None] = []
    is_lasting = True
    findings: list[Finding] = []
    decides: list[Decides] = []
    for ruling in rulings(guideline, Ordinary(guideline, cases)):
        pair = Pair(ruling)
        one_outcome(ruling)
        asking_ends(ruling)
        is_lasting = nothing_learned_changes(ruling, pair) and is_lasting
        most = max(most, asked_facts(ruling))
        idle = _Idle(ruling, limits.clauses)
        asked += idle.found.values()
        alive = {name: one for name, one in idle.found.items() if isinstance(one, Alive)}
        decides += [Decides(ruling.edition.id, one) for one in alive.values()]
        findings += [*idle.findings(), *(one for question in QUESTIONS for one in question(ruling))]
        findings += [*overtaken(ruling, limits.ranges), *uncovered(ruling), *turned_away(ruling, pair)]
        findings += idle_parts(ruling, idle.names, limits.parts)
        examples = {name: one.example for name, one in alive.items()}
        findings += idle_facts(ruling, pair, idle.names, limits.facts, examples)
    problems = [settled(finding.problem, guideline) for finding in findings]
    asked_topics = set(PROVED_TOPICS) - {limit.topic for limit in limits.open}
    problems += _settled_in_vain(guideline, findings, asked_topics)
    return Proof(
        tuple(_statements(findings, most, asked, is_lasting=is_lasting)),
        (*([] if is_lasting else [NOT_SHOWN_TO_LAST]), *(limit.says for limit in limits.open)),
        tuple(findings),
        tuple(decides),
        tuple(problems),
    )


class _Idle:
    """Which rungs and clauses of an edition decide nothing."""

    def __init__(self, ruling: Ruling, limit: Limit) -> None:
        self._ruling = ruling
        made = Made(ruling)
        self.found: dict[str, Alive | Finding | None] = {
            f"rung {number + 1}": one for number, one in enumerate(idle_rungs(ruling, limit, made))
        }
        self.found |= dict(idle_clauses(ruling, limit, made))
        self.names = {name for name, one in self.found.items() if isinstance(one, Finding)}

    def findings(self) -> Iterator[Finding]:
        """What is idle, but not what is so because all that looks at it is: one slip made both."""
        for name, one in self.found.items():
            lookers = self._ruling.looks_at(name)
            if isinstance(one, Finding) and (not lookers or lookers - self.names):
                yield one


def _statements(
    findings: list[Finding], most: int, asked: list[Alive | Finding | None], *, is_lasting: bool
) -> Iterator[str]:
    yield "each case that can be right has exactly one outcome"
    yield f"asking ends: {most} facts are asked for at most, and none that is known"
    if is_lasting:
        yield "nothing that is learned changes what was decided, unless it makes the request invalid"
    if not any(finding.topic == "turned-away" for finding in findings):
        yield "nothing is refused without a reviewer: only product, code, date and use of the code decide scope"
    decides = sum(isinstance(one, Alive) for one in asked)
    number = f"all {decides}" if decides == len(asked) else f"{decides} of {len(asked)}"
    idle = sum(isinstance(one, Finding) for one in asked)
    never = f"; {idle} never {'does' if idle == 1 else 'do'}" if idle else ""
    yield f"{number} rungs and clauses decide some case by themselves{never}"


def _settled_in_vain(guideline: Guideline, findings: list[Finding], topics: AbstractSet[str]) -> Iterator[Problem]:
    """A reading that settles what is found no longer: the rules have changed under it. ``topics`` are those asked to the end."""
    for edition in guideline.editions:
        here = [finding for finding in findings if finding.place.file == edition.file]
        for reading in edition.readings.values():
            for entry in reading.settles:
                if entry.split()[0] in topics and not any(answers(entry, finding.problem) for finding in here):
                    message = f"reading {reading.id} settles `{entry}`, and nothing of the kind is found any more"
                    yield Problem(reading.place, message, level=Level.WARNING)
