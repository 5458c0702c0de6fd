"""An edition as rows for people: the plan's words, and beside each paragraph what the system takes from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markupsafe import Markup

from isodose.determination.words import title_of
from isodose.guideline.diagnoses import Row as MapRow
from isodose.guideline.diagnoses import Status
from isodose.guideline.document import Piece
from isodose.guideline.edition import Aside, Clause, Data, Edition, Passage, Plain, Reading, Rung
from isodose.guideline.guideline import Guideline
from isodose.guideline.outcome import Outcome
from isodose.guideline.rule_text import rule_lines
from isodose.guideline.tree import COMBINATIONS, ClauseMet, InDiagnoses, Node, NoneOf, is_below

_NUMBER = re.compile(r"^(\d+|[a-z]+)\.\s+", re.ASCII)

_LEADS_TO: Mapping[Outcome, tuple[str, str]] = {
    Outcome.APPROVED: ("leads to approval", "met"),
    Outcome.COVERED_WITHOUT_REVIEW: ("covered without review", "met"),
    Outcome.CLINICAL_REVIEW: ("leads to a clinician", "rev"),
    Outcome.NOT_REQUIRED: ("no authorization needed", ""),
    Outcome.NOT_APPLICABLE: ("the guideline does not speak of it", ""),
}
"""What a step of the ladder says, and its tone."""

_READ_AS = {Status.CLEAR: ("clear", "met"), Status.AMBIGUOUS: ("for a reviewer", "rev")}


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the ladder."""

    when: str
    says: str
    tone: str


@dataclass(frozen=True, slots=True)
class CodesRow:
    """A row of the map of diagnoses."""

    codes: str
    title: str
    note: str
    says: str
    tone: str


@dataclass(frozen=True, slots=True)
class ClauseNote:
    """A clause's rule, where it leads, and the diagnoses of its own."""

    id: str
    heading: str
    chip: str
    tone: str
    rule: str
    counted: str
    codes: tuple[CodesRow, ...]
    kind: str = "clause"


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """How an unclear place is read."""

    id: str
    unclear: str
    read_as: str
    because: str
    could_also_mean: tuple[str, ...]
    answered_by: str
    since: str
    kind: str = "reading"


@dataclass(frozen=True, slots=True)
class DataNote:
    """What the paragraph states as data, part by part."""

    heading: str
    parts: tuple[tuple[str, str], ...]
    kind: str = "data"


@dataclass(frozen=True, slots=True)
class AsideNote:
    """Why the paragraph is neither rule nor datum."""

    why: str
    kind: str = "aside"


Note = ClauseNote | ReadingNote | DataNote | AsideNote


@dataclass(slots=True)
class Row:
    """Paragraphs of the text and what stands beside them; ``anchor`` is the clause, ``indent`` its depth in the text.

    ``heading`` is that of a section which begins here; empty if none does.
    """

    text: list[Markup] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    heading: str = ""
    anchor: str = ""
    indent: str = ""
    label: str = ""

    @property
    def is_below(self) -> bool:
        """Whether the clause lies below another one."""
        return "." in self.anchor


@dataclass(frozen=True, slots=True)
class GuidelineView:
    """An edition for its page."""

    title: str
    plan: str
    edition: str
    effective: str
    decided: str
    cautions: tuple[str, ...]
    ladder: tuple[Step, ...]
    rows: tuple[Row, ...]
    content_hash: str


def guideline_view(guideline: Guideline, edition: Edition) -> GuidelineView:
    """The edition as rows."""
    return GuidelineView(
        edition.title,
        edition.plan,
        edition.id,
        str(edition.effective),
        str(edition.decided),
        tuple(_cautions(edition)),
        tuple(_step(rung) for rung in edition.ladder),
        tuple(_rows(guideline, edition)),
        guideline.content_hash(edition),
    )


def _cautions(edition: Edition) -> Iterator[str]:
    if edition.reconstructed:
        yield "Reconstructed from the revision history: the published text of this edition is not held."
    if not edition.criteria_held:
        yield "The wording of its criteria is not held: what passes the code list goes to a reviewer."


def _step(rung: Rung) -> Step:
    says, tone = _LEADS_TO[rung.outcome]
    reason = f": {rung.reason.replace('-', ' ')}" if rung.reason else ""
    return Step("\n".join(rule_lines(rung.when)), says + reason, tone)


