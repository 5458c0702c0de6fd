"""Which codes stand for the same service, as bits: a code of a line and those of an authorization meet in one of them.

What is the same service on which days is said by ``desk/same_service.py`` (reading A17). An authorization certifies the service,
not a level of it: one that names a successor holds for the other successors too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from isodose.compile.duckdb.sql import text
from isodose.desk.same_service import CodeOnDates, same_service
from isodose.guideline.check.codes import listed_parts
from isodose.guideline.guideline import Guideline
from isodose.guideline.tree import Period

Service = tuple[CodeOnDates, ...]


def named_codes(guideline: Guideline) -> tuple[str, ...]:
    """The codes that some edition names, sorted."""
    return tuple(sorted({code for one in guideline.editions for part in listed_parts(one) for code in part.codes}))


def services(guideline: Guideline) -> tuple[Service, ...]:
    """Every service that a code named by some edition stands for: the codes that may be billed for it, with their days."""
    named = set(named_codes(guideline))
    found = dict.fromkeys(same_service(code, guideline.codes) for code in sorted(named | guideline.codes.keys()))
    return tuple(service for service in found if any(one.code in named for one in service))


class ServiceBits:
    """Writes the bits as DuckDB has them: one for each service."""

    def __init__(self, guideline: Guideline) -> None:
        self._services = services(guideline)
        self._named = named_codes(guideline)

    def of_authorization(self, codes: str) -> str:
        """The services of a list of codes, on whatever day."""
        cases = (
            f"case when list_has_any({codes}, [{_texts(service)}]) then {self._bit(place)} else {self._none} end"
            for place, service in enumerate(self._services)
        )
        return " | ".join(cases) or self._none

    def of_line(self, code: str, day: str) -> str:
        """The services for which a code may be billed on a day; null for a code that no edition names."""
        cases = " ".join(f"when {text(one)} then {self._on(one, day)}" for one in self._named)
        return f"case {code} {cases} end" if cases else "cast(null as ubigint)"

    def _on(self, code: str, day: str) -> str:
        parts = (
            f"case when {when} then {self._bit(place)} else {self._none} end" for when, place in self._when(code, day)
        )
        return f"({' | '.join(parts)})"

    def _when(self, code: str, day: str) -> Iterator[tuple[str, int]]:
        for place, service in enumerate(self._services):
            for one in service:
                if one.code == code:
                    yield _within(day, one.days), place

    def _bit(self, place: int) -> str:
        return self._written(1 << place)

    @property
    def _none(self) -> str:
        return self._written(0)

    def _written(self, bits: int) -> str:
        """A number while it has enough bits, which is fast; a string of bits for more services."""
        count = len(self._services)
        return f"cast({bits} as ubigint)" if count <= _NUMBER else f"cast({text(f'{bits:0{count}b}')} as bit)"


_NUMBER = 64
"""Bits of a number."""


def _texts(service: Service) -> str:
    return ", ".join(text(one.code) for one in service)


def _within(day: str, period: Period) -> str:
    bounds = [
        *([f"{day} >= {_date(period.since)}"] if period.since else []),
        *([f"{day} <= {_date(period.until)}"] if period.until else []),
    ]
    return " and ".join(bounds) or "true"


def _date(day: date) -> str:
    return f"date '{day}'"
