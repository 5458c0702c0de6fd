"""What was answered to the guideline's questions, as the page of a request shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from isodose.desk.request import Request
from isodose.guideline.facts import Fact
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.web.practice.draft.fields import choices, of_course, of_line
from isodose.web.told_more import told_more


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in words, what was said beyond it, and where a document shows it."""

    title: str
    words: str
    more: tuple[str, ...]
    shown: str


def said(request: Request, guideline: Guideline) -> tuple[Said, ...]:
    """The answers in the guideline's order; those of a service line are the first line's."""
    return tuple(_said(request, guideline))


def _said(request: Request, guideline: Guideline) -> Iterator[Said]:
    content: Mapping[str, Any] = request.content or {}
    lines = content.get("lines") or [{}]
    first: Mapping[str, Any] = lines[0] if isinstance(lines[0], Mapping) else {}
    for fact in (guideline.facts[DIAGNOSIS], *of_line(guideline), *of_course(guideline)):
        value = first.get(fact.column)
        if value is not None:
            words = _words(fact, value, guideline)
            yield Said(fact.title, words, told_more(request.details, fact), _shown(request, fact))
            if fact.name == DIAGNOSIS:
                yield from _of_lines(fact, lines, value)


def _of_lines(fact: Fact, lines: list[Any], first: object) -> Iterator[Said]:
    """The diagnoses of the lines that treat something else than the first."""
    for number, line in enumerate(lines, 1):
        value = line.get(fact.column) if isinstance(line, Mapping) else None
        if value and value != first:
            yield Said(f"{fact.title}, line {number}", ", ".join(map(str, value)), (), "")


def _words(fact: Fact, value: object, guideline: Guideline) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return choices(guideline, fact).get(str(value), str(value))


def _shown(request: Request, fact: Fact) -> str:
    for one in request.evidence:
        if one.fact == fact.name:
            name = request.names.get(one.document, "a document")
            return f"{name}, page {one.page}: “{one.words}”" if one.document else f"from the chart: {one.chart}"
    return ""
