"""The determination of one service line as a page: outcome, why, what is missing and whom to ask, then every clause."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple, TypeVar

from isodose.determination.evaluate import is_list
from isodose.determination.finding import Finding
from isodose.determination.possible import unknown_leaves
from isodose.determination.program import Determination
from isodose.determination.words import (
    Question,
    Sentence,
    clause_of,
    ended,
    granted,
    headline,
    name_of,
    notes,
    questions,
    reasons,
    settled_by,
    title_of,
)
from isodose.guideline.edition import Clause
from isodose.guideline.facts import Answerer
from isodose.guideline.outcome import SENT, Outcome
from isodose.guideline.products import products_of
from isodose.guideline.text import shortened
from isodose.guideline.tree import is_below
from isodose.guideline.truth import MET, NOT_MET
from isodose.terminal.paper import WIDTH, Paper

T = TypeVar("T", Sentence, Question)

HEADS = {
    Outcome.INVALID: ("not-met", "not-met", "RETURNED FOR CORRECTION"),
    Outcome.NOT_APPLICABLE: ("none", "quiet", "NOT APPLICABLE"),
    Outcome.NOT_REQUIRED: ("met", "met", "NO PRIOR AUTHORIZATION REQUIRED"),
    Outcome.COVERED_WITHOUT_REVIEW: ("met", "met", "COVERED WITHOUT REVIEW"),
    Outcome.CLINICAL_REVIEW: ("review", "review", "FOR A REVIEWER"),
    Outcome.INFORMATION_NEEDED: ("unknown", "unknown", "INFORMATION NEEDED"),
    Outcome.APPROVED: ("met", "met", "APPROVED"),
}
"""Outcome to sign, colour and words. The words are the field's; the code stands beside them."""

LONGEST_QUOTE = 260
"""Letters of a clause that are quoted; `isodose show CLAUSE` has it whole."""

FOLDED_FROM = 3
"""How many lists of diagnoses in a row, none met, are said in one line."""


def decide_page(determination: Determination, paper: Paper, *, every_clause: bool = False) -> str:
    """The page. Without ``every_clause``, diagnosis lists in a row that say the same are one line and needless parts none."""
    lines = [*_head(determination, paper), *_why(determination, paper), *_missing(determination, paper)]
    lines += [
        *_clauses(determination, paper, every_clause=every_clause),
        *_notes(determination, paper),
        *_foot(determination, paper),
    ]
    return "\n".join(line.rstrip() for line in lines)


def _head(determination: Determination, paper: Paper) -> Iterator[str]:
    case, edition = determination.case, determination.edition
    title = edition.title if edition else determination.guideline.editions[-1].title
    request = f"request {case.request_id}" if case.request_id else "request"
    yield paper.heading(paper.across(title, f"{request}, line {case.line}" if case.line is not None else request))
    yield paper.rule()
    sign, role, words = HEADS[determination.outcome]
    reason = f": {determination.review_reason}" if determination.review_reason else ""
    verdict = f"{paper.sign(sign)} {words}{reason}"
    basis = f"  under {', '.join(determination.basis)}" if determination.basis else ""
    if len(verdict) + len(basis) <= WIDTH:
        yield paper.paint(verdict, role) + basis
    else:
        yield paper.paint(verdict, role)
        yield from paper.wrapped(basis.strip(), "  ", "  ")
    yield from paper.wrapped(headline(determination))
    grants = ", ".join(f"{name} {value}" for name, value in granted(determination).items())
    yield from paper.wrapped(f"The text grants: {grants}.") if grants else ()


def _why(determination: Determination, paper: Paper) -> Iterator[str]:
    sentences = [] if determination.missing else list(reasons(determination))  # what is missing is asked below
    if sentences:
        yield ""
        yield paper.heading("To be corrected" if determination.problems else "Why")
    for clause, about in _each_clause_once(sentences):
        for sentence in about:
            yield from paper.wrapped(sentence.text, "  ", "  ")
        yield from _quote(determination, clause, "    ", paper)


def _each_clause_once(sentences: list[T]) -> Iterator[tuple[str | None, list[T]]]:
    """Sentences or questions in a row that are about one clause, with that clause; None where it was named before."""
    seen = set[str | None]()
    for clause, about in groupby(sentences, key=lambda one: one.clause):
        yield None if clause in seen else clause, list(about)
        seen.add(clause)


def _quote(determination: Determination, clause: str | None, indent: str, paper: Paper) -> list[str]:
    """The clause's own words."""
    if clause is None or determination.edition is None:
        return []
    quote = determination.edition.clauses[clause].quote
    bar = f"{indent}{paper.sign('bar')} "
    return paper.wrapped(f"“{shortened(quote, LONGEST_QUOTE)}”", bar, bar, "quiet")


def _missing(determination: Determination, paper: Paper) -> Iterator[str]:
    asked = questions(determination)
    if asked:
        yield ""
        yield paper.heading("What is missing: ask the requester")
    number = 0
    for clause, about in _each_clause_once(asked):
        for one in about:
            number += 1
            yield from _question(number, one, determination, paper)
        yield from _quote(determination, clause, "     ", paper)


