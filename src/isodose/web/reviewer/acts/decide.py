"""Deciding: approve, find that nothing is required, and what only a physician does: approve less, deny."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from isodose.desk.act import AnyAct
from isodose.desk.acts import Decide
from isodose.desk.automatic import FAVOURABLE, LEADS_TO
from isodose.desk.decision import Approved, Denied, NotRequired, PartlyApproved
from isodose.desk.line import Line, Lines
from isodose.desk.same_service import with_same_service
from isodose.desk.transitions import Do
from isodose.web.reviewer.acts.panel import Field, FieldKind, Fields, Panel
from isodose.web.reviewer.acts.sign import rests_on, rests_on_fields, signed, texts
from isodose.web.reviewer.acts.typed import day, needed, text, whole
from isodose.web.reviewer.desk.desk import Desk

REASON = "reason"
_TELL = "The member reads this: say what is missing or does not fit in this case, and why, in plain words."


def granted_in_full(desk: Desk) -> tuple[Lines, frozenset[int]]:
    """What an approval grants, every line with all codes of its service; and the lines that need no authorization."""
    answers = desk.determinations
    outcomes = dict(zip((line.number for line in desk.request.lines), answers, strict=False))
    needless = {number for number, one in outcomes.items() if LEADS_TO[one.outcome] is Do.FIND_NOT_REQUIRED}
    if len(needless) == len(desk.request.lines):
        needless = set()
    codes = desk.visit.services.guideline.codes
    lines = tuple(with_same_service(line, codes) for line in desk.request.lines if line.number not in needless)
    return lines, frozenset(needless)


def _approve_fields(desk: Desk) -> Fields:
    favourable = [one for one in desk.determinations if LEADS_TO[one.outcome] in FAVOURABLE]
    basis = sorted({clause for one in favourable for clause in one.basis})
    reason = f"Met: {' and '.join(basis)}." if basis else ""
    return (Field(REASON, "Why", help="It stays on record, and the practice reads it.", value=reason),)


def _approve(desk: Desk) -> AnyAct:
    granted, needless = granted_in_full(desk)
    reason = needed(desk, REASON, "Say why: who approves gives a reason")
    return Decide(Approved(desk.request.lines, granted, reason, needless))


def _not_required_fields(_: Desk) -> Fields:
    return (Field(REASON, "Why no authorization is needed", help="The practice reads it."),)


def _not_required(desk: Desk) -> AnyAct:
    return Decide(NotRequired(text(desk, REASON)))


def line_fields(line: Line, codes: frozenset[str]) -> Fields:
    """The fields of what is granted of one line, each named after the line's number; ``codes`` are those to choose from."""
    number = line.number
    return (
        Field(
            f"codes-{number}",
            f"Line {number}: codes",
            FieldKind.TICKS,
            help="Without a code the line is not granted.",
            options=tuple((code, code) for code in sorted(codes)),
            value=tuple(sorted(line.codes)),
        ),
        Field(
            f"units-{number}",
            "Sessions",
            FieldKind.WHOLE,
            "Empty: as many as the course needs.",
            value=str(line.units or ""),
        ),
        Field(f"start-{number}", "From", FieldKind.DAY, value=str(line.start)),
        Field(f"end-{number}", "To", FieldKind.DAY, "Empty: to the end of the course.", value=str(line.end or "")),
    )


def typed_line(desk: Desk, line: Line) -> Line | None:
    """A line as the fields say it; None if it is not granted."""
    number = line.number
    chosen = frozenset(desk.visit.form.texts(f"codes-{number}"))
    if not chosen:
        return None
    start = day(desk, f"start-{number}") or line.start
    units, end = whole(desk, f"units-{number}"), day(desk, f"end-{number}")
    return replace(line, codes=chosen, start=start, end=end, units=units)


def _partly_fields(desk: Desk) -> Fields:
    return (*_partly_lines(desk), *rests_on_fields(desk), Field(REASON, "Your reason", help=_TELL))


def _partly_lines(desk: Desk) -> Iterator[Field]:
    for line in desk.request.lines:
        whole_service = with_same_service(line, desk.visit.services.guideline.codes)
        yield from line_fields(whole_service, whole_service.codes)


def _partly(desk: Desk) -> AnyAct:
    signature = signed(desk, REASON)
    lines = tuple(filter(None, (typed_line(desk, line) for line in desk.request.lines)))
    decision = PartlyApproved(desk.request.lines, lines, signature)
    return Decide(decision, desk.qualification, desk.opened, texts(desk), rests_on(desk))


def _deny_fields(desk: Desk) -> Fields:
    return (
        *rests_on_fields(desk),
        Field(REASON, "Your reason", help=_TELL),
    )


def _deny(desk: Desk) -> AnyAct:
    decision = Denied(desk.request.lines, signed(desk, REASON))
    return Decide(decision, desk.qualification, desk.opened, texts(desk), rests_on(desk))


PANELS = (
    Panel(
        "approve",
        Do.APPROVE,
        "Approve",
        "Approve",
        "Approved. The clock ends with the notice to the member.",
        "Everything that was asked for is certified, with all codes that describe the same service.",
        _approve_fields,
        _approve,
    ),
    Panel(
        "not-required",
        Do.FIND_NOT_REQUIRED,
        "No authorization is required",
        "Answer so",
        "Answered: no authorization is required.",
        "The practice is told that it needs no authorization for this.",
        _not_required_fields,
        _not_required,
    ),
    Panel(
        "approve-partly",
        Do.APPROVE_PARTLY,
        "Approve less",
        "Approve this much",
        "Partly approved. The clock ends with the notice to the member.",
        "Less than was asked is an adverse decision: it is yours, signed with your license, and the member may appeal.",
        _partly_fields,
        _partly,
    ),
    Panel(
        "deny",
        Do.DENY,
        "Deny",
        "Deny",
        "Denied. The clock ends with the notice to the member.",
        "A denial is yours, signed with your license, and the member may appeal.",
        _deny_fields,
        _deny,
    ),
)
