"""What an adverse decision cannot be made without: a physician's own reason and credential.

42 CFR 422.566(d): a physician or other appropriate health care professional with expertise in the field of medicine that fits
the service and knowledge of Medicare coverage criteria, with a current and unrestricted license, reviews before a denial.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LETTERS_OF_A_REASON = 20
"""Fewer tell a member nothing (42 CFR 422.568(e)(2) asks for the specific reasons)."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A license as it stood when the physician acted: its number, the state that gave it, and its last day."""

    license: str
    state: str
    valid_to: date
    expertise: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.license.strip() or not self.state.strip():
            raise ValueError("a credential has the license's number and the state that gave it")
        if not any(field.strip() for field in self.expertise):
            raise ValueError("a credential names at least one field of medicine")


@dataclass(frozen=True, slots=True)
class PhysiciansAct:
    """A physician's signature under what is adverse. There is no adverse decision without one (``decision.py``)."""

    physician: str
    credential: Credential
    reason: str
    on: date

    def __post_init__(self) -> None:
        if not self.physician.strip():
            raise ValueError("an adverse decision names its physician")
        if self.on > self.credential.valid_to:
            raise ValueError(f"the license {self.credential.license} ended on {self.credential.valid_to}")
        if wrong := reason_problem(self.reason):
            raise ValueError(wrong)


def reason_problem(reason: str, clauses: tuple[str, ...] = ()) -> str | None:
    """Why words are no reason of the physician's own, or None; ``clauses`` are texts that it must not merely repeat."""
    said = _plain(reason)
    if len(said) < LETTERS_OF_A_REASON:
        return (
            "say the reason in words that the member can follow: what is missing or does not fit in this case, and why"
        )
    if any(said in _plain(clause) for clause in clauses):
        return "that is the guideline's own text: say how it applies to this member"
    return None


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())
