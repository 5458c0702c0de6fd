"""The units of facts as UCUM writes them, the code system of units in FHIR. A count has none."""

from __future__ import annotations

UCUM = {
    "years": "a",
    "months": "mo",
    "weeks": "wk",
    "days": "d",
    "hours": "h",
    "minutes": "min",
    "Gy": "Gy",
    "cGy": "cGy",
    "kg": "kg",
    "g": "g",
    "mg": "mg",
    "lb": "[lb_av]",
    "m": "m",
    "cm": "cm",
    "mm": "mm",
    "in": "[in_i]",
    "kg/m2": "kg/m2",
    "mmHg": "mm[Hg]",
    "g/dL": "g/dL",
    "mg/dL": "mg/dL",
    "%": "%",
    "points": "{score}",
    "times": "{times}",
    "packs": "{packs}",
    "pack-years": "{packs}.a/d",
    "events/hour": "/h",
}
