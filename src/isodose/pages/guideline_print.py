"""An edition on paper: a cover to sign, the text with the rules beside it, and after it what the rules rest on, list by list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from isodose.guideline.edition import Edition, Plain
from isodose.guideline.guideline import Guideline
from isodose.guideline.procedure_codes import ProcedureCode
from isodose.guideline.products import Product, products_of
from isodose.guideline.tree import Period
from isodose.pages.guideline_view import ClauseNote, DataNote, GuidelineView, ReadingNote, Row, guideline_view
from isodose.pages.pdf import pdf_from
from isodose.pages.render import environment, paper
from isodose.pages.timeline import timeline

_PLANS_RULE = {
    "required": "Prior authorization is required",
    "not-required": "No prior authorization is needed",
    "undetermined": "The plan has not said: a request is judged as if required, a claim is never refused for lack of it",
}
"""A plan's rules for a code, each as the cover says it."""

_STYLES = ("guideline_print",)
PRINTED_STYLES = ("tokens", "paper", *_STYLES, "printed")
"""All that these pages look like where they are printed in place of what is read on a screen."""

_LONG_DATE = "{day:%B} {day.day}, {day.year}"


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A procedure code: between which dates it is valid, and what it is."""

    code: str
    valid: str
    note: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """A plan's rule for some codes, and over which dates of service it holds (empty: all that the edition rules)."""

    says: str
    period: str
    rows: tuple[CodeRow, ...]

    @property
    def codes(self) -> str:
        """The codes alone."""
        return ", ".join(row.code for row in self.rows)


@dataclass(frozen=True, slots=True)
class Revision:
    """A line of the history."""

    decided: str
    effective: str
    body: str
    change: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    anchor: str
    says: str
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class GuidelinePrint:
    """An edition for paper: its page's view, and what only paper has."""

    of: GuidelineView
    effective: str
    decided: str
    decided_by: str
    products: tuple[Product, ...]
    codes: tuple[CodeList, ...]
    contents: tuple[Entry, ...]
    diagnoses: tuple[ClauseNote, ...]
    readings: tuple[ReadingNote, ...]
    revisions: tuple[Revision, ...]


def guideline_pdf(guideline: Guideline, edition: Edition) -> bytes:
    """The edition as one PDF."""
    return pdf_from(guideline_paper(guideline, edition))


def guideline_paper(guideline: Guideline, edition: Edition) -> str:
    """The HTML of these pages."""
    view = guideline_print(guideline, edition)
    drawing = timeline(guideline.editions, edition)
    return paper("guideline_print.html", _STYLES, view=view, timeline=drawing)


@lru_cache(8)
def guideline_sheets(guideline: Guideline, edition: Edition) -> Markup:
    """The same pages to stand within another document, which shows them where it is printed (`PRINTED_STYLES`)."""
    view, drawing = guideline_print(guideline, edition), timeline(guideline.editions, edition)
    return Markup(environment().get_template("guideline_sheets.html").render(view=view, timeline=drawing))  # noqa: S704 (our own)


def guideline_print(guideline: Guideline, edition: Edition) -> GuidelinePrint:
    """The edition for paper."""
    view = guideline_view(guideline, edition)
    notes = [note for row in view.rows for note in row.notes]
    revisions = tuple(_revisions(edition))
    return GuidelinePrint(
        view,
        long_date(edition.effective),
        long_date(edition.decided),
        next((one.body for one in revisions if one.decided == view.decided), ""),
        products_of(edition),
        tuple(_code_lists(guideline, edition)),
        tuple(_contents(view.rows)),
        tuple(note for note in notes if isinstance(note, ClauseNote) and note.codes),
        tuple(note for note in notes if isinstance(note, ReadingNote)),
        revisions,
    )


def long_date(day: date) -> str:
    """``October 1, 2025``."""
    return _LONG_DATE.format(day=day)


def _code_lists(guideline: Guideline, edition: Edition) -> Iterator[CodeList]:
    """The plan's rule for each code, those that need authorization first."""
    lists: dict[tuple[str, str], list[str]] = {}
    for rule, says in _PLANS_RULE.items():
        for _, part, value in edition.parts_stated("codes"):
            if part == rule:
                lists.setdefault((says, _period_stated(value)), []).extend(_codes(value))
    for (says, period), codes in lists.items():
        yield CodeList(says, period, tuple(_code_row(code, guideline.codes.get(code)) for code in codes))


def _codes(value: Plain) -> list[str]:
    if isinstance(value, dict):
        return _codes(value["codes"]) if "codes" in value else []
    return [str(code) for code in value] if isinstance(value, list) else [value]


def _period_stated(value: Plain) -> str:
    said = value if isinstance(value, dict) else {}
    return " ".join(f"{word} {said[word]}" for word in ("since", "until") if word in said)


def _code_row(code: str, known: ProcedureCode | None) -> CodeRow:
    return CodeRow(code, _valid(known.valid), known.note) if known else CodeRow(code, "", "")


def _valid(period: Period) -> str:
    if period.since is None and period.until is None:
        return "always"
    return f"{period.since or ''} to {period.until or 'now'}".strip()


def _contents(rows: tuple[Row, ...]) -> Iterator[Entry]:
    """The sections of the text, its criteria and limitations, and its references."""
    for number, row in enumerate(rows):
        anchor = f"row-{number}"
        if row.heading:
            yield Entry(anchor, row.heading)
        for note in row.notes:
            if isinstance(note, ClauseNote) and note.id == row.anchor and note.chip and not row.is_below:
                yield Entry(anchor, f"{note.id}. {note.heading}" if row.indent else note.heading, is_below=True)
            elif isinstance(note, DataNote) and note.heading == "References":
                yield Entry(anchor, note.heading, is_below=True)


def _revisions(edition: Edition) -> Iterator[Revision]:
    stated = edition.data["revisions"].value if "revisions" in edition.data else []
    for one in stated if isinstance(stated, list) else ():
        if isinstance(one, dict):
            yield Revision(*(str(one.get(name, "")) for name in ("decided", "effective", "body", "change")))
