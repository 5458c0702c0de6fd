"""The map of diagnoses and the release of ICD-10-CM for a CQL library, as texts in which a code is found at once.

What a code says is a text of marks between bars, such as ``|speaks|clear 1.a|``; what all codes of a case say are those texts
together. Which marks belong to which codes comes from ``diagnosis_classes.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from isodose.compile.diagnosis_classes import DiagnosisClasses
from isodose.compile.elm.functions import SENTENCES
from isodose.compile.elm.nodes import (
    TEXT,
    TEXTS,
    YES_NO,
    Elm,
    alias,
    binary,
    call,
    chain,
    combined,
    definition,
    each,
    is_within,
    operand,
    operator,
    part_of,
    text,
    unary,
    when,
    whole,
)
from isodose.compile.elm.statements import Definition, Function
from isodose.compile.expression import Says, Trait
from isodose.determination.validity import heading_says

SAID = "Diagnosis: what the codes say"
HEADINGS = "Codes: what is wrong with headings"
_TOGETHER, _SAYS, _BILLABLE, _HEADING = (
    "Codes: what they say together",
    "Codes: what one says",
    "ICD-10-CM: billable codes",
    "ICD-10-CM: headings",
)
_TREATMENT, _UNLISTED = "treatment", "unlisted"
_A_LINE = 16
"""Codes on a line of text."""

_LEGEND = (
    "What a code says by the map of diagnoses, between bars, and if it is billable:",
    *(f"{one.name.lower()}: {one.value}." for one in Says),
)

Marks = tuple[str, str]
"""What a code says if the release holds it as billable, and what it says otherwise."""


def mark(trait: Trait) -> str:
    """The mark of a trait, as it stands in what codes say."""
    return f"|{words(trait)}|"


def words(trait: Trait) -> str:
    """A trait in short: ``clear 1.a``."""
    return f"{trait.says.name.lower()} {trait.target}".rstrip()


def says(trait: Trait) -> Elm:
    """Whether the codes of the case say it."""
    return is_within(text(mark(trait)), definition(SAID))


class CodeStatements(NamedTuple):
    """What a library says of codes: functions, which it has to hold first, what the case's codes say, and data."""

    functions: tuple[Function, ...]
    definitions: tuple[Definition, ...]


def code_statements(classes: DiagnosisClasses, traits: Collection[Trait], codes: Elm) -> CodeStatements:
    """What a library with these traits needs, ``codes`` being those of the case."""
    runs = _runs(classes, traits)
    together = ("Beside a treatment, a code that the map does not list is set aside.",)
    return CodeStatements(
        (
            Function(_SAYS, {"given": TEXT, "billable": YES_NO}, _one_of(runs), _LEGEND),
            Function(_TOGETHER, {"texts": TEXTS}, _together(), together),
            Function(HEADINGS, {"texts": TEXTS}, _headings(), ("A heading is not billable.",)),
        ),
        (
            Definition(SAID, call(_TOGETHER, _each_says(codes)), ("Each between bars.",), is_public=False),
            _text_of(_BILLABLE, _billable(classes, runs), "Those for which it matters."),
            _text_of(_HEADING, classes.headings, "Codes with more precise ones below them."),
        ),
    )


def _each_says(codes: Elm) -> Elm:
    code = alias("Entry")
    return each(codes, "Entry", result=call(_SAYS, code, _is_among(code, _BILLABLE)))


def _is_among(code: Elm, name: str) -> Elm:
    return is_within(chain("Concatenate", (text(" "), code, text(" "))), definition(name))


def _together() -> Elm:
    def starts(name: str) -> Elm:
        return operator("StartsWith", alias("Entry"), text(name))

    texts = operand("texts")
    is_treated = unary("Exists", each(texts, "Entry", where=starts(_TREATMENT)))
    listed = each(texts, "Entry", where=unary("Not", starts(_UNLISTED)))
    return operator("Coalesce", combined(when(is_treated, listed, texts), ""), text(""))


def _runs(classes: DiagnosisClasses, traits: Collection[Trait]) -> list[tuple[str, Marks]]:
    """Where what codes say may change, in their order."""
    said = _said_by_class(classes, traits)
    runs: list[tuple[str, Marks]] = []
    for start, billable, other in zip(classes.starts, classes.billable, classes.elsewhere, strict=True):
        marks = said[billable], said[other]
        if not runs or runs[-1][1] != marks:
            runs.append((start, marks))
    return runs


def _said_by_class(classes: DiagnosisClasses, traits: Collection[Trait]) -> list[str]:
    """The text of each class."""
    holders = {words(trait): classes.holders(trait) for trait in traits}

    def said(number: int) -> str:
        marks = [name for name, found in holders.items() if number in found.listed | found.unlisted]
        kinds = _TREATMENT if number in classes.treatments else ""
        if any(number in found.unlisted for found in holders.values()):
            kinds += _UNLISTED
        return f"{kinds}|{'|'.join(marks)}|" if marks else kinds

    return [said(number) for number in range(len(classes.classes))]


def _one_of(runs: list[tuple[str, Marks]]) -> Elm:
    """The text of the run that a code lies in, found by halving."""
    if len(runs) == 1:
        billable, other = runs[0][1]
        return text(other) if billable == other else when(operand("billable"), text(billable), text(other))
    middle = len(runs) // 2
    is_before = binary("Less", operand("given"), text(runs[middle][0]))
    return when(is_before, _one_of(runs[:middle]), _one_of(runs[middle:]))


def _billable(classes: DiagnosisClasses, runs: list[tuple[str, Marks]]) -> Iterator[str]:
    """The billable codes of the release that say something else than codes that are not."""
    ends = pairwise([*(start for start, _ in runs), "["])
    split = [(start, end) for (start, end), (_, marks) in zip(ends, runs, strict=True) if marks[0] != marks[1]]
    places = iter(split)
    start, end = next(places, ("[", "["))
    for code in classes.of_release:
        while code >= end:
            start, end = next(places, ("[", "["))
            if start == "[":
                return
        if code >= start and code not in classes.headings:
            yield code


def _headings() -> Elm:
    code = alias("Entry")
    dotted = chain("Concatenate", (part_of(code, 0, 3), text("."), part_of(code, 3)))
    with_dot = when(binary("Greater", unary("Length", code), whole(3)), dotted, code)
    before, after = heading_says("\0", ()).split(":")[0].split("\0")
    sentence = chain("Concatenate", (text(before), with_dot, text(after)))
    return call(SENTENCES, each(operand("texts"), "Entry", where=_is_among(code, _HEADING), result=sentence))


def _text_of(name: str, codes: Iterable[str], about: str) -> Definition:
    """A text that holds each code between spaces."""
    listed = list(codes)
    lines = (f" {' '.join(listed[place : place + _A_LINE])} " for place in range(0, len(listed), _A_LINE))
    return Definition(name, text("\n".join(lines)), (about,), is_public=False)
