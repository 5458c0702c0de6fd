"""The empty forms of a request, made from the guideline's facts: a JSON Schema and a CSV header."""

from __future__ import annotations

import json

from isodose.determination.request import JUDGEMENT, MEMBER
from isodose.determination.validity import NEEDED
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.guideline import Guideline
from isodose.guideline.truth import MET, NOT_MET

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DAY: dict[str, object] = {"type": ["string", "null"], "pattern": r"^\s*(\d{4}-\d{2}-\d{2})?\s*$"}
_TYPES: dict[FactType, dict[str, object]] = {
    FactType.YES_NO: {"type": ["boolean", "null"]},
    FactType.CHOICE: {"type": ["string", "null"]},
    FactType.NUMBER: {"type": ["number", "null"]},
    FactType.DATE: _DAY,
    FactType.CODE: {"type": ["string", "null"]},
    FactType.CODES: {"type": ["array", "string", "null"], "items": {"type": ["string", "null"]}},
}


def csv_template(guideline: Guideline) -> str:
    """The header of a flat case."""
    return ",".join(("request_id", *guideline.columns)) + "\n"


def request_schema(guideline: Guideline) -> str:
    """The JSON Schema of a request; null, blank and left out all mean unknown.

    It describes what can be read. A value that it refuses is answered all the same: that line is `invalid`.
    """
    columns = {column: _column(fact) for column, fact in guideline.columns.items()}
    member = {"member_id": {"type": ["string", "null"]}} | {name: columns[name] for name in MEMBER if name in columns}
    line = {"line": {"type": "integer"}, **columns}
    schema = {
        "$schema": DRAFT,
        "title": f"A request under the guideline {guideline.id}",
        "type": "object",
        "required": ["lines"],
        "properties": {
            "request_id": {"type": ["string", "null"]},
            "member": {"type": "object", "properties": member},
            "lines": {"type": "array", "minItems": 1, "items": {"type": "object", "properties": line}},
            "judgements": {"type": "array", "items": _judgement(guideline)},
            "disputes": {"type": "array", "items": _dispute(guideline)},
        },
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _column(fact: Fact) -> dict[str, object]:
    form = dict(_TYPES[fact.type])
    unit = f" In {fact.unit}." if fact.unit else ""
    form |= {"title": fact.title, "description": f"{fact.question}{unit} {fact.help}".strip()}
    if fact.type is FactType.CHOICE and not fact.open:
        form["enum"] = [*fact.values, None]
    if fact.absent:
        return {"anyOf": [form, {"const": "absent", "description": fact.absent}]}
    return form


def _signed(properties: dict[str, object], required: list[str]) -> dict[str, object]:
    signed = {
        "by": {"type": "string", "minLength": 1},
        "on": {"type": "string", "format": "date"},
        "why": {"type": "string"},
    }
    return {
        "type": "object",
        "required": [*required, *signed],
        "properties": {**properties, **signed, "line": {"type": "integer"}},
        "additionalProperties": False,
    }


def _judgement(guideline: Guideline) -> dict[str, object]:
    targets: dict[str, object] = {
        "clause": {"enum": sorted(guideline.clause_ids)},
        "leaf": {"enum": sorted(guideline.leaf_phrases)},
        "truth": {"enum": [MET.value, NOT_MET.value]},
    }
    return _signed(targets, ["truth"]) | {"oneOf": [{"required": [name]} for name in JUDGEMENT[:2]]}


def _dispute(guideline: Guideline) -> dict[str, object]:
    facts = [name for name in guideline.facts if name not in NEEDED]
    return _signed({"fact": {"enum": facts}}, ["fact"])
