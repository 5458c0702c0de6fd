"""A CQL library compiles with the official translator, and says of each case on cql-execution what the engine says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.compile.cql_engine import Translated, elm_answers, holdable, imrt_elm, translated
from tests.compile.test_flat_case import COMPLETE, KNOWN_ON, ODD_CELLS, conformance_cases
from tests.determination.imrt_cases import imrt
from tests.parity.combinations import Combinations
from tests.test_second_guideline import PROGRAM as SECOND

from isodose.compile.elm.expressions import FINDINGS
from isodose.compile.elm.library import library_of
from isodose.compile.elm.nodes import Elm
from isodose.compile.elm.statements import library_json
from isodose.determination.program import Program
from isodose.determination.record import added
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.load import load_or_raise
from isodose.guideline.truth import Truth
from isodose.guideline.worked_case import worked_cases

Row = Mapping[str, Any]

EVERYDAY, SLOW = 500, 100_000
"""So many combinations of classes, spread evenly over all."""

PROGRAMS = {"imrt": imrt(), "diabetes-screening": SECOND}
EVERY_PROGRAM = pytest.mark.parametrize(
    "program",
    [pytest.param(one, marks=pytest.mark.slow if one is SECOND else (), id=name) for name, one in PROGRAMS.items()],
)
MET = {Truth.MET: True, Truth.NOT_MET: False, Truth.UNKNOWN: None}
TYPED_COMPLETE: Row = {
    **COMPLETE,
    "diagnosis_codes": ["C61"],
    **{column: cell == "true" for column, cell in COMPLETE.items() if cell in ("true", "false")},
}


@cache
def elm_of(program: Program, as_known_on: date | None = None) -> Elm:
    return library_json(library_of(program.guideline, as_known_on=as_known_on))


@cache
def translation_of(program: Program) -> Translated:
    return translated(library_of(program.guideline))


def differences(
    program: Program, rows: Iterable[Row], elm: Elm, as_known_on: date | None = None
) -> list[tuple[Row, dict[str, object], object]]:
    """The cases to which the library answers otherwise, each with the engine's answer and the library's."""
    given = [(row, cells) for row in rows if (cells := holdable(row, program.guideline))]
    answers = elm_answers([cells for _, cells in given], elm)
    assert given, "no case can be held by the library's parameters"
    found = []
    for (row, _), answer in zip(given, answers, strict=True):
        right = added(program.determine(row, as_known_on))
        right["problem"] = without_codes_below(right["problem"])
        if answer != right:
            found.append((row, right, answer))
    print(f"{len(given)} cases, {len(found)} differences")
    return found


def without_codes_below(problem: object) -> str | None:
    """A problem as the library says it: that a code is a heading, without the codes below it."""
    return re.sub(r"(is a heading of ICD-10-CM and not billable): use [^;]*", r"\1", str(problem)) if problem else None


def spread(rows: Sequence[Row], count: int) -> Sequence[Row]:
    """So many of all combinations, or a few more, with a step that is odd, so that no class is left out."""
    step = len(rows) // count
    return rows[:: step - 1 + step % 2]


def worked(program: Program) -> list[Row]:
    """The worked cases that facts alone decide and the library's parameters can hold."""
    rows: list[Row] = [
        {column: typed(program.guideline.columns[column], cell) for column, cell in case.facts.items()}
        for case in worked_cases(program.guideline, [])
        if not any(case.findings.values()) and case.as_known_on is None
    ]
    return [row for row in rows if holdable(row, program.guideline)]


def typed(fact: Fact, cell: str) -> object:
    """A cell of CSV as JSON has it."""
    if fact.type is FactType.YES_NO and cell in ("true", "false"):
        return cell == "true"
    if fact.type is FactType.NUMBER and re.fullmatch(r"[0-9.]+", cell):
        return float(cell)
    return cell.split(";") if fact.type is FactType.CODES else cell or None


@EVERY_PROGRAM
def test_the_translator_has_nothing_to_say(program: Program) -> None:
    assert translation_of(program).said == []


@EVERY_PROGRAM
def test_worked_cases_in_our_elm_and_in_that_of_the_translator(program: Program) -> None:
    assert differences(program, worked(program), elm_of(program)) == []
    assert differences(program, worked(program), translation_of(program).elm) == []


@pytest.mark.slow
@pytest.mark.parametrize("known_on", KNOWN_ON)
def test_conformance_cases(known_on: date | None) -> None:
    assert differences(imrt(), conformance_cases(), elm_of(imrt(), known_on), known_on) == []


def test_an_even_spread_of_all_combinations() -> None:
    rows = spread(Combinations(imrt()), EVERYDAY)
    assert differences(imrt(), rows, imrt_elm()) == []
    assert differences(imrt(), rows[::7], translation_of(imrt()).elm) == []


@pytest.mark.slow
def test_a_larger_spread_of_all_combinations() -> None:
    assert differences(imrt(), spread(Combinations(imrt()), SLOW), imrt_elm()) == []


