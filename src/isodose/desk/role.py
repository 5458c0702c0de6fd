"""Who acts, by the part they play (design, "Who may do what"), and the account that is held to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SYSTEM = "system"
"""The account under which the program itself acts."""


class Role(StrEnum):
    """A part that a person plays. Only a physician decides against the member; four of them do nothing to a request."""

    REQUESTER = "requester"
    INTAKE = "intake"
    NURSE = "nurse"
    PHYSICIAN = "physician"
    AUTHOR = "author"
    CLAIMS = "claims"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"

    @property
    def named(self) -> str:
        """With its article, as in `an analyst`."""
        return _NAMED.get(self, f"{'an' if self[0] in 'ai' else 'a'} {self}")


_NAMED = {Role.SYSTEM: "the system", Role.INTAKE: "intake", Role.CLAIMS: "claims"}


@dataclass(frozen=True, slots=True)
class By:
    """Who does an act: an account in one role, and the practice it belongs to (empty for the plan's own people)."""

    account: str
    role: Role
    practice: str = ""

    def __post_init__(self) -> None:
        if (self.account == SYSTEM) is not (self.role is Role.SYSTEM):
            raise ValueError(f"`{SYSTEM}` is the program's own account and role, and nobody else's")


THE_SYSTEM = By(SYSTEM, Role.SYSTEM)
