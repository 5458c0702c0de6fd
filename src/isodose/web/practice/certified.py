"""What an authorization certifies, as a practice and its biller need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from isodose.desk.authorization import Authorization
from isodose.desk.case import Case
from isodose.desk.line import Line
from isodose.desk.number import authorization_number, plain, serial_of
from isodose.desk.same_service import CodeOnDates, same_service
from isodose.guideline.guideline import Guideline
from isodose.guideline.tree import Period
from isodose.store.event import Json


@dataclass(frozen=True, slots=True)
class Certified:
    """``on_claim`` is the number as it goes on a claim form; ``codes`` those that may be billed, each with its days."""

    number: str
    on_claim: str
    line: Line
    codes: tuple[CodeOnDates, ...]
    state: str
    ended: date | None
    wanted: Line | None

    @property
    def stands(self) -> bool:
        return self.ended is None

    def as_data(self) -> dict[str, Json]:
        return {
            "number": self.number,
            "line": self.line.number,
            "codes": sorted(self.line.codes),
            "from": str(self.line.start),
            "to": str(self.ended or self.line.end or "") or None,
            "sessions": self.line.units,
            "provider": self.line.provider or None,
            "state": self.state,
        }


def certified(case: Case, guideline: Guideline) -> tuple[Certified, ...]:
    """The authorizations of a request, in the order of its lines."""
    return tuple(_certified(case, one, guideline) for one in case.request.authorizations)


def _meets(days: Period, line: Line) -> bool:
    """Whether a code may be billed on some day of the course."""
    return (days.until is None or line.start <= days.until) and (
        days.since is None or line.end is None or days.since <= line.end
    )


def _certified(case: Case, one: Authorization, guideline: Guideline) -> Certified:
    number = authorization_number(serial_of(case.tracking), one.line.number)
    asked = next((line.codes for line in case.request.lines if line.number == one.line.number), one.line.codes)
    days = {found.code: found for code in asked for found in same_service(code, guideline.codes)}
    codes = tuple(
        found for code, found in sorted(days.items()) if code in one.line.codes and _meets(found.days, one.line)
    )
    return Certified(number, plain(number), one.line, codes, one.state.value, one.ended, one.wanted)
