"""A determination in plain sentences, each with the clause it is about and that clause's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from isodose.determination.case import Judgement
from isodose.determination.finding import Finding, fact_of
from isodose.determination.leaf_words import found_by, leaf_says, list_says, outside_list
from isodose.determination.possible import Open, unknown_leaves
from isodose.determination.program import Determination
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.edition import Clause, Edition
from isodose.guideline.facts import Answerer
from isodose.guideline.guideline import DIAGNOSIS
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.tree import COMBINATIONS, AtLeast, ClauseMet, InDiagnoses, NoneOf, Otherwise, is_below, leaves
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN, Truth, opposite


class Sentence(NamedTuple):
    """One statement; ``clause`` and ``quote`` are None where it is about the request or the edition as a whole."""

    text: str
    clause: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What a requester is asked for a missing fact, with the clause that it decides (None: the ladder itself)."""

    fact: str
    question: str
    clause: str | None
    help: str
    evidence: tuple[str, ...]


SAYS_OUTCOME = {
    Outcome.INVALID: "The request cannot be right as it was sent; it is returned for correction.",
    Outcome.NOT_APPLICABLE: "The guideline does not speak of this request.",
    Outcome.NOT_REQUIRED: "The plan does not ask for prior authorization here.",
    Outcome.COVERED_WITHOUT_REVIEW: "The service is covered without review.",
    Outcome.INFORMATION_NEEDED: "More information from the requester decides this request.",
    Outcome.APPROVED: "The service is medically necessary under the guideline.",
}

SAYS_REASON = {
    Reason.LIMITATION: "A limitation applies. A clinician decides; software never denies.",
    Reason.CRITERIA_NOT_MET: "No criterion can be met. A clinician decides on the individual case; software never denies.",
    Reason.JUDGEMENT: "Only a reviewer can settle what is open.",
}

SAYS_LEFT_TO_A_REVIEWER = "A reviewer judges the individual case; software never denies."
"""The headline where the ladder itself says so, and nothing is open."""

SAYS_TRUTH = {
    "limitation": {MET: "applies", NOT_MET: "does not apply", UNKNOWN: "may apply"},
    "criterion": {MET: "is met", NOT_MET: "is not met", UNKNOWN: "is not settled"},
}


_NUMBER = re.compile(r"(\d+|[a-z])(\.|$)")
_NUMBER_IN_TEXT = re.compile(r"^\([0-9a-z]{1,5}\) ")


def headline(determination: Determination) -> str:
    """The outcome in one sentence."""
    if determination.review_reason is Reason.JUDGEMENT and not determination.open:
        return SAYS_LEFT_TO_A_REVIEWER
    if determination.review_reason:
        return SAYS_REASON[determination.review_reason]
    return SAYS_OUTCOME[determination.outcome]


def explanation(determination: Determination) -> list[Sentence]:
    """Why: the outcome, what it rests on or what is open, and under which text; in the order in which one would say it."""
    return [Sentence(headline(determination)), *reasons(determination), _rests_on(determination)]


def reasons(determination: Determination) -> Iterator[Sentence]:
    """What the outcome rests on, or what is open; where facts are missing these alone, as the questions ask for them."""
    if determination.problems:
        yield from (Sentence(ended(wrong.message)) for wrong in determination.problems)
    elif determination.edition is None:
        yield _no_edition(determination)
    elif determination.open:
        yield from dict.fromkeys(_open(determination, found) for found in _asked_first(determination))
    elif determination.review_reason is Reason.JUDGEMENT:
        yield from _left_to_a_reviewer(determination, determination.edition)
    else:
        yield from dict.fromkeys(_decided(determination))


def in_the_way_of(determination: Determination) -> Iterator[str]:
    """The clauses among the reasons that speak against the request: criteria that are not met, limitations that may apply."""
    named = {sentence.clause for sentence in reasons(determination)}
    for finding in determination.clauses:
        clause = clause_of(finding)
        favourable = NOT_MET if clause.kind == "limitation" else MET
        if clause.id in named and finding.truth is not favourable:
            yield clause.id


def _no_edition(determination: Determination) -> Sentence:
    service = determination.case.facts["date_of_service"]
    first = determination.guideline.editions[0]
    known = f" that was known on {determination.as_known_on}" if determination.as_known_on else ""
    return Sentence(
        f"No edition of the guideline{known} rules {service}; the first is effective {first.effective} "
        f"(decided {first.decided})."
    )


def _asked_first(determination: Determination) -> list[Open]:
    """What is open: the requester's alone as long as something is; a reviewer gets a complete case."""
    asked = [found for found in determination.open if found.leaf.asks is Answerer.REQUESTER]
    return asked or list(determination.open)


def _open(determination: Determination, found: Open) -> Sentence:
    says = leaf_says(determination, found.leaf)
    who = "The requester can say" if found.leaf.asks is Answerer.REQUESTER else "A reviewer settles"
    clause = found.clause
    return _about(clause, f"{who}: {says}.")


