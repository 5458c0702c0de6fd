"""What was answered to the guideline's questions, as the page of a request shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from isodose.desk.request import Request
from isodose.guideline.facts import Fact
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.web.details import MORE
from isodose.web.practice.draft.fields import choices, of_course, of_line


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in words, what was said beyond it, and where a document shows it."""

    title: str
    words: str
    more: str
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
            yield Said(fact.title, words, str(request.details.get(f"{MORE}{fact.name}") or ""), _shown(request, fact))


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
