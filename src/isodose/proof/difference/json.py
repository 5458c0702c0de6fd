"""The report of a revision as one JSON object: all that the pages show, with nothing left out for want of room."""

from __future__ import annotations

import json
from collections.abc import Iterator

from isodose.guideline.facts import Fact
from isodose.proof.difference.answers import Answer
from isodose.proof.difference.questions import QuestionChange
from isodose.proof.difference.report import Edited, Report
from isodose.proof.difference.text import Span
from isodose.proof.difference.told import Group, Told


def report_record(report: Report) -> dict[str, object]:
    """The report in JSON's types."""
    return {
        "guideline": report.new.edition.guideline,
        "old": _edition(report.old),
        "new": _edition(report.new),
        "everywhere": list(report.everywhere),
        "changes": [change for group in report.groups for change in _changes(group)],
        "proved": report.difference.is_proved,
        "statement": report.proved,
        "questions": list(map(_question, report.questions)),
        "rules": [
            {"kind": one.kind, "name": one.name, "old": list(one.old), "new": list(one.new)} for one in report.rules
        ],
        "text": [{"clause": one.clause, "old": _spans(one.old), "new": _spans(one.new)} for one in report.text],
    }


def report_json(report: Report, **more: object) -> str:
    """The record on one line, with ``more`` beside it."""
    return json.dumps(report_record(report) | more, ensure_ascii=False, default=str)


def _edition(edited: Edited) -> dict[str, object]:
    edition = edited.edition
    return {
        "edition": edition.id,
        "effective": str(edition.effective),
        "decided": str(edition.decided),
        "reconstructed": edition.reconstructed,
        "content_hash": edited.guideline.content_hash(edition),
    }


def _changes(group: Group) -> Iterator[dict[str, object]]:
    for told in group.told:
        yield {
            "direction": told.direction,
            "before": _answer(told.change.before),
            "after": _answer(told.change.after),
            "cause": group.cause,
            "units": [{"kind": unit.kind, "name": unit.name} for unit in told.change.cause.units],
            "together": told.change.cause.together,
            "where": [*group.where, *told.where],
            "alternatives": [list(parts) for parts in told.alternatives],
            "example": told.row,
            "example_in_words": _sentence(told),
        }


def _sentence(told: Told) -> str:
    return f"{told.example}: before {told.before}, now {told.after}"


def _answer(answer: Answer) -> dict[str, object]:
    return {"outcome": answer.outcome, "review_reason": answer.reason, "grants": dict(answer.grants)}


def _question(change: QuestionChange) -> dict[str, object]:
    return {
        "fact": change.fact,
        "parts": list(change.parts),
        "old": change.old and _asked(change.old),
        "new": change.new and _asked(change.new),
    }


def _asked(fact: Fact) -> dict[str, object]:
    return {"question": fact.question, "help": fact.help, "answers": dict(fact.values)}


def _spans(spans: tuple[Span, ...]) -> list[dict[str, str]]:
    return [{"kind": span.kind, "words": span.words} for span in spans]
