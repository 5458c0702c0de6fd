"""The guideline, clause by clause, for one determination: in its own order and words, each with its finding and evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from isodose.determination.evaluate import is_list
from isodose.determination.finding import Finding, fact_of
from isodose.determination.leaf_words import found_by, leaf_says
from isodose.determination.possible import unknown_leaves
from isodose.determination.program import Determination
from isodose.determination.words import clause_of, ended, is_numbered, settled_by, title_of, truth_says
from isodose.guideline.edition import Clause, Reading
from isodose.guideline.facts import Answerer, Fact
from isodose.guideline.tree import COMBINATIONS, ClauseMet, InDiagnoses, Leaf, Yes, is_below
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN
from isodose.proof.asked_words import asked_says
from isodose.web.reviewer.acts.review import CLAUSE, LEAF
from isodose.web.reviewer.desk.shown import Passage


@dataclass(frozen=True, slots=True)
class Row:
    """A clause, or a leaf of its rule below it.

    ``target`` is what a passage is marked for, ``asks`` the same in words. ``words`` are the guideline's for a clause, what was found for a leaf. ``tone`` and ``says`` are its truth. ``of`` is
    what a judgement on it would name, empty where the facts settle it; ``is_whole`` that
    parts of it can be judged below, ``decides`` that a judgement on it can change the answer. ``changes`` says what would change it.
    """

    anchor: str
    target: str
    asks: str
    depth: int
    number: str
    title: str
    words: str
    tone: str
    says: str
    of: str = ""
    fact: str = ""
    changes: str = ""
    judged: str = ""
    readings: tuple[Reading, ...] = ()
    evidence: tuple[Passage, ...] = ()
    stated: str = ""
    told: tuple[str, ...] = ()
    is_leaf: bool = False
    is_whole: bool = False
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together; ``folded`` says in words what a closed group holds, and is empty for an open one."""

    rows: tuple[Row, ...]
    folded: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known beside the determination: passages by fact and by target, and what the practice told beside a yes."""

    by_fact: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    by_target: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    told: dict[str, tuple[str, ...]] = field(default_factory=dict)


def criteria(determination: Determination, shown: Shown, line: int) -> tuple[Group, ...]:
    """The clauses in the text's order; runs of lists that no diagnosis is in, and of what only says the scope, are folded."""
    rows = [
        (_folds(finding), row)
        for finding in determination.clauses
        for row in _rows(determination, finding, shown, line)
    ]
    return tuple(_group(fold, tuple(row for _, row in run)) for fold, run in groupby(rows, key=lambda one: one[0]))


def _folds(finding: Finding) -> str:
    clause = clause_of(finding)
    if clause.kind == "scope":
        return "scope"
    return "list" if _is_mere_list(clause) and finding.truth is NOT_MET else ""


def _is_mere_list(clause: Clause) -> bool:
    """Whether the clause only lists diagnoses, below one that asks for more."""
    return is_list(clause) and "." in clause.id


def _decides(determination: Determination, found: Finding) -> bool:
    """Whether what is unknown here can still change the answer: the leaf itself, or of a list the leaf that asks for it."""
    nodes = [one.leaf.node for one in determination.open]
    if isinstance(found.node, Clause):
        lists = (node.target for node in nodes if isinstance(node, InDiagnoses) and not node.is_set)
        return is_list(found.node) and any(is_below(found.node.id, target) for target in lists)
    return found.node in nodes


def _lists_below(determination: Determination, target: str) -> list[str]:
    """The lists below a clause that are unknown: what a reviewer judges in its stead."""
    return [
        clause_of(one).id
        for one in determination.clauses
        if one.truth is UNKNOWN
        and is_list(clause_of(one))
        and is_below(clause_of(one).id, target)
        and clause_of(one).id != target
    ]


def _group(fold: str, rows: tuple[Row, ...]) -> Group:
    clauses = [row for row in rows if not row.is_leaf]
    span = clauses[0].number if len(clauses) == 1 else f"{clauses[0].number} to {clauses[-1].number}" if clauses else ""
    words = {
        "scope": f"Scope: {', '.join(row.title for row in clauses)}",
        "list": f"{span}: no diagnosis of the case is listed there",
    }
    return Group(rows, words.get(fold, ""))


def _rows(determination: Determination, finding: Finding, shown: Shown, line: int) -> Iterator[Row]:
    clause = clause_of(finding)
    depth = clause.id.count(".") if is_numbered(clause) else 0
    yield _clause(determination, finding, shown, (depth, line))
    if not _is_mere_list(clause) and not finding.judgement:
        for number, leaf in enumerate(dict.fromkeys(_leaves(finding)), 1):
            anchor = f"c{line}-{clause.id}-{number}"
            yield _leaf(determination, leaf, shown, depth + 1, anchor)


def _leaves(finding: Finding) -> Iterator[Finding]:
    """The leaves of a clause's rule; another clause that it refers to has a row of its own."""
    for part in finding.parts:
        if isinstance(part.node, COMBINATIONS):
            yield from _leaves(part)
        elif not isinstance(part.node, (Clause, ClauseMet)):
            yield part


