"""Why a claim line is payable, or is not, in the order in which they are tried: the first that holds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Reason(StrEnum):
    """The reason of the answer to one line."""

    INVALID = "invalid"
    NOT_APPLICABLE = "not-applicable"
    NOT_REQUIRED = "not-required"
    COVERED_WITHOUT_REVIEW = "covered-without-review"
    CONTINUITY = "continuity"
    AUTHORIZED = "authorized"
    UNDETERMINED = "undetermined"
    NEEDS_INFORMATION = "needs-information"
    PENDING = "pending"
    UNITS_EXCEEDED = "units-exceeded"
    OTHER_PROVIDER = "other-provider"
    OUTSIDE_DATES = "outside-dates"
    OTHER_CODE = "other-code"
    ENDED = "ended"
    DENIED = "denied"
    NO_AUTHORIZATION = "no-authorization"


BY_EDITION = (Reason.NOT_APPLICABLE, Reason.NOT_REQUIRED, Reason.COVERED_WITHOUT_REVIEW)
"""Said by the edition alone; they are called as its outcomes are."""

PAYABLE = frozenset({
    *BY_EDITION,
    *(Reason.CONTINUITY, Reason.AUTHORIZED, Reason.UNDETERMINED),
})  # fmt: skip
"""As far as the guideline goes."""

OPEN = frozenset({Reason.NEEDS_INFORMATION, Reason.PENDING})
"""Neither payable nor not, until something is known."""

SAID: Mapping[Reason, str] = {
    Reason.INVALID: "returned for correction: something cannot be right",
    Reason.NOT_APPLICABLE: "out of the guideline's scope",
    Reason.NOT_REQUIRED: "no authorization is needed for the code",
    Reason.COVERED_WITHOUT_REVIEW: "covered, and nobody reviews it",
    Reason.CONTINUITY: "the course was under way before",
    Reason.AUTHORIZED: "an authorization fits",
    Reason.UNDETERMINED: "the plan has not said whether the code needs one",
    Reason.NEEDS_INFORMATION: "what is unknown decides",
    Reason.PENDING: "a request is not answered yet",
    Reason.UNITS_EXCEEDED: "too few units are left",
    Reason.OTHER_PROVIDER: "authorized for another provider",
    Reason.OUTSIDE_DATES: "authorized for other dates",
    Reason.OTHER_CODE: "authorized for another service",
    Reason.ENDED: "the authorization had ended",
    Reason.DENIED: "the request was denied",
    Reason.NO_AUTHORIZATION: "nobody asked for authorization",
}
"""Each in a few words."""


def payable(reason: Reason) -> bool | None:
    """Whether a line with this reason is payable; None while that is open."""
    return None if reason in OPEN else reason in PAYABLE
