"""A revision for its page: whom it touches, its questions, its rules, and the two texts side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import ndiff

from isodose.batch.touched_told import OnFile
from isodose.pages.render import document
from isodose.proof.difference.questions import QuestionChange
from isodose.proof.difference.report import NOT_COUNTED, SAME_CASES, Edited, Report
from isodose.proof.difference.rules import RuleChange
from isodose.proof.difference.text import TextChange
from isodose.proof.difference.told import EASIER, HARDER, OTHER, SCOPE, Group, Told

FEW = 3
MANY = 12
"""Of more alternatives, and of more rules, than this the others are folded away."""

_TONES = {HARDER: "not", EASIER: "met", SCOPE: "rev", OTHER: ""}
_SAYS = {
    HARDER: "harder to be covered",
    EASIER: "easier to be covered",
    SCOPE: "in or out of scope",
    OTHER: "another answer",
}


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change of outcome."""

    before: str
    after: str
    says: str
    tone: str
    where: tuple[str, ...]
    alternatives: tuple[str, ...]
    more: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """Changes with one cause."""

    cause: str
    where: tuple[str, ...]
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many changes go one way, and which."""

    count: int
    says: str
    tone: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question that is new, gone or put otherwise."""

    state: str
    tone: str
    question: str
    before: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a rule: what it says, and whether it is new (``ins``), gone (``del``) or neither."""

    words: str
    tag: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule, list or reading that changed."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DiffView:
    """The revision."""

    title: str
    old: str
    new: str
    dates: tuple[str, ...]
    units: tuple[str, ...]
    everywhere: tuple[str, ...]
    counts: tuple[Count, ...]
    groups: tuple[GroupView, ...]
    is_proved: bool
    on_file: OnFile | None
    proved: str
    notes: tuple[str, ...]
    questions: tuple[QuestionView, ...]
    rules: tuple[RuleView, ...]
    more_rules: tuple[RuleView, ...]
    text: tuple[TextChange, ...]


def diff_document(report: Report, on_file: OnFile | None = None) -> str:
    """The revision as one HTML document that needs nothing else; ``on_file`` is whom it touches in a file."""
    return document("diff.html", ("diff",), view=diff_view(report, on_file))


def diff_view(report: Report, on_file: OnFile | None = None) -> DiffView:
    """The revision as its page shows it."""
    edition = report.new.edition
    return DiffView(
        edition.title,
        report.old.edition.id,
        edition.id,
        (_dated("Old", report.old), _dated("New", report.new)),
        report.units,
        report.everywhere,
        tuple(_counts(report)),
        tuple(map(_group, report.groups)),
        report.difference.is_proved,
        on_file,
        report.proved,
        (SAME_CASES, NOT_COUNTED),
        tuple(map(_question, report.questions)),
        tuple(map(_rule, report.rules[:MANY])),
        tuple(map(_rule, report.rules[MANY:])),
        report.text,
    )


def _dated(name: str, edited: Edited) -> str:
    marked = ", reconstructed" if edited.edition.reconstructed else ""
    edition = edited.edition
    return f"{name}: {edition.id}, effective {edition.effective}, decided {edition.decided}{marked}"


def _counts(report: Report) -> Iterator[Count]:
    for direction, count in report.directions.items():
        yield Count(count, _SAYS[direction], _TONES[direction], tuple(report.arrows(direction)))


def _group(group: Group) -> GroupView:
    return GroupView(group.cause, group.where, tuple(map(_change, group.told)))


def _change(told: Told) -> ChangeView:
    alternatives = tuple("; ".join(parts) for parts in told.alternatives)
    return ChangeView(
        told.before,
        told.after,
        _SAYS[told.direction],
        _TONES[told.direction],
        told.where,
        alternatives[:FEW],
        alternatives[FEW:],
        told.example,
    )


def _question(change: QuestionChange) -> QuestionView:
    if change.new is None:
        return QuestionView("no longer asked", "", change.old.question if change.old else "", "")
    if change.old is None:
        return QuestionView("asked newly", "rev", change.new.question, "")
    before = change.old.question if change.old.question != change.new.question else ""
    return QuestionView(f"put otherwise: {', '.join(change.parts)}", "rev", change.new.question, before)


def _rule(change: RuleChange) -> RuleView:
    return RuleView(f"{change.kind} {change.name}", tuple(_lines(change.old, change.new)))


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    tags = {"- ": "del", "+ ": "ins", "  ": ""}
    yield from (Line(line[2:], tags[line[:2]]) for line in ndiff(old, new) if line[:2] in tags)
