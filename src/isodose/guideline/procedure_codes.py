"""Procedure codes (CPT, HCPCS): between which dates each is valid, what it can mean, and what came after it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from isodose.guideline.dates import date_from
from isodose.guideline.facts import Facts, FactType
from isodose.guideline.problem import ANY_NAME, Place, Problem, did_you_mean
from isodose.guideline.table import rows_from
from isodose.guideline.text import as_code, as_word
from isodose.guideline.tree import Period

PATTERN = re.compile(r"[0-9]{5}|[A-Z][0-9]{4}|[0-9]{4}[A-Z]")
"""CPT category I, HCPCS level II, CPT categories II and III and PLA."""

SHAPE = "five digits, a letter and four digits, or four digits and a letter"
"""The pattern in words."""

_FIXED = ("code", "valid_from", "valid_to", "successors", "note")


@dataclass(frozen=True, slots=True)
class ProcedureCode:
    """A code of ``codes.csv``. ``means`` gives, for a choice fact, the values that the code can go with."""

    code: str
    valid: Period
    means: Mapping[str, tuple[str, ...]]
    successors: tuple[str, ...]
    note: str
    place: Place


def procedure_codes_from(
    text: str, file: str, facts: Facts, problems: list[Problem], unreadable: Collection[str] = ()
) -> dict[str, ProcedureCode]:
    """The codes that a ``codes.csv`` lists. A column beyond the fixed ones is named after the choice that it limits."""
    codes: dict[str, ProcedureCode] = {}
    facts = {name: fact for name, fact in facts.items() if name not in unreadable}
    choices = [fact.name for fact in facts.values() if fact.type is FactType.CHOICE]
    optional = None if ANY_NAME in unreadable else (*_FIXED[3:], *choices, *unreadable)
    for cells, place in rows_from(text, file, _FIXED[:3], optional, problems):
        wrong = [Problem(place, message) for message in _problems(cells)]
        wrong += [problem for name, cell in cells.items() for problem in _meaning_problems(name, cell, facts, place)]
        if first := codes.get(cells["code"]):
            message = f"`{cells['code']}` is listed twice; the first is in line {first.place.line}"
            wrong.append(Problem(place, message))
        problems.extend(wrong)
        if not wrong:
            codes[cells["code"]] = _code(cells, place, choices)
    return codes


def _code(cells: dict[str, str], place: Place, choices: list[str]) -> ProcedureCode:
    valid = Period(date_from(cells["valid_from"]), date_from(cells["valid_to"]))
    means = {name: tuple(map(as_word, _words(cell))) for name, cell in cells.items() if name in choices and cell}
    successors = _words(cells.get("successors", ""))
    return ProcedureCode(cells["code"], valid, means, successors, cells.get("note", ""), place)


def _problems(cells: dict[str, str]) -> list[str]:
    codes = (cells["code"], *_words(cells.get("successors", "")))
    return [
        *(f"`{code}` is not a procedure code: {SHAPE}" for code in codes if not _is_code(code)),
        *(
            f"`{name}` is not a date like 2025-12-31: `{cells[name]}`"
            for name in ("valid_from", "valid_to")
            if cells[name] and not date_from(cells[name])
        ),
        *_backwards(cells),
    ]


def _backwards(cells: dict[str, str]) -> list[str]:
    since, until = date_from(cells["valid_from"]), date_from(cells["valid_to"])
    if since and until and until < since:
        return [f"`{cells['code']}` ends on {until}, before it begins on {since}"]
    return []


def _is_code(code: str) -> bool:
    return code == as_code(code) and PATTERN.fullmatch(code) is not None


def _meaning_problems(name: str, cell: str, facts: Facts, place: Place) -> list[Problem]:
    fact = facts.get(name)
    if fact is None or fact.type is not FactType.CHOICE:
        return []  # the header's problem, or that of facts.yaml
    return [
        Problem(place, f"`{name}` offers no `{value}`{did_you_mean(value, fact.values)}", unknown=f"{name} is {value}")
        for value in _words(cell)
        if as_word(value) not in fact.values
    ]


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(";") if word.strip())
