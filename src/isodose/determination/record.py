"""A determination as JSON: the same input gives the same bytes, on any machine."""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from functools import lru_cache

from isodose.determination.case import Judgement
from isodose.determination.finding import Finding, fact_of
from isodose.determination.leaf_words import leaf_says, number_says
from isodose.determination.program import Determination
from isodose.determination.values import ABSENT, Coding, Value
from isodose.determination.words import carrying, clause_of, explanation, granted, notes, questions, settled_by
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.edition import Clause
from isodose.guideline.facts import Answerer
from isodose.guideline.tree import Otherwise

ADDED = ("outcome", "review_reason", "basis", "missing", "edition", "problem")
"""The columns that a determination adds to a flat case, in their order."""

_NO_LETTERS = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What JSON allows and lines or UTF-8 do not: control characters, other ends of lines, halves of a letter."""


_MOST_CARRIED = 10_000
"""Findings of which it is kept what makes them so."""


def added(determination: Determination) -> dict[str, object]:
    """The six added columns; lists are never null."""
    return {
        "outcome": determination.outcome.value,
        "review_reason": determination.review_reason and determination.review_reason.value,
        "basis": list(determination.basis),
        "missing": list(determination.missing),
        "edition": determination.edition and determination.edition.id,
        "problem": problem_text(determination),
    }


def problem_text(determination: Determination) -> str | None:
    """What is wrong and what would be right, all of it, in one text; None unless something is."""
    return "; ".join(wrong.message for wrong in determination.problems) or None


def record(determination: Determination) -> dict[str, object]:
    """The whole answer to one service line."""
    return {
        "request_id": determination.case.request_id,
        "line": determination.case.line,
        "guideline": determination.guideline.id,
        **added(determination),
        "findings": _findings(determination),
        "questions": [
            {"fact": asked.fact, "question": asked.question, "clause": asked.clause}
            for asked in questions(determination)
        ],
        "review": [
            {"clause": clause and clause.id, "leaf": leaf.node.phrase, "text": leaf_says(determination, leaf)}  # type: ignore[union-attr]
            for leaf, clause in determination.open
            if leaf.asks is Answerer.REVIEWER
        ],
        "grants": dict(granted(determination)),
        "explanation": [sentence._asdict() for sentence in explanation(determination)],
        "notes": notes(determination),
        "content_hash": determination.guideline.content_hash(determination.edition),
    }


def _findings(determination: Determination) -> list[dict[str, object]]:
    """Every clause's finding, and by which judgement above it is settled if its own truth stays unknown."""
    settled = settled_by(determination)
    return [
        finding_record(determination, finding) | {"settled_by": settled.get(clause_of(finding).id)}
        for finding in determination.clauses
    ]


def finding_record(determination: Determination, finding: Finding) -> dict[str, object]:
    """One clause's finding; ``because`` lists the facts that make it so, each once."""
    clause = clause_of(finding)
    names, judged = _carried(finding)
    values = determination.case.facts
    return {
        "clause": clause.id,
        "kind": clause.kind,
        "title": clause.title,
        "truth": finding.truth.value,
        "because": [{"fact": name, "value": json_value(values.get(name))} for name in names],
        "judged": [{"target": one.target, "by": one.by, "on": str(one.on), "why": one.why} for one in judged],
        "quote": clause.quote,
    }


@lru_cache(maxsize=_MOST_CARRIED)
def _carried(finding: Finding) -> tuple[tuple[str, ...], tuple[Judgement, ...]]:
    """The facts that make a finding what it is, each once, and the judgements. Kept, as cases that find the same share findings."""
    leaves = list(carrying(finding))
    names = dict.fromkeys(
        fact_of(leaf) for leaf in leaves if not leaf.judgement and not isinstance(leaf.node, (Otherwise, Clause))
    )
    return tuple(names), tuple(leaf.judgement for leaf in leaves if leaf.judgement)


def json_value(value: Value | None) -> object:
    """A fact's value in JSON: codes with their dots, dates as text, numbers that are not whole as exact text."""
    if isinstance(value, Coding):
        return {"system": value.system, "code": value.code}
    if isinstance(value, tuple):
        return [with_dot(code) for code in value]
    if isinstance(value, Fraction):
        return number_says(value)
    if isinstance(value, date):
        return str(value)
    return "absent" if value is ABSENT else value


def json_line(determination: Determination) -> str:
    """The record on one line: no letter in it ends a line for anyone, and none is lost in UTF-8."""
    text = json.dumps(record(determination), ensure_ascii=False, separators=(", ", ": "))
    return _NO_LETTERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
