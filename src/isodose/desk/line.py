"""A service line as it is asked for or granted, and what makes one less than the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from isodose.store.event import Json


@dataclass(frozen=True, slots=True)
class Line:
    """A service on some dates by one provider.

    ``codes`` are those that may be billed for the service, any of them. ``units`` are planned sessions and ``end`` the last
    day; None is as many, and as long, as the course needs: the guideline sets neither. ``provider`` is an NPI, or empty for
    whoever delivers it.
    """

    number: int
    codes: frozenset[str]
    start: date
    end: date | None = None
    units: int | None = None
    provider: str = ""

    def __post_init__(self) -> None:
        if not self.codes:
            raise ValueError(f"line {self.number} names no code")
        if self.end is not None and self.end < self.start:
            raise ValueError(f"line {self.number} would end on {self.end}, before it starts on {self.start}")
        if self.units is not None and self.units < 1:
            raise ValueError(
                f"line {self.number} has {self.units} sessions; there is at least one, or they are left open"
            )


Lines = tuple[Line, ...]


def less_than_asked(asked: Lines, granted: Lines) -> tuple[str, ...]:
    """All in which the grant is less than what was asked, in words; empty if it is that much or more.

    Any of it makes an approval adverse: a line, units, dates, a code, a provider (design, "What is adverse").
    """
    by_number = {line.number: line for line in granted}
    return tuple(words for line in asked for words in _less(line, by_number.get(line.number)))


def _less(asked: Line, granted: Line | None) -> Iterator[str]:
    name = f"line {asked.number}"
    if granted is None:
        yield f"{name} is not granted"
        return
    if missing := asked.codes - granted.codes:
        yield f"{name}: {', '.join(sorted(missing))} not granted"
    if granted.units is not None and (asked.units is None or granted.units < asked.units):
        yield f"{name}: {granted.units} sessions instead of {asked.units or 'as many as the course needs'}"
    if granted.start > asked.start:
        yield f"{name}: from {granted.start} instead of {asked.start}"
    if granted.end is not None and (asked.end is None or granted.end < asked.end):
        yield f"{name}: until {granted.end} instead of {asked.end or 'the end of the course'}"
    if granted.provider not in ("", asked.provider):
        yield f"{name}: by {granted.provider} instead of {asked.provider or 'any provider'}"


def line_facts(line: Line) -> dict[str, Json]:
    """The line as an event's fact."""
    return {
        "number": line.number,
        "codes": sorted(line.codes),
        "start": str(line.start),
        "end": None if line.end is None else str(line.end),
        "units": line.units,
        "provider": line.provider,
    }


def line_from(facts: Mapping[str, object]) -> Line:
    """The line that ``line_facts`` wrote."""
    end, units, codes, number = facts["end"], facts["units"], facts["codes"], facts["number"]
    assert isinstance(codes, list), "codes are a list"
    assert isinstance(number, int), "a line's number is whole"
    assert units is None or isinstance(units, int), "units are whole"
    return Line(
        number,
        frozenset(map(str, codes)),
        date.fromisoformat(str(facts["start"])),
        None if end is None else date.fromisoformat(str(end)),
        units,
        str(facts["provider"]),
    )
