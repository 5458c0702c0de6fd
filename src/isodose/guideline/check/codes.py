"""The codes that an edition lists: one rule each, known dates, and valid as long as the edition rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from isodose.guideline.data_block import RULES
from isodose.guideline.edition import Edition
from isodose.guideline.guideline import Guideline
from isodose.guideline.problem import Level, Place, Problem
from isodose.guideline.text import as_code
from isodose.guideline.tree import Period


class ListedPart(NamedTuple):
    """One part of `data codes`, or of a block below it: its rule, the list's name, its codes, and where it stands."""

    rule: str
    name: str
    codes: list[str]
    place: Place


def listed_parts(edition: Edition) -> list[ListedPart]:
    """Each part of `data codes` and of the blocks below it with its codes; a dated part's too."""
    parts = []
    for data, rule, value in edition.parts_stated("codes"):
        codes = value.get("codes") if isinstance(value, dict) else value
        listed = [as_code(code) for code in codes if isinstance(code, str)] if isinstance(codes, list) else []
        parts.append(ListedPart(rule, f"{data.name}.{rule}", listed, data.place))
    return parts


def codes_have_one_rule(guideline: Guideline) -> Iterator[Problem]:
    """No code is both required and not required, or undetermined as well, or twice the same."""
    for edition in guideline.editions:
        seen: dict[str, str] = {}
        ruling = [part for part in listed_parts(edition) if part.rule in RULES]
        for part in sorted(ruling, key=lambda part: RULES.index(part.rule)):
            for code in part.codes:
                if code in seen:
                    message = f"`{code}` is both `{seen[code]}` and `{part.rule}`"
                    if seen[code] == part.rule:
                        message = f"`{code}` stands twice in `codes.{part.rule}`"
                    yield Problem(part.place, message, unknown=code)
                seen[code] = part.rule


def codes_have_dates(guideline: Guideline) -> Iterator[Problem]:
    """Each listed code stands in codes.csv, so that its dates are known; so does each that comes after another."""
    for edition in guideline.editions:
        for part in listed_parts(edition):
            for code in part.codes:
                if code not in guideline.codes:
                    message = f"`{code}` of `{part.name}` is not in codes.csv, so nobody knows when it is valid"
                    yield Problem(part.place, message, level=Level.WARNING, unknown=code)
    for listed in guideline.codes.values():
        for code in listed.successors:
            if code not in guideline.codes:
                message = f"`{code}`, which comes after `{listed.code}`, is not in codes.csv"
                yield Problem(listed.place, message, level=Level.WARNING, unknown=code)


def codes_end_while_listed(guideline: Guideline) -> Iterator[Problem]:
    """Each listed code is valid on all dates that its edition rules; one finding for each part and reason."""
    for edition in guideline.editions:
        rules = ruled_by(edition, guideline)
        for part in listed_parts(edition):
            for reason, concerned in _invalid(part.codes, rules, guideline).items():
                those = ", ".join(concerned)
                until = f"to {rules.until}" if rules.until else "on, with no end"
                message = f"`{part.name}`: {those} {reason}, but the edition rules from {rules.since} {until}"
                yield Problem(part.place, message, level=Level.WARNING, topic="ended-code")


def _invalid(codes: list[str], rules: Period, guideline: Guideline) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in codes:
        valid = guideline.codes[code].valid if code in guideline.codes else Period()
        if valid.until and (rules.until is None or valid.until < rules.until):
            found.setdefault(f"ended on {valid.until}", []).append(code)
        if valid.since and rules.since and valid.since > rules.since:
            found.setdefault(f"began on {valid.since}", []).append(code)
    return found


def ruled_by(edition: Edition, guideline: Guideline) -> Period:
    """The dates of service that an edition rules: from its effective date to the day before a later edition's."""
    later: list[date] = [other.effective for other in guideline.editions if other.effective > edition.effective]
    return Period(edition.effective, min(later) - timedelta(days=1) if later else None)
