"""The record after years: what a visit costs with 10,000 open and 1,000,000 closed requests on SQLite, and what a submission does.

Usage: ``python -m benchmarks.record FILE [CLOSED [VISITS]]``. The record is made in FILE, with so many closed requests, unless
FILE is there; a million takes 24 GB. Each page is visited so often.
"""

from __future__ import annotations

import gc
import sqlite3
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from random import Random

from benchmarks.big_record import Size, make, member, member_id, tracking
from benchmarks.measure import Cost, cost, spreads
from benchmarks.submissions import submissions
from benchmarks.visitor import Visitor, services_over, visitor
from isodose.store.record import Record, open_record
from isodose.web.services import Services

VISITS = 200

Visits = Mapping[str, Callable[[Random], object]]


def report(where: Path, size: Size, number: int = VISITS) -> str:
    """The tables in Markdown."""
    record = open_record(str(where))
    services = services_over(record)
    pages = {**_reviewers(services, size), **_practices(services)}
    for visit in pages.values():  # what is made once is made, and needs no collecting any more
        visit(Random(0))  # noqa: S311 (no secret)
    gc.collect()
    gc.freeze()
    random = Random(1)  # noqa: S311 (no secret)
    visits = {name: [_cost(visit, random) for _ in range(number)] for name, visit in pages.items()}
    submitted = submissions(where, record, number)
    told = [_told(record, size), spreads(visits), spreads(submitted), _ratio(submitted)]
    record.close()
    return "\n".join(told)


def _cost(visit: Callable[[Random], object], random: Random) -> Cost:
    return cost(lambda: visit(random))


def _reviewers(services: Services, size: Size) -> Visits:
    """What a nurse does; each visit to another case, or looking for another."""
    nurse = visitor(services, "noor")

    def case(random: Random) -> None:
        nurse.get(f"/case/{tracking(random.randrange(size.open))}")

    return {
        "worklist": lambda _: nurse.get("/worklist"),
        "worklist, second looks": lambda _: nurse.get("/worklist?tab=second-look"),
        "case page": case,
        "find, by number": lambda random: _find(nurse, tracking(random.randrange(size.open + size.closed))),
        "find, by member": lambda random: _find(nurse, member_id(random.randrange(size.members))),
        "find, by name": lambda random: _find(nurse, str(member(random.randrange(size.members)).name)),
        "find, by code": lambda random: _find(nurse, random.choice(("C34.32", "C79.31", "77385", "Z99.9"))),
    }


def _find(nurse: Visitor, words: str) -> None:
    nurse.post("/worklist/find", {"find": words})


def _practices(services: Services) -> Visits:
    """A click in the form of a new request: what was typed is saved, and the live outcome comes back."""
    practice = visitor(services, "kim")
    one = member(7)
    began = practice.post("/requests/new", {"member_id": one.member_id, "birth_date": str(one.birth_date)}, 303)
    draft = began.headers["location"]

    def click(random: Random) -> None:
        answers = {
            "fact-treatment_intent": random.choice(("curative", "palliative")),
            "fact-dose_escalation_concern": random.choice(("yes", "no", "")),
            "fact-previously_irradiated": random.choice(("yes", "no", "")),
            "fact-concurrent_proton_therapy": random.choice(("yes", "no", "")),
        }
        practice.post(draft, {**_TYPED, **answers})

    return {"live outcome": click}


_TYPED = {
    "do": "live",
    "page_id": "one",
    "line": "1",
    "code-1": "77407",
    "start-1": "2026-12-07",
    "sessions-1": "28",
    "fact-technique-1": "imrt",
    "diagnosis": "C61",
    "ordering_name": "Dr. Lena Park",
    "ordering_npi": "1447258390",
    "billing_npi": "1234567893",
}


def _told(record: Record, size: Size) -> str:
    return (
        f"{size.open:,} open and {size.closed:,} closed requests, {size.members:,} members, {record.database.name}:\n"
    )


def _ratio(costs: Mapping[str, list[Cost]]) -> str:
    bare, whole = (sum(one.cpu for one in some) for some in costs.values())
    bare_wall, whole_wall = (sum(one.wall for one in some) for some in costs.values())
    return (
        f"Submissions a second, to those of the same statements: {bare / whole:.2f} by the processor, "
        f"{bare_wall / whole_wall:.2f} by the clock.\n"
    )


def size_of(where: Path) -> Size:
    """Of a record that is there."""
    with closing(sqlite3.connect(where)) as raw:
        [every] = raw.execute("SELECT count(*) FROM head").fetchone()
        [members] = raw.execute("SELECT entries FROM roster WHERE kind = 'members'").fetchone()
    return Size(closed=every - Size().open, members=members)


def main() -> None:
    options = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    options.add_argument("file", type=Path)
    options.add_argument("closed", type=int, nargs="?", default=Size().closed)
    options.add_argument("visits", type=int, nargs="?", default=VISITS)
    given = options.parse_args()
    if not given.file.exists():
        make(given.file, Size(closed=given.closed))
    print(report(given.file, size_of(given.file), given.visits))


if __name__ == "__main__":
    main()
