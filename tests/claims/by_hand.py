"""Claims checked once more, by hand: plain Python, line after line, for the IMRT guideline alone, sharing nothing with what it tests.

What is unknown is tried out: each null takes values that between them lead everywhere a value could, and if the line is payable with
one and not with another, information is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby, product
from typing import Any, NamedTuple

Line = dict[str, Any]
Authorization = dict[str, Any]

FOUR = {"77385", "77386", "G6015", "G6016"}
LATER = {"77407", "77412"}
PLANNING, GUIDANCE = {"77301", "77338"}, {"77387", "G6017"}
NAMED = FOUR | LATER | PLANNING | GUIDANCE
ENDED = FOUR | {"G6017"}
NEW_YEAR, REQUIREMENT, RELEASE = date(2026, 1, 1), date(2025, 1, 1), date(2025, 10, 1)
EDITIONS = [
    ("2025-01-01@2024-09-19", REQUIREMENT, date(2024, 9, 19), set[str]()),
    ("2025-01-01@2025-01-15", REQUIREMENT, date(2025, 1, 15), GUIDANCE),
    ("2025-01-01@2025-02-05", REQUIREMENT, date(2025, 2, 5), GUIDANCE | PLANNING),
    ("2025-10-01", RELEASE, date(2025, 8, 20), GUIDANCE | PLANNING),
]
ORDER = [
    *("invalid", "not-applicable", "not-required", "covered-without-review", "continuity", "authorized"),
    *("undetermined", "pending", "units-exceeded", "other-provider", "outside-dates", "other-code", "ended"),
    *("denied", "no-authorization"),
]
NOBODY, MANY = "nobody", 10**9


class Answer(NamedTuple):
    reason: str
    matched: str | None = None
    payable_units: int | None = None

    @property
    def payable(self) -> bool | None:
        return None if self.reason in ("pending", "needs-information") else 0 < ORDER.index(self.reason) < 7


def check(
    lines: Iterable[Line], authorizations: Iterable[Authorization], known_on: date | None = None
) -> Iterator[tuple[Line, Answer, str | None]]:
    """Each line with its answer and edition, in the order in which units are drawn."""
    by_member: dict[str, list[Authorization]] = {}
    for one in authorizations:
        by_member.setdefault(one["member_id"], []).append(one)
    ordered = sorted(
        lines,
        key=lambda line: (line["member_id"] or "", line["date_of_service"] or date.max, line["claim_id"], line["line"]),
    )
    for member, of_member in groupby(ordered, key=lambda line: line["member_id"]):
        theirs = by_member.get(member or "", [])
        left = {one["authorization_number"]: MANY * 9 if one["units"] is None else one["units"] for one in theirs}
        for line in of_member:
            yield line, *_answer(line, theirs, left, known_on)


def _answer(
    line: Line, theirs: list[Authorization], left: dict[str, int], known_on: date | None
) -> tuple[Answer, str | None]:
    if _is_wrong(line):
        return Answer("invalid", None, 0), None
    day = line["date_of_service"]
    if line["procedure_code"] not in NAMED and day is None:
        return Answer("not-applicable", None, line["units"]), None
    fitting = _in_order(line, [one for one in theirs if not _misfits(line, one, line["provider_npi"] or NOBODY)])
    course = (fitting[0]["from_date"] if fitting else None) or day
    edition = _edition(course, known_on)
    name = edition[0] if edition else None
    tried = [_complete(one, theirs, left, course, edition) for one in _completions(line, theirs, left, course)]
    payables = {answer.payable for answer in tried} | (
        {True} if line["member_id"] is None and not _early(tried) else set()
    )
    if len(payables) > 1:
        return Answer("needs-information"), name
    if payables == {True}:
        answer = max(reversed(tried), key=lambda one: ORDER.index(one.reason))
        if answer.reason == "authorized" and line["units"] is not None and "26" not in (line["modifiers"] or ()):
            left[answer.matched or ""] -= line["units"]
        return answer._replace(payable_units=line["units"]), name
    if payables == {None}:
        return tried[0]._replace(payable_units=None), name
    units = line["units"] or 1
    return _refused(line | {"units": units}, theirs, left), name


def _early(tried: list[Answer]) -> bool:
    """Whether whatever the member, it is payable before an authorization is looked for."""
    return all(ORDER.index(one.reason) < 5 for one in tried)


def _is_wrong(line: Line) -> bool:
    code, day, birth = line["procedure_code"], line["date_of_service"], line["member_birth_date"]
    if code is None:
        return True
    if code not in NAMED:
        return False
    if day is None or (code in ENDED and day >= NEW_YEAR):
        return True
    if birth and (birth > day or _age(birth, day) > 120):
        return True
    diagnoses = line["diagnosis_codes"] or []
    if "C61." in diagnoses or ("C18" in diagnoses and day >= RELEASE):
        return True
    return line["technique"] == "3d-conformal" and code in FOUR | PLANNING


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _edition(course: date, known_on: date | None) -> tuple[str, date, date, set[str]] | None:
    ruling = [one for one in EDITIONS if one[1] <= course and (known_on is None or one[2] <= known_on)]
    return max(ruling, key=lambda one: one[1:3], default=None)


def _completions(line: Line, theirs: list[Authorization], left: dict[str, int], course: date) -> Iterator[Line]:
    """The line with each null tried out; the least favourable values come last."""
    day, begun, since = line["date_of_service"], line["course_begun"], line["member_since"]
    npis = {npi for one in theirs for npi in one["provider_npis"] or ()}
    begun_tried = [date(2024, 12, 1), day] if begun is None else [begun]
    since_tried = (
        [day, *([begun + timedelta(1)] if begun and begun < day else []), date(2000, 1, 1)]
        if since is None
        else [since]
    )
    offered: dict[str, list[Any]] = {
        "product": ["ma-hmo"] if line["product"] else ["commercial", "ma-hmo"],
        "technique": ["3d-conformal", "imrt"] if line["procedure_code"] in LATER else ["imrt"],
        "member_birth_date": [date(course.year - 10, 1, 1), date(course.year - 50, 1, 1)],
        "provider_npi": [*sorted(npis), NOBODY],
        "units": [1, *sorted({units for units in left.values() if 0 < units < MANY}), MANY],
    }
    tried: list[list[Any]] = [offered[name] if line[name] is None else [line[name]] for name in offered]
    for values in product(*tried):
        for begins in begun_tried:
            for joined in since_tried:
                yield line | dict(zip(offered, values, strict=True)) | {"course_begun": begins, "member_since": joined}


def _complete(  # noqa: PLR0911 (a line for each reason)
    line: Line,
    theirs: list[Authorization],
    left: dict[str, int],
    course: date,
    edition: tuple[str, date, date, set[str]] | None,
) -> Answer:
    """The answer where nothing is unknown."""
    code, day = line["procedure_code"], line["date_of_service"]
    undetermined = code in LATER and day >= NEW_YEAR
    is_imrt = line["technique"] in ("imrt", "vmat")
    scope = code in NAMED - LATER or (undetermined and is_imrt)
    if edition is None or line["product"].strip().lower() not in ("ma-hmo", "ma-ppo") or not scope:
        return Answer("not-applicable")
    if code in edition[3]:
        return Answer("not-required")
    if edition[0] == "2025-10-01" and _age(line["member_birth_date"], course) < 18:
        return Answer("covered-without-review")
    begun, since = line["course_begun"], line["member_since"]
    if begun < REQUIREMENT or (begun < since <= day and day - since < timedelta(90)):
        return Answer("continuity")
    need = 0 if "26" in (line["modifiers"] or ()) else line["units"]
    for one in _in_order(line, theirs):
        if not _misfits(line, one, line["provider_npi"]) and left[one["authorization_number"]] >= need:
            return Answer("authorized", one["authorization_number"])
    if undetermined:
        return Answer("undetermined")
    asked = sorted(
        one["authorization_number"] for one in theirs if one["status"] == "pending" and _same(code, day, one)
    )
    return Answer("pending", asked[0]) if asked else _refused(line, theirs, left)


def _refused(line: Line, theirs: list[Authorization], left: dict[str, int]) -> Answer:
    """Why a line is refused. A provider that nobody knows is held against no authorization."""
    code, day, npi = line["procedure_code"], line["date_of_service"], line["provider_npi"]
    approved = [one for one in _in_order(line, theirs) if one["status"] == "approved"]
    fitting = sorted(
        (one for one in approved if not _misfits(line, one, npi)),
        key=lambda one: npi is None and one["provider_npis"] is not None,
    )
    if fitting:
        most = max(fitting, key=lambda one: left[one["authorization_number"]])
        return Answer("units-exceeded", most["authorization_number"], left[most["authorization_number"]])
    if approved:
        near = min(approved, key=lambda one: (*_closeness(_misfits(line, one, npi)), one["authorization_number"]))
        return Answer(_misfits(line, near, npi)[0], near["authorization_number"], 0)
    denied = [one for one in theirs if one["status"] == "denied" and _same(code, day, one)]
    if denied:
        last = min(denied, key=lambda one: (-one["decided"].toordinal(), one["authorization_number"]))
        return Answer("denied", last["authorization_number"], 0)
    return Answer("no-authorization", None, 0)


def _closeness(misfits: list[str]) -> tuple[int, list[int]]:
    return len(misfits), [ORDER.index(one) for one in misfits]


def _in_order(line: Line, authorizations: list[Authorization]) -> list[Authorization]:
    """The one that is claimed, then the one that ends first, then by number."""
    claimed = line["authorization_number"]
    return sorted(
        authorizations,
        key=lambda one: (
            one["authorization_number"] != claimed,
            one["to_date"] or date.max,
            one["authorization_number"],
        ),
    )


def _misfits(line: Line, one: Authorization, npi: str | None) -> list[str]:
    """All in which an authorization does not fit, in their order; an npi of None fits any."""
    if one["status"] != "approved":
        return ["no-authorization"]
    day = line["date_of_service"]
    return [
        *(["other-provider"] if one["provider_npis"] and npi and npi not in one["provider_npis"] else []),
        *(["outside-dates"] if not one["from_date"] <= day <= (one["to_date"] or date.max) else []),
        *(["other-code"] if not _same(line["procedure_code"], day, one) else []),
        *(["ended"] if one["ended_on"] and one["ended_on"] < day else []),
    ]


def _same(code: str, day: date, one: Authorization) -> bool:
    """Whether the authorization names the code or one that describes the same service on the day."""
    asked = set(one["procedure_codes"])
    if code in asked:
        return True
    allowed = FOUR if day < NEW_YEAR else LATER
    return code in allowed and bool(asked & (FOUR | LATER))
