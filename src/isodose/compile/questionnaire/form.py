"""An edition as a FHIR R4 Questionnaire by the profiles of SDC: its questions, shown as long as their answers can matter.

The conditions of questions are SDC's ``enableWhenExpression`` in FHIRPath, all of them. R4's own ``enableWhen`` compares a code as it was typed, knows
no age and no list of codes, and cannot join what must hold with what may; an item may not have both. A form that knows
no SDC shows every question, which loses nothing.

https://hl7.org/fhir/uv/sdc/behavior.html#enableWhen
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from isodose.compile.conditions.asked import interview
from isodose.compile.conditions.told import SERVICE
from isodose.compile.questionnaire.fhirpath import Conditions
from isodose.compile.questionnaire.item import Json
from isodose.compile.questionnaire.items import items_of, variable
from isodose.compile.rows.flat_case import reigns
from isodose.determination.validity import NEEDED
from isodose.guideline.edition import Edition
from isodose.guideline.facts import Fact
from isodose.guideline.guideline import Guideline

PROFILE = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-behave"

_VERSIONS = {
    "url": "http://hl7.org/fhir/StructureDefinition/artifact-versionAlgorithm",
    "valueCoding": {"system": "http://hl7.org/fhir/version-algorithm", "code": "natural"},
}
"""How versions are compared: dates, as text."""


def questionnaire(guideline: Guideline, edition: Edition, base: str = "") -> Json:
    """The Questionnaire of an edition.

    ``base`` is the address under which the plan publishes its FHIR resources; without one the Questionnaire has a name that is
    the same each time and leads nowhere. linkIds are the columns of a flat case.
    """
    asked = interview(guideline, edition)
    conditions = Conditions(guideline, asked)
    items = [
        item
        for question in asked.questions
        for item in items_of(
            _with_days(question.fact, *_ruled(guideline, edition)) if question.fact.name == SERVICE else question.fact,
            canonical(base, "CodeSystem", f"{guideline.id}-{question.fact.column}"),
            conditions.by_column.get(question.fact.column),
            is_needed=question.fact.name in NEEDED,
        )
    ]
    return {
        "resourceType": "Questionnaire",
        "id": _id(guideline, edition),
        "meta": {"profile": [PROFILE]},
        "extension": [_VERSIONS, *(variable(*one) for one in conditions.variables.items())],
        **_about(guideline, edition, base),
        "item": items,
    }


def questionnaire_text(guideline: Guideline, edition: Edition, base: str = "") -> str:
    """The Questionnaire as JSON."""
    return json.dumps(questionnaire(guideline, edition, base), indent=2, ensure_ascii=False) + "\n"


def canonical(base: str, kind: str, name: str) -> str:
    """The canonical address of a resource: below the plan's own, or a UUID made of its name."""
    return f"{base.rstrip('/')}/{kind}/{name}" if base else f"urn:uuid:{uuid5(NAMESPACE_URL, f'isodose/{kind}/{name}')}"


def _about(guideline: Guideline, edition: Edition, base: str) -> Json:
    """What the Questionnaire says of itself."""
    first, last = _ruled(guideline, edition)
    is_in_use = edition in [one for _, one in reigns(guideline)]
    return {
        "url": canonical(base, "Questionnaire", guideline.id),
        "version": edition.id,
        "name": "".join(part[:1].upper() + part[1:] for part in re.split(r"\W+", guideline.id)),
        "title": edition.title,
        "status": "active" if is_in_use else "retired",
        "subjectType": ["Patient"],
        "date": str(edition.decided),
        "publisher": edition.plan,
        "description": (
            f"What {edition.plan} asks before it decides a request under its medical necessity guideline "
            f"“{edition.title}”, edition {edition.id}. Leave blank what is not known."
        ),
        "effectivePeriod": {"start": first, **({"end": last} if last else {})},
    }


def _with_days(fact: Fact, first: str, last: str | None) -> Fact:
    """The date of service with the days that the edition rules among its help.

    LHC-Forms takes each date to be below a ``minValue``, so these days are words.
    """
    days = f"from {first} on" if last is None else f"from {first} to {last}"
    return replace(fact, help=f"{fact.help} This form is for services {days}.".strip())


def _ruled(guideline: Guideline, edition: Edition) -> tuple[str, str | None]:
    """The first and the last date of service that an edition rules, or ruled until another took its place."""
    later = [one.effective for one in guideline.editions if one.effective > edition.effective]
    last: date | None = min(later) - timedelta(1) if later else None
    return str(edition.effective), str(last) if last else None


def _id(guideline: Guideline, edition: Edition) -> str:
    """An id as FHIR takes it: letters, digits, dots and hyphens."""
    return re.sub(r"[^A-Za-z0-9.-]", ".", f"{guideline.id}-{edition.id}")[:64]
