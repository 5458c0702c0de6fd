"""The guideline in the terminal: the text in its own order, the rule beside it; one clause in full; one clause over time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from isodose.guideline.document import Piece
from isodose.guideline.edition import Aside, Clause, Data, Edition, Passage, Reading
from isodose.guideline.load import Guideline
from isodose.guideline.rule_text import rule_lines
from isodose.guideline.text import plain
from isodose.guideline.tree import is_below
from isodose.terminal.paper import WIDTH, Paper

LEFT = 40
"""Columns of the text; the rule stands in the other half."""


def guideline_page(edition: Edition, paper: Paper) -> str:
    """The whole edition."""
    lines = list(_title(edition, paper))
    left: list[str] = []
    right: list[str] = []
    for passage in edition.passages:
        if isinstance(passage, Piece) and right:
            lines += _beside(left, right, paper)
            left, right = [], []
        if isinstance(passage, Piece):
            left += _piece(passage, paper)
        else:
            right += _block(passage, paper)
    return "\n".join(line.rstrip() for line in lines + _beside(left, right, paper))


def _title(edition: Edition, paper: Paper) -> Iterator[str]:
    marked = ", reconstructed" if edition.reconstructed else ""
    yield paper.heading(paper.across(edition.title, f"edition {edition.id}"))
    yield paper.rule()
    yield from paper.wrapped(f"{edition.plan}. Effective {edition.effective}, decided {edition.decided}{marked}.")
    yield ""
    yield paper.heading("The ladder: the first rung that is met decides")
    for number, rung in enumerate(edition.ladder, start=1):
        reason = f" ({rung.reason})" if rung.reason else ""
        yield f"  {number}. {rung.outcome}{reason}"
        yield from (paper.paint(f"       {line}", "quiet") for line in rule_lines(rung.when))
    yield ""


def _piece(piece: Piece, paper: Paper) -> list[str]:
    if piece.kind == "heading":
        return [paper.heading(line) for line in paper.wrapped(plain(piece.text), width=LEFT)] + [""]
    lines = piece.text.split("\n") if piece.kind in ("bullet_list", "table") else [piece.text]
    return [line for part in lines for line in paper.wrapped(plain(part), width=LEFT) if line.strip()] + [""]


def _block(passage: Passage, paper: Paper) -> list[str]:
    width = WIDTH - LEFT - 3
    if isinstance(passage, Clause):
        return [paper.paint(f"{passage.kind} {passage.id}", "strong"), *rule_lines(passage.rule)]
    if isinstance(passage, Reading):
        return paper.wrapped(f"reading {passage.id}: {passage.read_as}", role="quiet", width=width)
    if isinstance(passage, Data):
        return [paper.paint(f"data {passage.name}", "strong")]
    assert isinstance(passage, Aside)
    return paper.wrapped(passage.why, role="quiet", width=width)


def _beside(left: list[str], right: list[str], paper: Paper) -> list[str]:
    bar = paper.paint(paper.sign("bar"), "quiet")
    return [
        f"{line}{' ' * (LEFT - _length(line))} {bar} {other}" for line, other in zip_longest(left, right, fillvalue="")
    ]


def _length(line: str) -> int:
    """The columns that a line takes: colour codes take none."""
    return sum(len(part.partition("m")[2]) if number else len(part) for number, part in enumerate(line.split("\x1b[")))


def clause_page(guideline: Guideline, edition: Edition, clause: Clause, paper: Paper) -> str:
    """One clause: its words, its rule, the readings beside it and the codes that belong to it."""
    lines = [
        paper.heading(paper.across(f"{clause.kind} {clause.id}  {clause.title}", f"edition {edition.id}")),
        paper.rule(),
    ]
    bar = f"{paper.sign('bar')} "
    lines += paper.wrapped(clause.quote, bar, bar)
    lines += ["", *(f"  {line}" for line in rule_lines(clause.rule))]
    for name in clause.readings:
        lines += ["", *_reading(edition.readings[name], paper)]
    lines += _codes(guideline, clause, paper)
    return "\n".join(line.rstrip() for line in lines)


def reading_page(edition: Edition, reading: Reading, paper: Paper) -> str:
    """One reading in full."""
    head = paper.heading(paper.across(f"reading {reading.id}", f"edition {edition.id}"))
    return "\n".join([head, paper.rule(), *_reading(reading, paper)])


def _reading(reading: Reading, paper: Paper) -> Iterator[str]:
    yield paper.heading(f"Reading {reading.id}, since {reading.since}")
    if reading.unclear:
        yield from paper.wrapped(f"Unclear: {reading.unclear}", "  ", "  ")
    yield from paper.wrapped(f"Read as: {reading.read_as}", "  ", "  ")
    yield from paper.wrapped(f"Because: {reading.because}", "  ", "  ")
    for other in reading.could_also_mean:
        yield from paper.wrapped(f"Could also mean: {other}", "  ", "  ", "quiet")
    yield from paper.wrapped(f"Answered by: {reading.answered_by}", "  ", "  ", "quiet")


def _codes(guideline: Guideline, clause: Clause, paper: Paper) -> Iterator[str]:
    rows = [row for row in guideline.diagnoses.of_clauses if row.home and is_below(row.home, clause.id)]
    if rows:
        yield ""
        yield paper.heading("Diagnoses")
    for row in sorted(rows, key=lambda row: row.low):
        sign, role = ("met", "met") if row.status.value == "clear" else ("review", "review")
        mark = paper.paint(f"{paper.sign(sign)} {row.status.value:<9}", role)
        title = paper.words(f"{row.codes:<13} {row.title}")
        yield f"  {mark} {paper.shortened(title, 66)}"


def compared_page(guideline: Guideline, name: str, paper: Paper) -> str:
    """One clause in every edition, oldest first; what stays the same is said once."""
    lines: list[str] = []
    before: tuple[str, list[str]] | None = None
    for edition in guideline.editions:
        clause = edition.clauses.get(name)
        lines += [paper.heading(paper.across(f"{name}", f"edition {edition.id}")), paper.rule()]
        now = (clause.quote, rule_lines(clause.rule)) if clause else None
        if clause is None:
            held = "" if edition.criteria_held else "; the wording of its criteria is not held"
            lines += paper.wrapped(f"This edition has no such clause{held}.", "  ", "  ", "quiet")
        elif now == before:
            lines += paper.wrapped("The same words and the same rule.", "  ", "  ", "quiet")
        else:
            lines += paper.wrapped(clause.quote, f"{paper.sign('bar')} ", f"{paper.sign('bar')} ")
            lines += ["", *(f"  {line}" for line in rule_lines(clause.rule))]
        lines += [*_lists(edition, clause, paper), ""]
        before = now
    return "\n".join(line.rstrip() for line in lines).rstrip()


def _lists(edition: Edition, clause: Clause | None, paper: Paper) -> Iterator[str]:
    """What the data of the clause's name states: the codes of an edition change without its rule."""
    data = edition.data.get(clause.id) if clause else None
    for part, value in data.value.items() if data and isinstance(data.value, dict) else ():
        stated = value.get("codes", value) if isinstance(value, dict) else value
        text = ", ".join(map(str, stated)) if isinstance(stated, list) else ""
        if text:
            yield from paper.wrapped(f"{part}: {text}", "  ", "    ")