def _decided(determination: Determination) -> Iterator[Sentence]:
    """The clauses behind a decided outcome: first those that carry it, or could have; then what stood in its way."""
    assert determination.edition is not None
    steps = list(zip(determination.edition.ladder, determination.rungs, strict=True))
    carrying = Outcome.APPROVED if determination.review_reason is Reason.CRITERIA_NOT_MET else determination.outcome
    carrying_first = sorted(steps, key=lambda step: step[0].outcome is not carrying)
    for rung, finding in carrying_first:
        for leaf in _clauses_and_leaves(finding):
            if not isinstance(leaf.node, Otherwise) and _matters(determination, rung.outcome, leaf):
                yield _clause(determination, leaf) if isinstance(leaf.node, Clause) else _scope(determination, leaf)


def _left_to_a_reviewer(determination: Determination, edition: Edition) -> Iterator[Sentence]:
    """Why the ladder itself leaves the case to a reviewer: what its rung asks, or that the edition says no more."""
    finding = next(
        found for rung, found in zip(edition.ladder, determination.rungs, strict=True) if rung is determination.rung
    )
    met = [leaf for leaf in _clauses_and_leaves(finding) if leaf.truth is MET and not isinstance(leaf.node, Otherwise)]
    for leaf in met:
        yield _clause(determination, leaf) if isinstance(leaf.node, Clause) else _scope(determination, leaf)
    if not edition.criteria_held:
        yield Sentence("The wording of this edition's criteria is not held: a reviewer judges the individual case.")
    elif not met:
        yield Sentence("The text leaves this case to the judgement of a reviewer.")


def _clauses_and_leaves(finding: Finding) -> Iterator[Finding]:
    if isinstance(finding.node, (Clause, ClauseMet)) or not finding.parts:
        yield finding.parts[0] if isinstance(finding.node, ClauseMet) else finding
    else:
        for part in finding.parts:
            yield from _clauses_and_leaves(part)


def _matters(determination: Determination, leads_to: Outcome, leaf: Finding) -> bool:
    """Whether a clause or leaf of a rung says something about the outcome that was reached."""
    outcome, truth = determination.outcome, leaf.truth
    if outcome is Outcome.NOT_APPLICABLE:
        return leads_to is outcome and truth is not MET
    if outcome in (Outcome.NOT_REQUIRED, Outcome.COVERED_WITHOUT_REVIEW):
        return leads_to is outcome and truth is not NOT_MET
    if outcome is Outcome.APPROVED:
        return (leads_to is outcome and truth is MET) or leads_to is Outcome.CLINICAL_REVIEW
    if determination.review_reason is Reason.LIMITATION:
        return leads_to is outcome and truth is MET
    return leads_to in (Outcome.APPROVED, Outcome.CLINICAL_REVIEW) and bool(leaf.parts)


def clause_of(finding: Finding) -> Clause:
    """The clause that a finding is about."""
    assert isinstance(finding.node, Clause), "a finding of a leaf or of a part is about no clause of its own"
    return finding.node


def granted(determination: Determination) -> Mapping[str, str]:
    """What the deciding rung grants by the text: `period`, `units`; usually nothing."""
    return determination.rung.grants if determination.rung else {}


def _clause(determination: Determination, finding: Finding) -> Sentence:
    clause = clause_of(finding)
    return Sentence(clause_says(determination, finding), clause.id, clause.quote)


def _scope(determination: Determination, leaf: Finding) -> Sentence:
    """A leaf that stands in the ladder itself, with the clause that asks the same, where there is one."""
    assert determination.edition is not None
    clauses = determination.edition.clauses.values()
    clause = next((clause for clause in clauses if leaf.node in list(leaves(clause.rule))), None)
    text = _capital(f"{leaf_says(determination, leaf)}.")
    return _about(clause, text)


def _about(clause: Clause | None, text: str) -> Sentence:
    return Sentence(text, clause.id, clause.quote) if clause else Sentence(text)


def name_of(clause: Clause) -> str:
    """How a sentence calls a clause: `Criterion 1 (Definitive treatment)`, or by its title where a word is its id."""
    kind = clause.kind.capitalize()
    if is_numbered(clause):
        return f"{kind} {clause.id} ({title_of(clause)})"
    return f"{kind} “{title_of(clause)}”"


def is_numbered(clause: Clause) -> bool:
    """Whether the text numbers the clause; else its id is a word of ours."""
    return _NUMBER.match(clause.id) is not None


def title_of(clause: Clause) -> str:
    """A clause's title without the number that the text may begin with: (b) General conditions."""
    return _NUMBER_IN_TEXT.sub("", clause.title)


def truth_says(clause: Clause, truth: Truth) -> str:
    """`is met`, `applies`, … in the words of the clause's kind."""
    return SAYS_TRUTH["limitation" if clause.kind == "limitation" else "criterion"][truth]


