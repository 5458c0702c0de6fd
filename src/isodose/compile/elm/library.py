"""A guideline as a CQL library: what a host gives, what is answered, and every clause, by name and with its own words.

It says what the added columns say, and of every clause and rung whether it is met: true, false, or null for unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date

from isodose.compile.diagnosis_classes import classes_of
from isodose.compile.elm.codes import CodeStatements, code_statements
from isodose.compile.elm.expressions import DETERMINATION, FINDINGS, parameter_name
from isodose.compile.elm.findings import Ruling, ruling_of
from isodose.compile.elm.functions import FUNCTIONS
from isodose.compile.elm.names import names_of
from isodose.compile.elm.nodes import DATE, DECIMAL, TEXT, TEXTS, YES_NO, Elm, case, definition, record
from isodose.compile.elm.statements import Definition, Library, Parameter
from isodose.compile.elm.writer import Writer
from isodose.compile.expression import (
    Belongs,
    Choose,
    Codes,
    Expression,
    Kind,
    Literal,
)
from isodose.compile.rows.flat_case import Added, added_to, reigns
from isodose.compile.rows.reading import OWN_KIND, readings_of
from isodose.guideline.edition import Edition
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.guideline import Guideline
from isodose.guideline.problem import listed

ABSENCE = "_is_absent"
"""A fact that may be absent and is no text has a second parameter, which says so."""

_TYPES = {Kind.TEXT: TEXT, Kind.YES_NO: YES_NO, Kind.NUMBER: DECIMAL, Kind.DATE: DATE, Kind.TEXTS: TEXTS}


def library_of(guideline: Guideline, edition: Edition | None = None, as_known_on: date | None = None) -> Library:
    """The whole guideline, its edition chosen by the date of service; or one edition alone, from its effective date on."""
    told = replace(guideline, editions=(edition,)) if edition else guideline
    readings = readings_of(told, _columns(told), typed=True, absences=_absences(told))
    added = added_to(told, readings, as_known_on)
    rulings = [ruling_of(told, one, readings, is_alone=edition is not None) for _, one in reigns(told, as_known_on)]
    roots = _roots(added, rulings)
    writer = Writer(roots, names_of(told, readings, added, rulings, roots))
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
    return {column: OWN_KIND.get(fact.type, Kind.TEXT) for column, fact in guideline.columns.items()}


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


# --- what is answered


def _answers(added: Added, rulings: Sequence[Ruling], writer: Writer) -> Iterator[Definition]:
    names = {column.name: parameter_name(column.name) for column in fields(Added)}
    yield Definition(DETERMINATION, record({column: definition(name) for column, name in names.items()}))
    for column, name in names.items():
        yield Definition(name, writer.body(getattr(added, column), name))
    yield Definition(
        FINDINGS,
        case((text_of_ruling, ruling.listed()) for text_of_ruling, ruling in _ruled(added, rulings, writer)),
        ("Every clause of the edition that rules: met is true, false, or null for unknown.",),
    )


def _ruled(added: Added, rulings: Sequence[Ruling], writer: Writer) -> Iterator[tuple[Elm, Ruling]]:
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


def _roots(added: Added, rulings: Sequence[Ruling]) -> list[Expression]:
    rails = [rail for ruling in rulings for finding in ruling.findings for rail in finding.rails]
    return [*(getattr(added, column.name) for column in fields(Added)), *rails]


def _about_codes(guideline: Guideline, writer: Writer) -> CodeStatements:
    traits = dict.fromkeys(node.trait for node in writer.nodes if isinstance(node, Belongs))
    codes = next((node for node in writer.nodes if isinstance(node, Codes)), None)
    if codes is None:
        return CodeStatements((), ())
    return code_statements(classes_of(guideline), list(traits), writer.of(codes))
