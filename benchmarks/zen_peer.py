"""The IMRT guideline of 2025-10-01 as a decision of the rules engine ZEN (https://gorules.io), written for speed.

A truth is 1 (met), 0 (not met) or 0.5 (unknown): then ``min`` is "all", ``max`` is "any" and ``1 - x`` is "none", as Kleene
has it. The map of diagnoses is a decision table that is asked once for each code, the facts and criteria are
expressions, the ladder is a decision table again.

Chosen after measuring the ways to write it: a static loader, which compiles once, and in the map one row for each
clause and status rather than one for each code (a third faster with the trace on).

What it cannot hold: the release of ICD-10-CM with its 98,000 codes, so it takes each code for billable.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import zen

from benchmarks.cases import Row

MAP = Path(__file__).parents[1] / "content" / "imrt" / "diagnoses.csv"
SETS = ("neoplasm", "malignant", "distant-metastasis", "cns-metastasis")
"""Few and simple: each is an expression below, not rows of the table."""

BELONGS = {"clear": 1, "ambiguous": 0.5, "aside": 0, "treatment": 0, "unlisted": 0}

Json = dict[str, Any]
Answer = tuple[str, str | None]


def peer(*, trace: bool, every_clause: bool = False, as_first_example: bool = False) -> Callable[[Row], Answer]:
    """The decision, loaded: a case to its outcome and the reason of a review.

    ``every_clause`` has it find the truth of each clause of the diagnosis list too, as Isodose does.
    ``as_first_example`` calls it as the first example of ZEN's documentation does, with ``create_decision``.
    """
    content = _graph(_map_of_diagnoses(), _facts(diagnosis_clauses() if every_clause else []), _ladder())
    options: zen.DecisionEvaluateOptions = {"trace": trace}
    evaluate: Callable[[Json, zen.DecisionEvaluateOptions], zen.EvaluateResponse]
    if as_first_example:
        evaluate = zen.ZenEngine().create_decision(json.dumps(content)).evaluate
    else:
        evaluate = partial(zen.ZenEngine({"loader": {"type": "static", "content": {"imrt": content}}}).evaluate, "imrt")

    def decide(row: Row) -> Answer:
        result = evaluate(row, options)["result"]
        return result["outcome"], result.get("reason")

    return decide


def rows_of_the_map() -> dict[tuple[int, str, str], list[str]]:
    """Starts of codes by their length, clause and status, the longest first: the most specific row wins."""
    starts: dict[tuple[int, str, str], list[str]] = {}
    with MAP.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["in"] not in SETS:
                low, _, high = row["codes"].partition("-")
                last = range(int(low[-1]), int(high[-1]) + 1) if high else [low[-1]]
                codes = [f"{low[:-1]}{digit}" for digit in last]
                starts.setdefault((len(low), row["in"], row["status"]), []).extend(codes)
    return dict(sorted(starts.items(), key=lambda entry: -entry[0][0]))


def diagnosis_clauses() -> list[str]:
    return sorted({clause for _, home, _ in rows_of_the_map() if home for clause in _with_those_above(home)})


def _with_those_above(clause: str) -> list[str]:
    parts = clause.split(".")
    return [".".join(parts[: count + 1]) for count in range(len(parts))]


def _map_of_diagnoses() -> Json:
    rows = [
        {"code": f"code[0:{length - 1}] in {codes}", **_says(home, status)}
        for (length, home, status), codes in rows_of_the_map().items()
    ]
    content = _table(["code"], ["home", "status", "belongs"], [*rows, {"code": "", **_says("", "unlisted")}])
    content["inputs"][0].pop("field")  # its cells are conditions of their own
    loop = {
        "executionMode": "loop",
        "inputField": "map(diagnosis_codes ?? [], {code: #})",
        "outputPath": "found",
        "passThrough": True,
    }
    return {"type": "decisionTableNode", "content": content | loop}


def _says(home: str, status: str) -> Json:
    return {"home": f"'{home}'", "status": f"'{status}'", "belongs": str(BELONGS[status])}


def _facts(clauses: list[str]) -> Json:
    expressions = FACTS | {f"clause_{clause.replace('.', '_')}": _in_clause(clause) for clause in clauses} | RULES
    content = {"expressions": [{"id": key, "key": key, "value": value} for key, value in expressions.items()]}
    return {"type": "expressionNode", "content": {**content, "executionMode": "single", "passThrough": False}}


def _in_clause(clause: str) -> str:
    is_here = f"#.home == '{clause}' or startsWith(#.home, '{clause}.')"
    return f"$.untold ? 0.5 : max(map($.tumors, {is_here} ? #.belongs : 0))"


def _yes(fact: str) -> str:
    return f"({fact} == true ? 1 : {fact} == false ? 0 : 0.5)"


def _is(fact: str, value: str) -> str:
    return f"({fact} == null ? 0.5 : {fact} == '{value}' ? 1 : 0)"


def _days(day: str) -> str:
    """A date as a number whose ten thousands are years: differences of it count whole years."""
    return f"(d({day}).year() * 10000 + d({day}).month() * 100 + d({day}).day())"


FACTS = {
    "age": f"member_birth_date == null ? null : floor(({_days('date_of_service')} - {_days('member_birth_date')}) / 10000)",
    "treated": "some(found, #.status == 'treatment')",
    "tumors": "filter(found, not(#.status in ['aside', 'treatment']) and not(#.status == 'unlisted' and $.treated))",
    "untold": "len($.tumors) == 0",
    "listed": "$.untold ? 0.5 : max(map($.tumors, #.belongs))",
    "neoplasm": (
        "$.untold ? 0.5 : some($.tumors, startsWith(#.code, 'C') or "
        "#.code[0:1] in ['D0', 'D1', 'D2', 'D3', 'D4']) ? 1 : 0.5"
    ),
    "malignant": "$.untold ? 0.5 : some($.tumors, startsWith(#.code, 'C') or startsWith(#.code, 'D0')) ? 0.5 : 0",
    "distant": "$.untold ? 0.5 : some($.tumors, #.code[0:2] in ['C78', 'C79', 'C7B'] or #.code == 'C80.0') ? 0.5 : 0",
    "cns": "$.untold ? 0.5 : some($.tumors, #.code in ['C79.31', 'C79.32', 'C79.40', 'C79.49']) ? 0.5 : 0",
}

RULES = {
    "not_required": "procedure_code in ['77387', 'G6017', '77301', '77338']",
    "ours": "product == null ? 0.5 : product in ['ma-hmo', 'ma-ppo'] ? 1 : 0",
    "code": (
        "procedure_code in ['77385', '77386', 'G6015', 'G6016'] or $.not_required ? 1 : "
        "procedure_code in ['77407', '77412'] and d(date_of_service) >= d('2026-01-01') ? "
        "(technique == null ? 0.5 : technique in ['imrt', 'vmat'] ? 1 : 0) : 0"
    ),
    "scope": "min([$.ours, $.code])",
    "minor": "$.age == null ? 0.5 : $.age < 18 ? 1 : 0",
    "limitation": _yes("concurrent_proton_therapy"),
    "intent": (
        f"max([{_is('treatment_intent', 'curative')}, "
        f"min([{_is('treatment_intent', 'local-control')}, 1 - $.malignant]), $.cns])"
    ),
    "dose": _yes("dose_escalation_concern"),
    "criterion_1": "min([$.intent, $.dose, $.listed, 1 - $.distant])",
    "criterion_2": f"min([{_yes('previously_irradiated')}, $.neoplasm])",
    "criterion_3": f"min([$.age == null ? 0.5 : $.age < 21 ? 1 : 0, {_yes('radiation_required')}, $.neoplasm])",
    "criteria": "max([$.criterion_1, $.criterion_2, $.criterion_3])",
    # Whether an unknown criterion waits for something that the requester can give.
    "asks": (
        "$.criterion_1 == 0.5 and ($.untold or $.dose == 0.5 or $.intent == 0.5 and treatment_intent == null) or "
        "$.criterion_2 == 0.5 and ($.untold or previously_irradiated == null) or "
        "$.criterion_3 == 0.5 and ($.untold or $.age == null or radiation_required == null)"
    ),
}

LADDER: list[tuple[dict[str, str], str, str | None]] = [
    ({"scope": "0"}, "not-applicable", None),
    ({"scope": "0.5"}, "information-needed", None),
    ({"not_required": "true"}, "not-required", None),
    ({"minor": "1"}, "covered-without-review", None),
    ({"minor": "0.5"}, "information-needed", None),
    ({"limitation": "1"}, "clinical-review", "limitation"),
    ({"criteria": "0"}, "clinical-review", "criteria-not-met"),
    ({"limitation": "0.5"}, "information-needed", None),
    ({"criteria": "1"}, "approved", None),
    ({"asks": "true"}, "information-needed", None),
    ({}, "clinical-review", "judgement"),
]


def _ladder() -> Json:
    inputs = ["scope", "not_required", "minor", "limitation", "criteria", "asks"]
    rungs = [
        {**dict.fromkeys(inputs, ""), **when, "outcome": f"'{outcome}'", "reason": f"'{reason}'" if reason else "null"}
        for when, outcome, reason in LADDER
    ]
    content = _table(inputs, ["outcome", "reason"], rungs)
    return {"type": "decisionTableNode", "content": {**content, "executionMode": "single", "passThrough": False}}


def _table(inputs: list[str], outputs: list[str], rows: list[Json]) -> Json:
    return {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in inputs],
        "outputs": [{"id": name, "name": name, "field": name} for name in outputs],
        "rules": [{"_id": f"row {number}", **row} for number, row in enumerate(rows, 1)],
    }


def _graph(diagnoses: Json, facts: Json, ladder: Json) -> Json:
    nodes = {
        "request": {"type": "inputNode"},
        "diagnoses": diagnoses,
        "facts": facts,
        "ladder": ladder,
        "response": {"type": "outputNode"},
    }
    names = list(nodes)
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [{"id": name, "name": name, **node} for name, node in nodes.items()],
        "edges": [
            {"id": f"{source} to {target}", "type": "edge", "sourceId": source, "targetId": target}
            for source, target in pairwise(names)
        ],
    }
