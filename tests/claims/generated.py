"""Made-up claim lines and authorizations, the same for the same seed: few members with much in common, so that lines compete."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

IMRT = ("77385", "77386", "G6015", "G6016")
LATER = ("77407", "77412")
OTHER = ("77301", "77338", "77387", "G6017", "77402", "99213", "77418")
NPIS = ("1000000001", "1000000002", "1000000003", "1000000004")

Line = dict[str, Any]
Authorization = dict[str, Any]


def authorizations(random: Random, members: int) -> list[Authorization]:
    return [
        _authorization(random, f"M{member}", f"A{member}-{number}")
        for member in range(members)
        for number in range(random.choice((0, 1, 1, 1, 2, 3)))
    ]


def _authorization(random: Random, member: str, number: str) -> Authorization:
    start = date(2025, 8, 1) + timedelta(random.randrange(180))
    end = start + timedelta(random.choice((20, 60, 90, 150)))
    status = random.choices(("approved", "denied", "pending"), (80, 10, 10))[0]
    return {
        "authorization_number": number,
        "member_id": member,
        "procedure_codes": random.sample((*IMRT, *IMRT, *IMRT, *LATER, "77301"), random.choice((1, 1, 2))),
        "from_date": start,
        "to_date": None if random.random() < 0.05 else end,
        "ended_on": start + timedelta(random.randrange(40)) if random.random() < 0.1 else None,
        "units": None if random.random() < 0.15 else random.choice((0, 1, 2, 3, 5, 8)),
        "provider_npis": None
        if random.random() < 0.3
        else sorted({random.choices(NPIS, (70, 20, 5, 5))[0] for _ in range(2)}),
        "status": status,
        "decided": None if status == "pending" else start - timedelta(random.randrange(1, 9)),
    }


def lines(random: Random, count: int, members: int, numbers: list[str]) -> list[Line]:
    of_member: dict[str, list[str]] = {}
    for one in numbers:
        of_member.setdefault(one.partition("-")[0], []).append(one)
    return [_line(random, number, members, of_member, numbers[:3]) for number in range(count)]


def _line(random: Random, number: int, members: int, numbers: dict[str, list[str]], others: list[str]) -> Line:
    def sometimes(percent: float, value: Any, other: Any = None) -> Any:
        return value if random.random() * 100 < percent else other

    day = date(2025, 1, 1) + timedelta(random.randrange(30)) if random.random() < 0.05 else _busy(random)
    member = random.randrange(members)
    codes = (
        (LATER if day.year > 2025 and random.random() < 0.9 else IMRT)
        if random.random() < 0.92
        else (*OTHER, *IMRT, *LATER)
    )
    return {
        "claim_id": f"C{random.randrange(1 + number // 2):06}",
        "line": number,
        "member_id": sometimes(99, f"M{member}"),
        "member_birth_date": sometimes(95, _birth(random, day)),
        "member_since": sometimes(90, day - timedelta(random.choice((1, 30, 89, 90, 400)))),
        "product": sometimes(97, random.choices(("ma-hmo", "MA-PPO", " ma-ppo ", "commercial"), (60, 20, 15, 5))[0]),
        "date_of_service": sometimes(99.5, day),
        "course_begun": sometimes(92, _begun(random, day)),
        "procedure_code": sometimes(99.5, random.choice(codes)),
        "modifiers": sometimes(15, random.choice((["26"], ["59", "26"], ["TC"], []))),
        "units": sometimes(97, random.choice((1, 1, 1, 1, 2, 3, 6))),
        "provider_npi": sometimes(93, random.choices(NPIS, (70, 20, 5, 5))[0]),
        "technique": sometimes(30, random.choices(("imrt", "vmat", "3d-conformal"), (60, 35, 5))[0]),
        "diagnosis_codes": sometimes(
            80, random.choices((["C61"], ["c50.911"], ["C61", "Z51.0"], ["C18"], ["C61."]), (50, 30, 15, 3, 2))[0]
        ),
        "authorization_number": sometimes(40, random.choice(numbers.get(f"A{member}", others)[:3])),
        "note": f"n{number}",
    }


def _busy(random: Random) -> date:
    return date(2025, 8, 20) + timedelta(10 * random.randrange(19))


def _birth(random: Random, day: date) -> date:
    return day - timedelta(random.choices((-5, 3650, 6570, 6580, 9000, 25000, 44700), (1, 2, 4, 4, 30, 50, 1))[0])


def _begun(random: Random, day: date) -> date:
    return random.choice(
        (day, day - timedelta(10), day - timedelta(95), date(2024, 12, 30)) if random.random() < 0.2 else (day,)
    )
