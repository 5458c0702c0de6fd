"""A service line as letters say it: the member's in plain words, the provider's with what goes on a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from isodose.desk.line import Line, Lines
from isodose.desk.number import authorization_number, plain
from isodose.desk.same_service import Codes, same_service
from isodose.guideline.tree import Period
from isodose.letters.words import in_words


@dataclass(frozen=True, slots=True)
class CodeRow:
    """Codes and the days on which they may be billed, in words."""

    codes: tuple[str, ...]
    days: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """One line in words; ``dates`` in parts that no line breaks. ``number`` and ``on_claim`` are the authorization's, empty where there is none.

    ``provider`` is an NPI, or empty for whoever delivers it.
    """

    line: int
    sessions: str
    dates: tuple[str, ...]
    provider: str
    rows: tuple[CodeRow, ...]
    number: str = ""
    on_claim: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, on whatever days."""
        return tuple(sorted(code for row in self.rows for code in row.codes))


@dataclass(frozen=True, slots=True)
class Compared:
    """What was asked for, or stood before, beside what is granted, or stands now; nothing where ``now`` is None."""

    then: Service
    now: Service | None
    fewer_codes: bool
    other_provider: bool


def asked_services(lines: Lines) -> tuple[Service, ...]:
    """What was asked for, under the codes that were named."""
    return tuple(_service(line, [CodeRow(tuple(sorted(line.codes)))]) for line in lines)


def certified_services(lines: Lines, serial: int, codes: Codes) -> tuple[Service, ...]:
    """What is certified, each line under its number, with the days of each code."""
    return tuple(certified(line, serial, codes) for line in lines)


def certified(line: Line, serial: int, codes: Codes) -> Service:
    number = authorization_number(serial, line.number)
    return _service(line, _code_rows(line, codes), number, plain(number))


def compared(then: Lines, now: Lines, serial: int, codes: Codes) -> tuple[Compared, ...]:
    """Each line of before beside its own of now."""
    by_number = {line.number: line for line in now}
    return tuple(_compared(line, by_number.get(line.number), serial, codes) for line in then)


def _compared(then: Line, now: Line | None, serial: int, codes: Codes) -> Compared:
    [before] = asked_services((then,))
    if now is None:
        return Compared(before, None, fewer_codes=False, other_provider=False)
    other = now.provider not in ("", then.provider)
    return Compared(before, certified(now, serial, codes), bool(then.codes - now.codes), other)


def _service(line: Line, rows: Iterable[CodeRow], number: str = "", on_claim: str = "") -> Service:
    return Service(line.number, _sessions(line.units), _dates(line), line.provider, tuple(rows), number, on_claim)


def _sessions(units: int | None) -> str:
    if units is None:
        return "as many sessions as the treatment needs"
    return f"{units} session{'s' if units > 1 else ''}"


def _dates(line: Line) -> tuple[str, str]:
    if line.end is None:
        return f"{in_words(line.start)},", "until the treatment is over"
    return in_words(line.start), f"to {in_words(line.end)}"


def _code_rows(line: Line, codes: Codes) -> Iterator[CodeRow]:
    """The line's codes that may be billed on some day of the course, those of the same days together, the first days first."""
    together: dict[tuple[date, date], list[str]] = {}
    for code in sorted(line.codes):
        days = _billable(code, line, codes)
        since, until = days.since or date.min, days.until or date.max
        if since <= until:
            together.setdefault((since, until), []).append(code)
    for (since, until), names in sorted(together.items()):
        last = f" to {in_words(until)}" if until < date.max else ""
        yield CodeRow(tuple(names), f"from {in_words(since)}{last}")


def _billable(code: str, line: Line, codes: Codes) -> Period:
    """The days of the course on which a code means its service: a successor begins where the code before it ended."""
    own = [one.days for name in line.codes for one in same_service(name, codes) if one.code == code]
    since = max(filter(None, (line.start, *(days.since for days in own))))
    return Period(since, min(filter(None, (line.end, *(days.until for days in own))), default=None))
