"""Procedure codes (CPT, HCPCS): between which dates each is valid, what it can mean, and what came after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from isodose.guideline.dates import date_from
from isodose.guideline.facts import Facts, FactType
from isodose.guideline.problem import Place, Problem, did_you_mean, listed
from isodose.guideline.table import rows_from
from isodose.guideline.text import as_code, as_word
from isodose.guideline.tree import Period

PATTERN = re.compile(r"[0-9]{5}|[A-Z][0-9]{4}|[0-9]{4}[A-Z]")
"""CPT category I, HCPCS level II, CPT categories II and III and PLA."""

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
    text: str, file: str, facts: Facts, problems: list[Problem]
) -> dict[str, ProcedureCode]:
    """The codes that a ``codes.csv`` lists. A column beyond the fixed ones is named after the choice that it limits."""
    codes: dict[str, ProcedureCode] = {}
    for cells, place in rows_from(text, file, ("code", "valid_from", "valid_to"), None, problems):
        wrong = _problems(cells, facts)
        if cells["code"] in codes:
            wrong.append(f"`{cells['code']}` is listed twice")
        problems.extend(Problem(place, message) for message in wrong)
        if not wrong:
            codes[cells["code"]] = _code(cells, place)
    return codes


def _code(cells: dict[str, str], place: Place) -> ProcedureCode:
    valid = Period(date_from(cells["valid_from"]), date_from(cells["valid_to"]))
    means = {name: _words(cell) for name, cell in cells.items() if name not in _FIXED and cell}
    successors = _words(cells.get("successors", ""))
    return ProcedureCode(cells["code"], valid, means, successors, cells.get("note", ""), place)


def _problems(cells: dict[str, str], facts: Facts) -> list[str]:
    wrong = []
    for code in (cells["code"], *_words(cells.get("successors", ""))):
        if code != as_code(code) or not PATTERN.fullmatch(code):
            wrong.append(f"`{code}` is not a procedure code: five digits, a letter and four digits, or four and a letter")
    for name in ("valid_from", "valid_to"):
        if cells[name] and not date_from(cells[name]):
            wrong.append(f"`{name}` is not a date like 2025-12-31: `{cells[name]}`")
    for name in cells:
        if name not in _FIXED:
            wrong.extend(_meaning_problems(name, cells[name], facts))
    return wrong


def _meaning_problems(name: str, cell: str, facts: Facts) -> list[str]:
    fact = facts.get(name)
    if fact is None or fact.type is not FactType.CHOICE:
        choices = [fact.name for fact in facts.values() if fact.type is FactType.CHOICE]
        return [f"the column `{name}` is neither {listed(_FIXED)} nor a choice fact{did_you_mean(name, choices)}"]
    return [
        f"`{name}` offers no `{value}`{did_you_mean(value, fact.values)}"
        for value in _words(cell)
        if as_word(value) not in fact.values
    ]


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(";") if word.strip())
