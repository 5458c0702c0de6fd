"""The ladder of an edition's front matter: the order in which the text is applied."""

from __future__ import annotations

import re

from isodose.guideline.edition import Rung
from isodose.guideline.outcome import LADDER_OUTCOMES, Outcome, Reason
from isodose.guideline.phrase import Vocabulary
from isodose.guideline.problem import Problem, did_you_mean, listed
from isodose.guideline.rule import tree_from
from isodose.guideline.tree import Node, Otherwise
from isodose.guideline.units import KIND_OF, unit_named
from isodose.guideline.yaml_source import Fields, Sequence, Value


def ladder_from(value: Value | None, known: Vocabulary, problems: list[Problem]) -> tuple[Rung, ...]:
    """The rungs that can be read, in order; the last must be `otherwise`."""
    if not isinstance(value, Sequence) or not value.items:
        if value is not None:
            problems.append(Problem(value.place, "`ladder` must be a list of rungs"))
        return ()
    rungs = [_rung(item, known, problems) for item in value.items]
    *others, last = zip(value.items, rungs, strict=True)
    misplaced = [item for item, rung in others if rung and isinstance(rung.when, Otherwise)]
    if last[1] and not isinstance(last[1].when, Otherwise) and not misplaced:
        misplaced = [last[0]]
    problems += [Problem(item.place, "the last rung, and no other, is `otherwise: OUTCOME`") for item in misplaced]
    return tuple(rung for rung in rungs if rung)


def _rung(value: Value, known: Vocabulary, problems: list[Problem]) -> Rung | None:
    fields = Fields(value, "a rung", ("when", "otherwise", "outcome", "reason", "grants"), problems)
    if "otherwise" in fields.meant or fields.mapping.repeats:
        return None
    if fields.mapping.get("otherwise") is not None:
        when: Node | None = Otherwise()
        outcome = _outcome(fields, "otherwise")
    else:
        condition = fields.value("when", required=True)
        when = tree_from(condition, known, problems, None) if condition else None
        outcome = _outcome(fields, "outcome")
    reason = _reason(fields, outcome)
    grants = _grants(fields)
    return Rung(when, outcome, reason, grants, fields.place) if when and outcome else None


def _grants(fields: Fields) -> dict[str, str]:
    parts = ("period", "units")
    grants = dict(fields.pairs("grants"))
    for key, granted in grants.items():
        if key.text not in parts:
            near = did_you_mean(key.text, parts)
            fields.wrong(key.place, f"a rung grants `period` and `units`, not `{key.text}`{near}")
        elif not _is_granted(key.text, granted.text):
            right = "a span of time like `12 months`" if key.text == "period" else "a whole number"
            fields.wrong(granted.place, f"`{key.text}` is {right}, not `{granted.text}`")
    return {key.text: value.text for key, value in grants.items()}


def _is_granted(part: str, text: str) -> bool:
    number, _, unit = text.partition(" ")
    is_span = KIND_OF.get(unit_named(unit) or "") in ("calendar time", "time")
    return re.fullmatch(r"[1-9][0-9]*", number, re.ASCII) is not None and (is_span if part == "period" else not unit)


def _outcome(fields: Fields, name: str) -> Outcome | None:
    scalar = fields.scalar(name, required=True)
    if scalar is None or scalar.text in LADDER_OUTCOMES:
        return Outcome(scalar.text) if scalar else None
    near = did_you_mean(scalar.text, LADDER_OUTCOMES)
    fields.wrong(scalar.place, f"a rung leads to {listed(LADDER_OUTCOMES)}, not `{scalar.text}`{near}")
    return None


def _reason(fields: Fields, outcome: Outcome | None) -> Reason | None:
    is_review = outcome is Outcome.CLINICAL_REVIEW
    scalar = fields.scalar("reason", required=is_review)
    if scalar is None:
        return None
    if outcome and not is_review:
        fields.wrong(scalar.place, "only `clinical-review` has a reason")
    elif scalar.text not in tuple(Reason):
        near = did_you_mean(scalar.text, tuple(Reason))
        fields.wrong(scalar.place, f"`reason` is {listed(Reason)}, not `{scalar.text}`{near}")
    else:
        return Reason(scalar.text)
    return None
