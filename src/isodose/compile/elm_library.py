"""A guideline as a CQL library: what a host gives, what is answered, and every clause, by name and with its own words.

It says what the added columns say, and of every clause and rung whether it is met: true, false, or null for unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from isodose.compile.answer import flags_of
from isodose.compile.diagnosis_classes import DiagnosisClasses
from isodose.compile.elm import parameter_name
from isodose.compile.elm_codes import CodeStatements, code_statements, words
from isodose.compile.elm_functions import FUNCTIONS
from isodose.compile.elm_nodes import (
    DATE,
    DECIMAL,
    NOTHING,
    TEXT,
    TEXTS,
    YES_NO,
    Definition,
    Elm,
    Library,
    Parameter,
    Statement,
    case,
    definition,
    items,
    record,
    text,
    when,
    yes_no,
)
from isodose.compile.elm_writer import Writer, is_plain
from isodose.compile.expression import (
    Belongs,
    Choose,
    Codes,
    Expression,
    Kind,
    Literal,
    in_order,
)
from isodose.compile.flat_case import Added, added_to, over_the_row, reigns
from isodose.compile.rails import Rails, rails_of
from isodose.compile.reading import Reading, readings_of
from isodose.guideline.edition import Clause, Edition, Rung
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.guideline import Guideline
from isodose.guideline.outcome import Outcome
from isodose.guideline.problem import listed

DETERMINATION, FINDINGS = "Determination", "Findings"
ABSENCE = "_is_absent"
"""A fact that may be absent and is no text has a second parameter, which says so."""

_KINDS = {
    FactType.YES_NO: Kind.YES_NO,
    FactType.NUMBER: Kind.NUMBER,
    FactType.DATE: Kind.DATE,
    FactType.CODES: Kind.TEXTS,
}
_TYPES = {Kind.TEXT: TEXT, Kind.YES_NO: YES_NO, Kind.NUMBER: DECIMAL, Kind.DATE: DATE, Kind.TEXTS: TEXTS}


def library_of(guideline: Guideline, edition: Edition | None = None, as_known_on: date | None = None) -> Library:
    """The whole guideline, its edition chosen by the date of service; or one edition alone, from its effective date on."""
    told = replace(guideline, editions=(edition,)) if edition else guideline
    readings = readings_of(told, _columns(told), typed=True, absences=_absences(told))
    added = added_to(told, readings, as_known_on)
    rulings = [_ruling(told, one, readings, is_alone=edition is not None) for _, one in reigns(told, as_known_on)]
    roots = _roots(added, rulings)
    names = _names(told, readings, added, rulings)
    writer = Writer(roots, _trait_names(in_order(roots)) | names)
    codes = _about_codes(told, writer)
    return Library(
        "".join(part.capitalize() for part in told.id.split("-")) + ("Edition" if edition else ""),
        edition.id if edition else str(told.editions[-1].effective),
        tuple(_about(guideline, edition, as_known_on)),
        tuple(_parameters(told)),
        (
            *FUNCTIONS,
            *codes.functions,
            *_answers(added, rulings, writer),
            *(statement for ruling in rulings for statement in ruling.statements(writer)),
            *writer.statements(),
            *codes.definitions,
        ),
    )


def _columns(guideline: Guideline) -> dict[str, Kind]:
    return {column: _KINDS.get(fact.type, Kind.TEXT) for column, fact in guideline.columns.items()}


def _absences(guideline: Guideline) -> dict[str, str]:
    return {
        column: column + ABSENCE
        for column, fact in guideline.columns.items()
        if fact.absent and fact.type in (FactType.YES_NO, FactType.NUMBER, FactType.DATE)
    }


# --- what a host gives


def _parameters(guideline: Guideline) -> Iterator[Parameter]:
    absences = _absences(guideline)
    for column, kind in _columns(guideline).items():
        fact = guideline.columns[column]
        yield Parameter(parameter_name(column), _TYPES[kind], tuple(_asks(fact)))
        if column in absences:
            yield Parameter(parameter_name(absences[column]), YES_NO, (f"True: {fact.absent}.",))


def _asks(fact: Fact) -> Iterator[str]:
    yield fact.question
    if fact.type is FactType.CHOICE:
        yield f"{'For one' if fact.open else 'One of'}: {listed(tuple(fact.values))}"
    if fact.unit:
        yield f"In {fact.unit}"


# --- one edition's clauses and rungs


@dataclass(frozen=True, slots=True)
class _Finding:
    """Something that is met, not met or unknown: a clause or a rung."""

    name: str
    rails: Rails
    about: tuple[str, ...]
    tags: Mapping[str, str]

    @property
    def met(self) -> str:
        return f"{self.name}: met"

    @property
    def not_met(self) -> str:
        return f"{self.name}: not met"

    def statements(self, writer: Writer) -> Iterator[Statement]:
        true, false = definition(self.met), definition(self.not_met)
        truth = when(true, yes_no(True), when(false, yes_no(False), NOTHING))  # noqa: FBT003
        yield Definition(self.name, truth, self.about, self.tags)
        yield Definition(self.met, writer.body(self.rails.true, self.met))
        yield Definition(self.not_met, writer.body(self.rails.false, self.not_met))


@dataclass(frozen=True, slots=True)
class _Ruling:
    """An edition as rows see it."""

    edition: Edition
    clauses: Mapping[str, _Finding]
    rungs: tuple[_Finding, ...]

    @property
    def findings(self) -> tuple[_Finding, ...]:
        return (*self.clauses.values(), *self.rungs)

    def statements(self, writer: Writer) -> Iterator[Statement]:
        for finding in self.findings:
            yield from finding.statements(writer)

    def listed(self) -> Elm:
        """The findings of the clauses as a list."""
        return items(
            record({"clause": text(clause), "met": definition(finding.name)})
            for clause, finding in self.clauses.items()
        )


def _ruling(guideline: Guideline, edition: Edition, readings: Mapping[str, Reading], *, is_alone: bool) -> _Ruling:
    of_row, rails = over_the_row(readings), rails_of(edition.clauses)
    of_edition = "" if is_alone else f" ({edition.id})"

    def over_row(found: Rails) -> Rails:
        return Rails(of_row(found.true), of_row(found.false))

    clauses = {
        clause.id: _Finding(f"{_heading(clause)}{of_edition}", over_row(rails(clause.rule)), *_words_of(clause))
        for clause in edition.clauses.values()
    }
    rungs = tuple(
        _Finding(f"Rung {number}{of_edition}", over_row(found), (_leads_to(rung),), {"outcome": rung.outcome.value})
        for number, (rung, found) in enumerate(
            zip(edition.ladder, flags_of(guideline, edition).rungs, strict=True), start=1
        )
    )
    return _Ruling(edition, clauses, rungs)


def _heading(clause: Clause) -> str:
    return f"Clause {clause.id} {clause.title}".rstrip()


def _words_of(clause: Clause) -> tuple[tuple[str, ...], dict[str, str]]:
    return (clause.quote,), {"clause": clause.id, "title": clause.title, "quote": clause.quote}


def _leads_to(rung: Rung) -> str:
    return f"Leads to {rung.outcome.value}{f' ({rung.reason.value})' if rung.reason else ''} if no rung before is met."


# --- what is answered


def _answers(added: Added, rulings: Sequence[_Ruling], writer: Writer) -> Iterator[Definition]:
    names = {column.name: parameter_name(column.name) for column in fields(Added)}
    yield Definition(DETERMINATION, record({column: definition(name) for column, name in names.items()}))
    for column, name in names.items():
        yield Definition(name, writer.body(getattr(added, column), name))
    yield Definition(
        FINDINGS,
        case((text_of_ruling, ruling.listed()) for text_of_ruling, ruling in _ruled(added, rulings, writer)),
        ("Every clause of the edition that rules: met is true, false, or null for unknown.",),
    )


def _ruled(added: Added, rulings: Sequence[_Ruling], writer: Writer) -> Iterator[tuple[Elm, _Ruling]]:
    assert isinstance(added.edition, Choose), "which edition rules is a choice"
    by_id = {ruling.edition.id: ruling for ruling in rulings}
    for condition, label in added.edition.branches:
        assert isinstance(label, Literal), "an edition has a name"
        yield writer.of(condition), by_id[label.text]


def _about(guideline: Guideline, edition: Edition | None, as_known_on: date | None) -> Iterator[str]:
    newest = edition or guideline.editions[-1]
    yield f"{newest.title}, {newest.plan}"
    if edition:
        yield f"One edition alone, for all dates of service from {edition.effective} on."
    else:
        yield "All editions; the date of service says which one rules."
    if as_known_on:
        yield f"As known on {as_known_on}."
    yield "No outcome of this library denies: an adverse decision is a physician's."
    for one in (edition,) if edition else guideline.editions:
        yield f"Edition {one.id}: content hash {guideline.content_hash(one)}"


def _roots(added: Added, rulings: Sequence[_Ruling]) -> list[Expression]:
    rails = [rail for ruling in rulings for finding in ruling.findings for rail in finding.rails]
    return [*(getattr(added, column.name) for column in fields(Added)), *rails]


def _names(
    guideline: Guideline, readings: Mapping[str, Reading], added: Added, rulings: Sequence[_Ruling]
) -> dict[Expression, str]:
    """What has a name of its own; the first name counts."""
    found: dict[Expression, str] = {}
    for expression, name in _named(guideline, readings, added, rulings):
        if not is_plain(expression):
            found.setdefault(expression, name)
    return found


def _named(
    guideline: Guideline, readings: Mapping[str, Reading], added: Added, rulings: Sequence[_Ruling]
) -> Iterator[tuple[Expression, str]]:
    for ruling in reversed(rulings):
        for finding in ruling.findings:
            yield finding.rails.true, finding.met
            yield finding.rails.false, finding.not_met
    yield from _named_answers(added)
    for name, reading in readings.items():
        title = guideline.facts[name].title
        yield reading.known, f"{title}: known"
        yield reading.wrong, f"{title}: cannot be read"
        if reading.value is not None:
            yield reading.value, f"{title}: as read"


def _named_answers(added: Added) -> Iterator[tuple[Expression, str]]:
    """Which edition rules, and each of its outcomes."""
    assert isinstance(added.edition, Choose), "which edition rules is a choice"
    assert isinstance(added.outcome, Choose), "an outcome is a choice"
    labels = dict(added.edition.branches)
    for condition, outcomes in reversed(added.outcome.branches):
        label = labels.get(condition)
        if isinstance(label, Literal) and isinstance(outcomes, Choose):
            yield condition, f"Ruled by {label.text}"
            for flag, outcome in outcomes.branches:
                assert isinstance(outcome, Literal), "an outcome has a name"
                yield flag, f"Outcome: {outcome.text} ({label.text})"
        elif isinstance(outcomes, Literal) and outcomes.text == Outcome.INVALID.value:
            yield condition, "Invalid"


def _trait_names(nodes: Iterable[Expression]) -> dict[Expression, str]:
    return {node: f"Diagnosis: {words(node.trait)}" for node in nodes if isinstance(node, Belongs)}


def _about_codes(guideline: Guideline, writer: Writer) -> CodeStatements:
    traits = dict.fromkeys(node.trait for node in writer.nodes if isinstance(node, Belongs))
    codes = next((node for node in writer.nodes if isinstance(node, Codes)), None)
    if codes is None:
        return CodeStatements((), ())
    return code_statements(DiagnosisClasses(guideline), list(traits), writer.of(codes))