def _rows(guideline: Guideline, edition: Edition) -> Iterator[Row]:
    """A row for each run of paragraphs with the blocks that follow it."""
    row = Row()
    for passage in edition.passages:
        if isinstance(passage, Piece):
            if row.notes:
                yield row
                row = Row()
            row.text.append(_html(passage))
            row.heading = row.heading or _heading(passage)
            continue
        row.notes.append(_note(passage, guideline, edition))
        if isinstance(passage, Clause) and not row.anchor:
            row.anchor, row.label = passage.id, f"Clause {passage.id}"
            row.indent = f"d{passage.id.count('.') + 1}" if passage.id[0].isdigit() else ""
    if row.text or row.notes:
        yield row


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.core.ruler.push("links that lead nowhere", _without_dead_links)
    markdown.core.ruler.push("the text's own title", _with_title_below)
    return markdown


def _without_dead_links(state: StateCore) -> None:
    """A link whose address the published text does not give keeps its words alone."""
    for token in state.tokens:
        is_dead = False
        for part in token.children or ():
            is_dead = part.attrs.get("href") == "#" if part.type == "link_open" else is_dead
            if is_dead and part.type in ("link_open", "link_close"):
                part.tag = "span"
                part.attrs = {}


def _with_title_below(state: StateCore) -> None:
    """The text's own title stands below the page's: a page has one heading of the first level."""
    for token in state.tokens:
        if token.tag == "h1":
            token.tag = "h2"
            token.attrs = {"class": "title"} if token.nesting > 0 else {}


def _html(piece: Piece) -> Markup:
    """A piece of the text; the number that it begins with stands apart."""
    number = _NUMBER.match(piece.text) if piece.kind in ("paragraph", "ordered_list") else None
    if number and piece.text.count("\n") == 0:
        words = _markdown().renderInline(piece.text[number.end() :])
        return Markup('<p><span class="n">{}.</span> {}</p>\n').format(number[1], Markup(words))  # noqa: S704 (escaped)
    return Markup(_markdown().render(piece.text))  # noqa: S704 (HTML in it is escaped)


def _heading(piece: Piece) -> str:
    return piece.text.removeprefix("## ") if piece.text.startswith("## ") else ""


def _note(passage: Passage, guideline: Guideline, edition: Edition) -> Note:
    match passage:
        case Clause():
            return _clause_note(passage, guideline, edition)
        case Reading():
            return ReadingNote(
                passage.id,
                passage.unclear,
                passage.read_as,
                passage.because,
                passage.could_also_mean,
                passage.answered_by,
                str(passage.since),
            )
        case Data():
            return DataNote(passage.name.replace("-", " ").capitalize(), tuple(_parts(passage.value)))
        case Aside():
            return AsideNote(passage.why)
        case Piece():
            raise AssertionError("the text itself is no note")


def _clause_note(clause: Clause, guideline: Guideline, edition: Edition) -> ClauseNote:
    chip, tone = next((_LEADS_TO[rung.outcome] for rung in edition.ladder if _names(rung.when, clause.id)), ("", ""))
    own = [row for row in guideline.diagnoses.of_clauses if row.home == clause.id]
    rows = tuple(_codes_row(row) for row in sorted(own, key=lambda row: row.low))
    is_list = isinstance(clause.rule, InDiagnoses) and clause.rule.target == clause.id
    heading = title_of(clause) if is_list else f"{clause.kind.capitalize()}: {title_of(clause)}"
    rule = "" if is_list and "." in clause.id else "\n".join(rule_lines(clause.rule))
    return ClauseNote(clause.id, heading, chip, tone, rule, _counted(guideline, clause), rows)


def _names(node: Node, clause: str) -> bool:
    """Whether a rung leads on where the clause is met."""
    if isinstance(node, ClauseMet):
        return node.clause == clause
    return (
        isinstance(node, COMBINATIONS)
        and not isinstance(node, NoneOf)
        and any(_names(part, clause) for part in node.parts)
    )


def _counted(guideline: Guideline, clause: Clause) -> str:
    rows = [row for row in guideline.diagnoses.of_clauses if row.home and is_below(row.home, clause.id)]
    clear = sum(row.status is Status.CLEAR for row in rows)
    return f"Diagnoses: {clear} entries clear, {len(rows) - clear} for a reviewer"


def _codes_row(row: MapRow) -> CodesRow:
    return CodesRow(row.codes, row.title, row.note, *_READ_AS[row.status])


def _parts(value: Plain) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        yield from ((name, _in_one_line(part)) for name, part in value.items())
    else:
        yield "", _in_one_line(value)


def _in_one_line(value: Plain) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_in_one_line(part)}" for name, part in value.items())
    return ", ".join(map(_in_one_line, value)) if isinstance(value, list) else value