def _question(number: int, asked: Question, determination: Determination, paper: Paper) -> Iterator[str]:
    indent = " " * (len(str(number)) + 4)
    yield from paper.wrapped(asked.question, f"  {number}. ", indent)
    evidence = f"Evidence: {', '.join(asked.evidence)}." if asked.evidence else ""
    about = " ".join(filter(None, (asked.help, _decides(determination, asked.clause), evidence)))
    yield from paper.wrapped(about, indent, indent, "quiet") if about else ()


def _decides(determination: Determination, clause: str | None) -> str:
    if clause is None or determination.edition is None:
        return ""
    found = determination.edition.clauses[clause]
    if found.kind == "limitation":
        return f"It decides whether the limitation “{title_of(found)}” applies."
    if found.kind == "scope":
        return f"It decides whether the guideline speaks of this request (“{title_of(found)}”)."
    name = name_of(found)
    return f"It decides {name[0].lower()}{name[1:]}."


class Row(NamedTuple):
    """A clause among the clauses: its mark and text, and as what it folds into one row with others; empty: by itself."""

    clause: Clause
    mark: str
    text: str
    folds_as: str


def _clauses(determination: Determination, paper: Paper, *, every_clause: bool) -> Iterator[str]:
    if determination.clauses:
        yield ""
        yield paper.heading("The clauses, in the guideline's order")
    settled = settled_by(determination)
    shown = determination.clauses if every_clause else _without_needless(determination.clauses)
    rows = [_row(finding, settled.get(clause_of(finding).id), paper) for finding in shown]
    lines = [_folded(run) for run in _runs(rows, every_clause=every_clause)]
    column = max((len(name) for _, name, _ in lines), default=0) + 2
    for mark, name, text in lines:
        first, *rest = paper.wrapped(text, width=WIDTH - 20 - column)
        yield f"  {mark}{name.ljust(column)}{first}"
        yield from (" " * (20 + column) + line for line in rest)


def _without_needless(findings: tuple[Finding, ...]) -> list[Finding]:
    """The findings but for the parts of a scope clause that is met without them."""
    met = [clause_of(finding).id for finding in findings if finding.truth is MET]
    return [
        finding
        for finding in findings
        if clause_of(finding).kind != "scope"
        or finding.truth is not NOT_MET
        or not any(is_below(clause_of(finding).id, scope) for scope in met)
    ]


def _row(finding: Finding, settled: str | None, paper: Paper) -> Row:
    clause, title = clause_of(finding), title_of(clause_of(finding))
    if settled:
        by = f"by the judgement on {f'`{settled}`' if ' ' in settled else settled}"
        return Row(clause, paper.settled(), f"{title} ({by})", f"lists, {by}" if is_list(clause) else "")
    asked = {leaf.asks for leaf, _ in unknown_leaves(finding)}
    mark = paper.truth(clause.kind, finding.truth, for_reviewer=asked == {Answerer.REVIEWER})
    if finding.judgement:
        return Row(clause, mark, f"{title} (found by {finding.judgement.by})", "")
    if not is_list(clause) or (finding.truth is not NOT_MET and asked != {Answerer.REQUESTER}):
        return Row(clause, mark, title, "")
    return Row(clause, mark, title, "lists: no diagnosis of the illness" if asked else "lists of diagnoses")


def _runs(rows: list[Row], *, every_clause: bool) -> Iterator[list[Row]]:
    """Rows by themselves, but for a longer run of diagnosis lists of one criterion of which there is but one thing to say."""
    for _, group in groupby(rows, key=lambda row: (row.folds_as, row.clause.id.partition(".")[0])):
        run = list(group)
        if run[0].folds_as and len(run) >= FOLDED_FROM and not every_clause:
            yield run
        else:
            yield from ([row] for row in run)


def _folded(run: list[Row]) -> tuple[str, str, str]:
    """Mark, name and text of a row or of a folded run."""
    first, last = run[0], run[-1]
    if len(run) == 1:
        return first.mark, first.clause.id, first.text
    return first.mark, f"{first.clause.id} to {last.clause.id}", f"{len(run)} {first.folds_as}"


def _notes(determination: Determination, paper: Paper) -> Iterator[str]:
    found = notes(determination)
    if found:
        yield ""
        yield paper.heading("Notes")
    for note in found:
        yield from paper.wrapped(ended(f"{note[:1].upper()}{note[1:]}"), "  ", "  ")


def _foot(determination: Determination, paper: Paper) -> Iterator[str]:
    edition = determination.edition
    yield ""
    send = _where_to_send(determination)
    if send:
        yield from paper.wrapped(send)
    if edition:
        decided = "" if str(edition.decided) in edition.id else f", decided {edition.decided}"
        marked = ", reconstructed" if edition.reconstructed else ""
        text = f"Edition {edition.id}{decided}{marked} · content "
    else:
        text = "Content "
    yield from paper.wrapped(f"{text}{determination.guideline.content_hash(edition)[:16]}", role="quiet")


def _where_to_send(determination: Determination) -> str:
    """Name and fax number of the member's product, as the edition states them."""
    if determination.edition is None or determination.outcome not in SENT:
        return ""
    sought = str(determination.case.facts.get("product"))
    found = next((one for one in products_of(determination.edition) if one.id == sought), None)
    return f"Send it to {found.name}, fax {found.fax}." if found and found.fax else ""
