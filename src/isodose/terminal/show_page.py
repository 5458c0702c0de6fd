"""The guideline in the terminal: the text in its own order, the rule beside it; one clause in full; one clause over time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from isodose.determination.words import title_of
from isodose.guideline.diagnoses import Status
from isodose.guideline.document import Piece
from isodose.guideline.edition import Aside, Clause, Data, Edition, Passage, Plain, Reading
from isodose.guideline.guideline import Guideline
from isodose.guideline.rule_text import rule_lines
from isodose.guideline.text import plain
from isodose.guideline.tree import Node, is_below
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


def editions_page(guideline: Guideline, paper: Paper) -> str:
    """All editions, oldest first: since when each rules, and since when the plan knew it."""
    lines = [paper.heading(paper.shortened(guideline.editions[-1].title, WIDTH)), paper.rule()]
    column = max(len(edition.id) for edition in guideline.editions) + 2
    for edition in guideline.editions:
        marked = ", reconstructed" if edition.reconstructed else ""
        held = "" if edition.criteria_held else ", criteria not held"
        dates = f"effective {edition.effective}, decided {edition.decided}"
        lines += paper.wrapped(f"{dates}{marked}{held}", edition.id.ljust(column), " " * column)
    return "\n".join(lines)


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
        yield from (paper.paint(f"       {line}", "quiet") for line in _rule(rung.when, paper, WIDTH - 7))
        grants = ", ".join(f"{name} {value}" for name, value in rung.grants.items())
        yield from paper.wrapped(f"grants {grants}", " " * 7, " " * 7, "quiet") if grants else ()
    yield ""


def _piece(piece: Piece, paper: Paper) -> list[str]:
    if piece.kind == "heading":
        return [paper.heading(line) for line in paper.wrapped(plain(piece.text), width=LEFT)] + [""]
    lines = piece.text.split("\n") if piece.kind in ("bullet_list", "table") else [piece.text]
    return [line for part in lines for line in paper.wrapped(plain(part), width=LEFT) if line.strip()] + [""]


def _block(passage: Passage, paper: Paper) -> list[str]:
    width = WIDTH - LEFT - 3
    if isinstance(passage, Clause):
        return [paper.paint(f"{passage.kind} {passage.id}", "strong"), *_rule(passage.rule, paper, width)]
    if isinstance(passage, Reading):
        return paper.wrapped(f"reading {passage.id}: {passage.read_as}", role="quiet", width=width)
    if isinstance(passage, Data):
        return [paper.paint(f"data {passage.name}", "strong")]
    assert isinstance(passage, Aside)
    return paper.wrapped(passage.why, role="quiet", width=width)


def _rule(node: Node, paper: Paper, width: int) -> list[str]:
    """A rule as its author would write it; a line that is too long goes on below, further in."""
    lines: list[str] = []
    for line in rule_lines(node):
        inside = " " * (len(line) - len(line.lstrip()))
        lines += paper.wrapped(line.lstrip(), inside, f"{inside}    ", width=width)
    return lines


def _beside(left: list[str], right: list[str], paper: Paper) -> list[str]:
    """Text and rule side by side, then an empty line."""
    while left and not left[-1]:
        left.pop()
    bar = paper.paint(paper.sign("bar"), "quiet")
    rows = [*zip_longest(left, right, fillvalue=""), ("", "")]
    return [f"{line}{' ' * (LEFT - _length(line))} {bar} {other}" for line, other in rows]


def _length(line: str) -> int:
    """The columns that a line takes: colour codes take none."""
    return sum(len(part.partition("m")[2]) if number else len(part) for number, part in enumerate(line.split("\x1b[")))


def clause_page(guideline: Guideline, edition: Edition, clause: Clause, paper: Paper) -> str:
    """One clause: its words and rule, what the data of its name states, the clauses below it, its readings and its codes."""
    lines = [_clause_head(clause, edition, paper), paper.rule()]
    lines += _words_and_rule(clause, paper)
    lists = list(_lists(_stated(edition, clause), paper))
    lines += ["", *lists] if lists else []
    lines += _below(edition, clause, paper)
    for name in clause.readings:
        lines += ["", *_reading(edition.readings[name], paper)]
    lines += _codes(guideline, clause, paper)
    return "\n".join(line.rstrip() for line in lines)


def _below(edition: Edition, clause: Clause, paper: Paper) -> Iterator[str]:
    """The words of the clauses that stand directly below one: those of a list that it introduces."""
    below = [one for one in edition.clauses.values() if one.id.rpartition(".")[0] == clause.id]
    column = max((len(one.id) for one in below), default=0) + 4
    if below:
        yield ""
        yield paper.heading("Below it")
    for one in below:
        yield from paper.wrapped(one.quote, f"  {one.id}".ljust(column), " " * column)


def _clause_head(clause: Clause, edition: Edition, paper: Paper) -> str:
    return paper.heading(paper.across(f"{clause.id}  {title_of(clause)} ({clause.kind})", f"edition {edition.id}"))


def _words_and_rule(clause: Clause, paper: Paper) -> list[str]:
    bar = f"{paper.sign('bar')} "
    return [*paper.wrapped(clause.quote, bar, bar), "", *(f"  {line}" for line in _rule(clause.rule, paper, WIDTH - 2))]


def reading_page(edition: Edition, reading: Reading, paper: Paper) -> str:
    """One reading in full, and the clauses beside which it stands."""
    beside = [clause.id for clause in edition.clauses.values() if reading.id in clause.readings]
    lines = [paper.heading(paper.across(f"Reading {reading.id}", f"edition {edition.id}")), paper.rule()]
    bar = f"  {paper.sign('bar')} "
    lines += paper.wrapped(f"“{reading.quote}”", bar, bar) if reading.quote else []
    lines += list(_reading(reading, paper))[1:]
    lines += paper.wrapped(f"Since: {reading.since}", "  ", "  ", "quiet")
    lines += paper.wrapped(f"Beside: {', '.join(beside)}", "  ", "  ", "quiet") if beside else []
    return "\n".join(lines)


def _reading(reading: Reading, paper: Paper) -> Iterator[str]:
    yield paper.heading(f"Reading {reading.id}, since {reading.since}")
    if reading.unclear:
        yield from paper.wrapped(f"Unclear: {reading.unclear}", "  ", "  ")
    yield from paper.wrapped(f"Read as: {reading.read_as}", "  ", "  ")
    yield from paper.wrapped(f"Because: {reading.because}", "  ", "  ")
    for other in reading.could_also_mean:
        yield from paper.wrapped(f"Could also mean: {other}", "  ", "  ", "quiet")
    yield from paper.wrapped(f"Answered by: {reading.answered_by}", "  ", "  ", "quiet")
    if reading.no_case:
        yield from paper.wrapped(f"No case shows it: {reading.no_case}", "  ", "  ", "quiet")


def _codes(guideline: Guideline, clause: Clause, paper: Paper) -> Iterator[str]:
    """The rows of the map of diagnoses that lie in the clause or below it; why, where a reviewer decides."""
    rows = [row for row in guideline.diagnoses.of_clauses if row.home and is_below(row.home, clause.id)]
    if rows:
        yield ""
        yield paper.heading("Diagnoses, as diagnoses.csv lists them")
    for row in sorted(rows, key=lambda row: row.low):
        is_clear = row.status is Status.CLEAR
        sign, role = ("met", "met") if is_clear else ("review", "review")
        mark = paper.paint(f"{paper.sign(sign)} {row.status.value:<9}", role)
        yield f"  {mark} {paper.shortened(f'{row.codes:<13} {row.title}', WIDTH - 14)}"
        yield from paper.wrapped(row.note, " " * 28, " " * 28, "quiet") if row.note and not is_clear else ()


def compared_page(guideline: Guideline, name: str, paper: Paper) -> str:
    """One clause in every edition, oldest first; what stays the same is said once, and what a list gains or loses is named."""
    lines: list[str] = []
    before: Clause | None = None
    stated: dict[str, list[str]] = {}
    for edition in guideline.editions:
        clause = edition.clauses.get(name)
        if clause is None:
            lines += [paper.heading(paper.across(name, f"edition {edition.id}")), paper.rule()]
            held = "" if edition.criteria_held else "; the wording of its criteria is not held"
            lines += paper.wrapped(f"This edition has no such clause{held}.", "  ", "  ", "quiet")
        else:
            lines += [_clause_head(clause, edition, paper), paper.rule(), *_changed(before, clause, paper)]
        now = _stated(edition, clause)
        lines += [*_lists(now, paper, stated if before else None), ""]
        before, stated = clause, now
    return "\n".join(line.rstrip() for line in lines).rstrip()


def _changed(before: Clause | None, clause: Clause, paper: Paper) -> list[str]:
    """Words and rule of a clause, as far as they are not those of the edition before."""
    bar = f"{paper.sign('bar')} "
    is_same_text = before is not None and before.quote == clause.quote
    is_same_rule = before is not None and rule_lines(before.rule) == rule_lines(clause.rule)
    if is_same_text and is_same_rule:
        return paper.wrapped("The same words and the same rule.", "  ", "  ", "quiet")
    same = ("The same words.", "  ", "  ", "quiet")
    lines = paper.wrapped(*same) if is_same_text else paper.wrapped(clause.quote, bar, bar)
    rule = [f"  {line}" for line in _rule(clause.rule, paper, WIDTH - 2)]
    return [*lines, "", *(paper.wrapped("The same rule.", "  ", "  ", "quiet") if is_same_rule else rule)]


def _stated(edition: Edition, clause: Clause | None) -> dict[str, list[str]]:
    """What the data blocks of a clause's name, and below it, state by part: the codes of an edition change without its rule."""
    stated: dict[str, list[str]] = {}
    for _, part, value in edition.parts_stated(clause.id) if clause else ():
        stated.setdefault(f"{part}{_period(value)}", []).extend(_items(value))
    return stated


def _period(value: Plain) -> str:
    dates = [f"{word} {value[word]}" for word in ("since", "until") if word in value] if isinstance(value, dict) else []
    return f" {' '.join(dates)}" if dates else ""


def _items(value: Plain) -> list[str]:
    if isinstance(value, dict):
        return _items(value["codes"]) if "codes" in value else [f"{name} {part}" for name, part in value.items()]
    return list(map(str, value)) if isinstance(value, list) else [value]


def _lists(stated: dict[str, list[str]], paper: Paper, before: dict[str, list[str]] | None = None) -> Iterator[str]:
    for part, items in stated.items():
        yield from paper.wrapped(f"{part}: {', '.join(items)}", "  ", "    ")
        earlier = items if before is None else before.get(part, [])
        changes = (
            ("new", [item for item in items if item not in earlier]),
            ("gone", [item for item in earlier if item not in items]),
        )
        for change, changed in changes:
            if changed:
                yield from paper.wrapped(f"{change}: {', '.join(changed)}", "    ", "      ", "strong")