def clause_says(determination: Determination, finding: Finding) -> str:
    """A clause's truth with its reasons, such as: Criterion 3 is not met: the age is 70 years, not under 21 years."""
    clause = clause_of(finding)
    says = f"{name_of(clause)} {truth_says(clause, finding.truth)}"
    if finding.judgement:
        return ended(f"{says}: {found_by(finding.judgement)}")
    return f"{says}: {'; '.join(_said(determination, list(carrying(finding))))}."


def _said(determination: Determination, found: list[Finding]) -> dict[str, None]:
    """What leaves found, each once; the lists in which a fact is not are named together."""
    outside: dict[str, list[str]] = {}
    for leaf in found:
        if name := outside_list(leaf):
            outside.setdefault(fact_of(leaf), []).append(name)
    return dict.fromkeys(
        list_says(determination, fact_of(leaf), outside[fact_of(leaf)], is_in=False)
        if outside_list(leaf)
        else leaf_says(determination, leaf)
        for leaf in found
    )


def carrying(finding: Finding) -> Iterator[Finding]:
    """The leaves that make a finding what it is: of a conjunction not met the parts not met, of an unknown the unknown."""
    if not finding.parts or finding.judgement:
        yield finding
        return
    for part in _telling(finding):
        yield from carrying(part)


def _telling(finding: Finding) -> tuple[Finding, ...]:
    """The parts that a finding follows from: all of a clause or a reference, of a combination those that settle it."""
    node, truth = finding.node, finding.truth
    if not isinstance(node, COMBINATIONS):
        return finding.parts
    if isinstance(node, AtLeast) and truth is UNKNOWN:
        return tuple(part for part in finding.parts if part.truth is not NOT_MET)
    wanted = opposite(truth) if isinstance(node, NoneOf) else truth
    return tuple(part for part in finding.parts if part.truth is wanted)


def settled_by(determination: Determination) -> dict[str, str]:
    """The clauses whose own truth stays unknown and no longer matters, each with the target of the judgement above it.

    A judgement settles all that lies below it, unless something else still waits for the same answer.
    """
    judged = {where: one.target for finding in determination.clauses for where, one in _judged(finding)}
    still_open = {found.leaf.node for found in determination.open}
    settled = {}
    for finding in determination.clauses if judged else ():
        clause = clause_of(finding).id
        above = max((where for where in judged if is_below(clause, where)), key=len, default=None)
        waits_for = {found.leaf.node for found in unknown_leaves(finding)}
        if above and finding.truth is UNKNOWN and still_open.isdisjoint(waits_for):
            settled[clause] = judged[above]
    return settled


def _judged(finding: Finding) -> Iterator[tuple[str, Judgement]]:
    """The judgements in a finding, each with the clause that it is about or in which it says that a diagnosis is."""
    if finding.judgement and isinstance(finding.node, Clause):
        yield finding.node.id, finding.judgement
    if finding.judgement and isinstance(finding.node, InDiagnoses) and not finding.node.is_set:
        yield finding.node.target, finding.judgement
    for part in finding.parts:
        yield from _judged(part)


def _rests_on(determination: Determination) -> Sentence:
    edition = determination.edition
    digest = determination.guideline.content_hash(edition)
    if edition is None:
        return Sentence(f"This rests on the guideline {determination.guideline.id}, content {digest}.")
    marked = ", reconstructed" if edition.reconstructed else ""
    return Sentence(
        f"This rests on {edition.guideline}, edition {edition.id} (effective {edition.effective}, "
        f"decided {edition.decided}{marked}), content {digest}."
    )


def questions(determination: Determination) -> list[Question]:
    """What to ask the requester, what decides scope first; each fact once."""
    asked: dict[str, Question] = {}
    for leaf, clause in determination.open:
        fact = determination.guideline.facts[fact_of(leaf)]
        if leaf.asks is Answerer.REQUESTER and fact.name not in asked:
            asked[fact.name] = Question(
                fact.name, fact.question, clause.id if clause else None, fact.help, fact.evidence
            )
    return list(asked.values()) if determination.missing else []


def notes(determination: Determination) -> list[str]:
    """What looks odd and never changes an outcome: what the case was read with, and diagnoses that no release holds."""
    return [*determination.notes, *_not_in_the_release(determination)]


def _not_in_the_release(determination: Determination) -> Iterator[str]:
    codes, release = determination.case.facts.get(DIAGNOSIS), determination.guideline.release
    for code in codes if isinstance(codes, tuple) else ():
        if not release.find(code):
            above = next((code[:end] for end in range(len(code) - 1, 2, -1) if release.find(code[:end])), None)
            near = f"did you mean `{with_dot(above)}`" if above else "is it a slip"
            yield f"the ICD-10-CM release in force from {release.in_force} has no code `{with_dot(code)}`; {near}?"


def ended(text: str) -> str:
    """The text with a full stop, unless it is a question."""
    return text if text.endswith("?") else f"{text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
