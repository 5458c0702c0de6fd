"""What a practice does with a request it has sent: withdraw it, ask for haste, change its authorization or cancel it.

The plan's intake does the same with what it has entered, and passes a request on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from starlette.responses import Response

from isodose.desk.act import AnyAct, Refusal
from isodose.desk.acts import Expedite, Forward, Plainly
from isodose.desk.authorization_acts import AskChange, Cancel
from isodose.desk.authorization_fold import of_line
from isodose.desk.case import Case
from isodose.desk.line import Line
from isodose.desk.transitions import Do
from isodose.store.errors import StaleError
from isodose.store.npi import npi_problem
from isodose.web.practice.draft.day import A_DAY, day_from
from isodose.web.practice.draft.service import MOST_SESSIONS
from isodose.web.practice.happened import told_since
from isodose.web.practice.request import Problems, request_page
from isodose.web.visit import Visit

Made = AnyAct | Problems
"""What was meant, or what is wrong with how it was said."""


def withdraw(visit: Visit) -> Response:
    return _done(visit, lambda _: Plainly(Do.WITHDRAW, visit.form.text("why")))


def expedite(visit: Visit) -> Response:
    """An ask that comes after the request: a physician's statement, or the member's own."""
    words, physician = visit.form.text("words"), visit.form.text("physician")
    return _done(visit, lambda _: Expedite(visit.now, words, physician))


def forward(visit: Visit) -> Response:
    """The plan's intake has passed the request on to who decides for its member."""
    to, how = visit.form.text("to"), visit.form.text("how")
    return _done(visit, lambda _: Forward(to, how))


def ask_change(visit: Visit) -> Response:
    """Other dates, more sessions, another who bills: an amendment, never a fresh review."""
    return _done(visit, lambda case: _change(visit, case))


def cancel(visit: Visit) -> Response:
    return _done(visit, lambda _: _cancel(visit))


def _done(visit: Visit, make: Callable[[Case], Made]) -> Response:
    """Do it if nothing came since the page was shown; else say what came, and keep what was typed."""
    case = visit.case("request")
    if case.came_since(_seen(visit)):
        return _stale(visit, case)
    made = make(case)
    if isinstance(made, list):
        return request_page(visit, case, made)
    try:
        after = visit.services.office.act(case, made, visit.by, visit.now)
    except StaleError:
        return _stale(visit, visit.case("request"))
    if isinstance(after, Refusal):
        return request_page(visit, case, [("", f"{reason[:1].upper()}{reason[1:]}") for reason in after.reasons])
    return visit.go(f"/request/{case.tracking}")


def _stale(visit: Visit, case: Case) -> Response:
    came = "; ".join(told_since(case, _seen(visit))) or "something that is the plan's own"
    return request_page(visit, case, [("", f"Meanwhile: {came}. Nothing was done yet; what you typed stands below.")])


def _seen(visit: Visit) -> int:
    """The last event that the page showed from which the form was sent."""
    seen = visit.form.text("seen")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0  # noqa: PLR2004 (no case is longer)


def _line(visit: Visit) -> int:
    number = visit.form.text("line")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 3 else 0  # noqa: PLR2004 (99 lines)


def _cancel(visit: Visit) -> Made:
    last, problems = _day(visit, "last", "its last day")
    return Cancel(_line(visit), last, visit.form.text("why")) if last else problems


def _change(visit: Visit, case: Case) -> Made:
    found = of_line(case.request.authorizations, _line(visit))
    if found is None:
        return [("", "This line has no authorization that could be changed.")]
    start, problems = _day(visit, "start", "the first day")
    end, units = day_from(visit.form.text("end")), _sessions(visit)
    provider = visit.form.text("provider")
    problems += [("end", A_DAY)] if visit.form.text("end") and end is None else []
    problems += [("sessions", f"Sessions are a whole number from 1 to {MOST_SESSIONS}")] if units == 0 else []
    problems += [("provider", wrong)] if provider and (wrong := npi_problem(provider)) else []
    problems += [("end", "The last day cannot be before the first")] if start and end and end < start else []
    if problems or start is None:
        return problems
    return AskChange(found.line.number, _wanted(found.line, start, end, units, provider), visit.form.text("why"))


def _wanted(line: Line, start: date, end: date | None, units: int | None, provider: str) -> Line:
    return replace(line, start=start, end=end, units=units, provider=provider)


def _sessions(visit: Visit) -> int | None:
    """None where it is left open, 0 for what is no number of sessions."""
    text = visit.form.text("sessions")
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0  # noqa: PLR2004
    return number if number <= MOST_SESSIONS else 0


def _day(visit: Visit, name: str, what: str) -> tuple[date | None, Problems]:
    day = day_from(visit.form.text(name))
    if day:
        return day, []
    return None, [(name, A_DAY if visit.form.text(name) else f"Say {what}")]