def _clause(determination: Determination, finding: Finding, shown: Shown, at: tuple[int, int]) -> Row:
    clause = clause_of(finding)
    depth, line = at
    settled = settled_by(determination).get(clause.id, "")
    tone, says = _truth(clause, finding)
    edition = determination.edition
    assert edition is not None, "clauses are an edition's"
    return Row(
        f"c{line}-{clause.id}",
        clause.id,
        title_of(clause),
        depth,
        clause.id if is_numbered(clause) else _SHORT.get(clause.kind, "note"),
        title_of(clause),
        clause.quote,
        "off" if settled else tone,
        f"settled by {settled}" if settled else says,
        of=f"{CLAUSE}{clause.id}" if finding.truth is UNKNOWN and not settled else "",
        judged=ended(found_by(finding.judgement)) if finding.judgement else "",
        readings=tuple(edition.readings[name] for name in clause.readings if name in edition.readings),
        evidence=shown.by_target.get(clause.id, ()),
        changes=_diagnosis_says(determination, finding) if _is_mere_list(clause) else "",
        decides=_decides(determination, finding),
        is_whole=not _is_mere_list(clause) or bool(_lists_below(determination, clause.id)),
    )


_SHORT = {"limitation": "lim.", "scope": "scope"}


def _diagnosis_says(determination: Determination, finding: Finding) -> str:
    """Of a mere list: what its diagnosis leaf found."""
    return "" if finding.judgement else _capital(ended(leaf_says(determination, finding.parts[0])))


def _truth(clause: Clause, finding: Finding) -> tuple[str, str]:
    if finding.truth is UNKNOWN:
        waits = [one.leaf.asks for one in unknown_leaves(finding)]
        if Answerer.REQUESTER in waits:
            return "unknown", "not settled"
        return "review", "for you"
    says = truth_says(clause, finding.truth).removeprefix("is ")
    if clause.kind == "limitation":
        return ("review", says) if finding.truth is MET else ("off", says)
    return ("met", says) if finding.truth is MET else ("not-met", says)


def _leaf(determination: Determination, leaf: Finding, shown: Shown, depth: int, anchor: str) -> Row:
    node: Any = leaf.node
    fact = determination.guideline.facts[fact_of(leaf)]
    assert determination.edition is not None, "leaves are of an edition's clauses"
    asks = asked_says(node, determination.edition, determination.guideline.facts)
    says = leaf_says(determination, leaf)
    tone = (
        _LEAF_TONES[leaf.truth]
        if leaf.truth is not UNKNOWN
        else "review"
        if leaf.asks is Answerer.REVIEWER
        else "unknown"
    )
    waits = "for you" if leaf.asks is Answerer.REVIEWER else "not known"
    below = _lists_below(determination, node.target) if isinstance(node, InDiagnoses) and not node.is_set else []
    return Row(
        anchor,
        node.phrase,
        _capital(asks),
        depth,
        "",
        _titled(node, asks, says, fact),
        _capital(ended(says)),
        tone,
        waits if leaf.truth is UNKNOWN else "holds" if leaf.truth is MET else "does not hold",
        of=f"{LEAF}{node.phrase}" if leaf.truth is UNKNOWN and not below else "",
        fact=fact.name if fact.name in determination.case.facts and not fact.formula else "",
        changes=f"Settled by {', '.join(below)}, below."
        if below and leaf.truth is UNKNOWN
        else _changes(leaf, fact, decides=_decides(determination, leaf)),
        judged=ended(found_by(leaf.judgement)) if leaf.judgement else "",
        evidence=(*shown.by_fact.get(fact.name, ()), *shown.by_target.get(node.phrase, ())),
        told=shown.told.get(fact.name, ()),
        stated="" if leaf.truth is UNKNOWN or leaf.judgement else _stated(fact, shown),
        is_leaf=True,
        decides=_decides(determination, leaf),
    )


def _titled(node: Leaf, asks: str, says: str, fact: Fact) -> str:
    """What stands before the words of what was found: what was asked, unless they say that themselves, as of a yes or no."""
    return fact.title if isinstance(node, Yes) or asks in says else _capital(asks)


_LEAF_TONES = {MET: "met", NOT_MET: "off"}


def _stated(fact: Fact, shown: Shown) -> str:
    if fact.formula:
        return f"Counted from {' and '.join(name.replace('_', ' ') for name in fact.formula.inputs)}."
    return "" if shown.by_fact.get(fact.name) else "Stated by the practice, without a passage."


def _changes(leaf: Finding, fact: Fact, *, decides: bool) -> str:
    """What would change a finding."""
    if leaf.truth is UNKNOWN and not decides:
        return "It cannot change the answer as things stand, so it is not asked."
    if leaf.truth is UNKNOWN:
        return (
            "Your judgement settles it." if leaf.asks is Answerer.REVIEWER else f"Waits for an answer: {fact.question}"
        )
    if fact.formula:
        return "Only another date would change it."
    return f"Another answer would change it: {fact.question}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
