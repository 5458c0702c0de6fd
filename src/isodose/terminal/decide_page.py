"""The determination of one service line as a page: outcome, why, what is missing and whom to ask, then every clause."""

from __future__ import annotations

from collections.abc import Iterator

from isodose.determination.finding import Finding
from isodose.determination.program import Determination
from isodose.determination.words import explanation, headline, questions
from isodose.guideline.edition import Clause
from isodose.guideline.outcome import Outcome
from isodose.guideline.tree import InDiagnoses
from isodose.guideline.truth import NOT_MET
from isodose.terminal.paper import Paper

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
"""How many unmet lists of diagnoses in a row are said in one line."""

SENT = (Outcome.CLINICAL_REVIEW, Outcome.INFORMATION_NEEDED, Outcome.APPROVED)
"""Outcomes for which a request goes to the plan."""


def decide_page(determination: Determination, paper: Paper, *, every_clause: bool = False) -> str:
    """The page. Without ``every_clause`` a run of diagnosis lists that are not met is folded into one line."""
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
    basis = f"  under {', '.join(determination.basis)}" if determination.basis else ""
    reason = f": {determination.review_reason}" if determination.review_reason else ""
    yield paper.paint(f"{paper.sign(sign)} {words}{reason}", role) + paper.words(basis)
    yield from paper.wrapped(headline(determination))


def _why(determination: Determination, paper: Paper) -> Iterator[str]:
    sentences = [one for one in explanation(determination)[1:-1] if not one.text.startswith("The requester can say")]
    if sentences:
        yield ""
        yield paper.heading("Why")
    for sentence in sentences:
        yield from paper.wrapped(sentence.text, "  ", "  ")
        if sentence.quote:
            yield from _quote(sentence.quote, paper)


def _quote(quote: str, paper: Paper) -> list[str]:
    short = quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 2].rsplit(" ", 1)[0] + " …"
    return paper.wrapped(f"“{short}”", f"    {paper.sign('bar')} ", f"    {paper.sign('bar')} ", "quiet")


def _missing(determination: Determination, paper: Paper) -> Iterator[str]:
    asked = questions(determination)
    if asked:
        yield ""
        yield paper.heading("What is missing: ask the requester")
    for number, one in enumerate(asked, start=1):
        yield from paper.wrapped(one.question, f"  {number}. ", "     ")
        decides = f"It decides {one.clause}. " if one.clause else ""
        evidence = f"Evidence: {', '.join(one.evidence)}. " if one.evidence else ""
        about = f"{one.help} {decides}{evidence}".strip()
        yield from paper.wrapped(about, "     ", "     ", "quiet") if about else ()


def _clauses(determination: Determination, paper: Paper, *, every_clause: bool) -> Iterator[str]:
    if determination.clauses:
        yield ""
        yield paper.heading("The clauses, in the guideline's order")
    run: list[Finding] = []
    for finding in determination.clauses:
        if not every_clause and _is_list_not_met(finding):
            run.append(finding)
            continue
        yield from _folded(run, paper)
        run = []
        yield _clause(finding, paper)
    yield from _folded(run, paper)


def _is_list_not_met(finding: Finding) -> bool:
    clause = finding.node
    assert isinstance(clause, Clause)
    is_list = isinstance(clause.rule, InDiagnoses) and clause.rule.target == clause.id
    return is_list and finding.truth is NOT_MET and not finding.judgement


def _folded(run: list[Finding], paper: Paper) -> Iterator[str]:
    if len(run) < FOLDED_FROM:
        yield from (_clause(finding, paper) for finding in run)
        return
    first, last = run[0].node, run[-1].node
    assert isinstance(first, Clause)
    assert isinstance(last, Clause)
    places = f"{first.id} to {last.id}"
    yield f"  {paper.truth('criterion', NOT_MET)}{places:<12} {len(run)} lists of diagnoses"


def _clause(finding: Finding, paper: Paper) -> str:
    clause = finding.node
    assert isinstance(clause, Clause)
    judged = f" (found by {finding.judgement.by})" if finding.judgement else ""
    text = paper.words(f"{clause.id:<12} {clause.title}{judged}")
    return f"  {paper.truth(clause.kind, finding.truth)}{paper.shortened(text, 60)}"


def _notes(determination: Determination, paper: Paper) -> Iterator[str]:
    if determination.notes:
        yield ""
        yield paper.heading("Notes")
    for note in determination.notes:
        yield from paper.wrapped(f"{note[:1].upper()}{note[1:]}.", "  ", "  ")


def _foot(determination: Determination, paper: Paper) -> Iterator[str]:
    edition = determination.edition
    yield ""
    send = _where_to_send(determination)
    if send:
        yield from paper.wrapped(send)
    if edition:
        marked = ", reconstructed" if edition.reconstructed else ""
        text = f"Edition {edition.id}, decided {edition.decided}{marked} {paper.sign('dot')} content "
    else:
        text = "Content "
    digest = determination.guideline.content_hash(edition)
    yield paper.paint(f"{text}{digest[:16]}", "quiet")


def _where_to_send(determination: Determination) -> str:
    """Name and fax number of the member's product, as the edition states them."""
    edition = determination.edition
    products = edition.data.get("products") if edition else None
    if products is None or determination.outcome not in SENT or not isinstance(products.value, dict):
        return ""
    stated = products.value.get(str(determination.case.facts.get("product")))
    if not isinstance(stated, dict) or not isinstance(stated.get("fax"), str):
        return ""
    return f"Send it to {stated.get('name', 'the plan')}, fax {stated['fax']}."