@pytest.mark.parametrize("column", ["product", "procedure_code", "technique", "treatment_intent", "diagnosis_codes"])
def test_a_cell_that_is_odd_or_wrong(column: str) -> None:
    cells = [[cell] for cell in ODD_CELLS] + [["C61", None, "61C"], []] if column == "diagnosis_codes" else ODD_CELLS
    assert differences(imrt(), [{**TYPED_COMPLETE, column: cell} for cell in cells], imrt_elm()) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("birth", "service"),
    [
        ("2008-02-29", "2026-02-28"),  # 17: the birthday is 1 March in other years
        ("2008-02-29", "2026-03-01"),
        ("2004-11-04", "2025-11-03"),  # a day before 21
        ("2026-01-01", "2025-11-03"),  # born later
        ("1890-01-01", "2025-11-03"),  # too old
        (None, "2025-11-03"),
        ("1960-05-01", None),
        ("1960-05-01", "2024-12-31"),  # before any edition
    ],
)
def test_dates(birth: str | None, service: str | None) -> None:
    rows = [
        {**TYPED_COMPLETE, "member_birth_date": birth, "date_of_service": service, "procedure_code": code}
        for code in ("77386", "77407")
    ]
    assert differences(imrt(), rows, imrt_elm()) == []


@pytest.mark.slow
def test_codes_of_the_release_and_codes_that_it_lacks() -> None:
    entries = imrt().guideline.release.between("A", "Z")[::199]
    codes = [code for entry in entries for code in (entry.code, f"{entry.code}Z"[:7])]
    rows = [{**TYPED_COMPLETE, "diagnosis_codes": [with_dot(code)]} for code in codes]
    assert differences(imrt(), rows, imrt_elm()) == []


@pytest.mark.slow
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_each_clause_is_met_not_met_or_unknown_as_the_engine_finds(program: Program) -> None:
    rows = worked(program)
    cells = [holdable(row, program.guideline) or {} for row in rows]
    for row, findings in zip(rows, elm_answers(cells, elm_of(program), FINDINGS), strict=True):
        clauses = program.determine(row).clauses
        right = [{"clause": _id(finding), "met": MET[finding.truth]} for finding in clauses] or None
        assert findings == right, row


def _id(finding: Any) -> str:
    return str(finding.node.id)


@pytest.mark.slow
@pytest.mark.parametrize("edition", imrt().guideline.editions, ids=lambda edition: edition.id)
def test_one_edition_alone_rules_all_dates_from_its_own_on(edition: Any) -> None:
    alone = replace(imrt().guideline, editions=(edition,))
    rows = spread(Combinations(imrt()), 300)
    assert differences(Program(alone), rows, library_json(library_of(imrt().guideline, edition))) == []


@pytest.mark.slow
def test_combinations_of_answers_to_the_second_guideline() -> None:
    """Numbers and dates, absent ones too, "at least two of", and a fact that a reviewer answers."""
    cases = worked(SECOND)
    rows = [mixed(one, other, place % 3) for one in cases for place, other in enumerate(cases)]
    assert differences(SECOND, rows[::5], elm_of(SECOND)) == []


def mixed(one: Row, other: Row, first: int) -> Row:
    """A case with every third answer of another."""
    columns = [column for column in SECOND.guideline.columns if column != "date_of_service"]
    return {**one, **{column: other.get(column) for column in columns[first::3]}}


RATIO = {
    "facts.yaml": """
given: {type: number, unit: Gy, title: Dose given, question: Q?}
planned: {type: number, unit: Gy, title: Dose planned, question: Q?, absent: none was planned}
share: {type: number, from: given / planned, title: Share, question: Q?}
findings: {type: number, title: A name that the library has too, question: Q?}
days: {type: number, title: A word of a function, question: Q?}
ordered: {type: date, title: Ordered, question: Q?}
waited: {type: number, unit: days, from: days from ordered to date_of_service, title: Waited, question: Q?}
""",
    "codes.csv": "code,valid_from,valid_to\n",
    "2025-01-01.md": """---
guideline: course
title: Course
plan: P
effective: 2025-01-01
decided: 2025-01-01
text: reconstructed
criteria: held
ladder:
  - {when: clause 1, outcome: approved}
  - {when: clause 2, outcome: not-required}
  - {otherwise: clinical-review, reason: criteria-not-met}
---

Text.

```rule 1 The patient's "share" \\ dose
all: [share >= 0.3, share < 0.95, given > 0.1 cGy]
```

Text.

```rule 2
waited <= 14 days
```
""",
}
"""Numbers that are compared and never computed: a ratio, a bound in another unit, days between dates. A title with quotes."""


@pytest.mark.slow
def test_ratios_and_days(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    for name, content in RATIO.items():
        (folder / name).write_text(content, "utf-8")
    program = Program(load_or_raise(folder))
    rows = [
        {
            "date_of_service": "2025-03-01", "procedure_code": "77386",
            "given": given, "planned": planned, "ordered": ordered,
        }
        for given in (None, -3, 0, 0.001, 0.0011, 3, 9.5, 9.4999, 10)
        for planned in (None, "absent", -10, 0, 10)
        for ordered in (None, "2025-02-14", "2025-02-15", "2025-03-02")
    ]  # fmt: skip
    assert translated(library_of(program.guideline)).said == []
    assert differences(program, rows, library_json(library_of(program.guideline))) == []
