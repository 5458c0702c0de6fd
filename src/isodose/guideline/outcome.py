"""The outcomes of a determination, in their order of precedence; the same for every guideline."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What the engine answers to a case. None of them denies: an adverse decision is a physician's act."""

    INVALID = "invalid"
    NOT_APPLICABLE = "not-applicable"
    NOT_REQUIRED = "not-required"
    COVERED_WITHOUT_REVIEW = "covered-without-review"
    CLINICAL_REVIEW = "clinical-review"
    INFORMATION_NEEDED = "information-needed"
    APPROVED = "approved"


class Reason(StrEnum):
    """Why a case goes to a reviewer."""

    LIMITATION = "limitation"
    CRITERIA_NOT_MET = "criteria-not-met"
    JUDGEMENT = "judgement"


LADDER_OUTCOMES = (
    Outcome.NOT_APPLICABLE,
    Outcome.NOT_REQUIRED,
    Outcome.COVERED_WITHOUT_REVIEW,
    Outcome.CLINICAL_REVIEW,
    Outcome.APPROVED,
)
"""What a rung may lead to. ``invalid`` and ``information-needed`` are found by the engine, never written by a text."""

SENT = (Outcome.CLINICAL_REVIEW, Outcome.INFORMATION_NEEDED, Outcome.APPROVED)
"""Outcomes for which a request goes to the plan."""
