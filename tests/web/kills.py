"""The real server, killed at any moment under requests over HTTP: what was acknowledged is there, and nothing is half there.

`python -m tests.web.kills 1000 [--database postgresql://…]` does it so often, and says what was found.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from httpx2 import TransportError
from tests.web.errands import Book, as_nurse, as_physician, at_practice
from tests.web.serving import Person, Server, Window, populate, serving, signed_in

from isodose.desk.authorization_fold import of_line
from isodose.desk.case import Case
from isodose.desk.head import head_by
from isodose.desk.policy import DeskPolicy
from isodose.desk.state import State
from isodose.store.database import open_database
from isodose.store.find import every_request
from isodose.store.rebuild import differing
from isodose.store.record import open_record
from isodose.store.schema import migrate
from isodose.store.verify import verify

PEOPLE = ("kim", "lee", "noor", "ito")
MOST_DONE = 8
LONGEST = 0.5
"""The server is killed after up to so many forms were acknowledged, and up to so many seconds; at the earliest, at once."""

REPEATED = (303, 404, 409)
"""Answers to a form that is sent again: done now or found, the draft is a request already, the page is older than the act."""


@dataclass
class Found:
    """How often it was killed, and how much was acknowledged, and how much was sent without an answer."""

    kills: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


def kill_and_check(where: str, folder: Path, times: int, say: Callable[[str], object] = print) -> Found:
    """Kill the server so many times; a check that fails is an ``AssertionError``. The record is empty at first."""
    chance, book, found = random.Random(8), Book("w"), Found()  # noqa: S311 (which moments does not matter)
    populate(where)
    with serving(where, folder) as server:
        people = [signed_in(server.address, name) for name in PEOPLE]
    for number in range(1, times + 1):
        with serving(where, folder) as server:
            repeat(server, people, book)
            expect_all_there(where, book)
            work_until_killed(server, people, book, chance)
        expect_all_there(where, book)
        found.unanswered += len(book.unanswered)
        found.kills, found.acknowledged = number, len(book.done)
        if number % 10 == 0:
            say(f"{number} kills: {found.acknowledged} acknowledged, {found.unanswered} unanswered")
    with serving(where, folder) as server:
        repeat(server, people, book)
    expect_all_there(where, book)
    found.kinds = Counter(one.do.value for one in book.done)
    return found


def work_until_killed(server: Server, people: list[Person], book: Book, chance: random.Random) -> None:
    """Everybody works, and at a random moment the server is dead. What somebody else than the dead server spoils is raised."""
    spoiled: list[Exception] = []
    threads = [
        threading.Thread(target=_work, args=(one, one.at(server.address), book, chance, spoiled)) for one in people
    ]
    for thread in threads:
        thread.start()
    _wait(book, chance, spoiled)
    server.kill()
    for thread in threads:
        thread.join()
    if spoiled:
        raise spoiled[0]


def _wait(book: Book, chance: random.Random, spoiled: list[Exception]) -> None:
    enough = len(book.done) + chance.randint(0, MOST_DONE)
    while len(book.done) < enough and not spoiled:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, LONGEST))


def _work(person: Person, window: Window, book: Book, chance: random.Random, spoiled: list[Exception]) -> None:
    try:
        with window.client:
            while True:
                _once(person.name, window, book, chance)
    except TransportError:
        return  # the server is dead
    except Exception as error:  # noqa: BLE001 (raised in the thread that waits)
        spoiled.append(error)


def _once(name: str, window: Window, book: Book, chance: random.Random) -> None:
    waiting = {"noor": book.for_nurse, "ito": book.for_physician}.get(name)
    if waiting is None:
        at_practice(name, window, book, chance)
    elif not waiting:
        assert window.get("/worklist").status_code == 200
    elif name == "noor":
        as_nurse(window, book)
    else:
        as_physician(window, book)


def repeat(server: Server, people: list[Person], book: Book) -> None:
    """Send again what had no answer: afterwards it is done, and done once."""
    by_name = {one.name: one for one in people}
    while book.unanswered:
        errand = book.unanswered[0]
        window = by_name[errand.who].at(server.address)
        with window.client:
            answer = window.post(errand.path, errand.fields)
        assert answer.status_code in REPEATED, (answer.status_code, errand)
        book.done.append(book.unanswered.pop(0))


def expect_all_there(where: str, book: Book) -> None:
    """What was acknowledged is there once, what was not is there once or not at all, and all of it is whole."""
    record = open_record(where)
    try:
        said = verify(record)
        assert said.holds, [*map(str, said.faults), *said.others]
        assert differing(record.database, head_by(DeskPolicy())) == []
        cases = [Case.of(record.history(request)) for request in every_request(record.database)]
    finally:
        record.close()
    _expect_words(cases, book)
    for case in cases:
        assert case.request.standing.place not in (State.DRAFT, State.SUBMITTED), f"{case.tracking} is half there"
    numbers = [number for case in cases for number in _authorizations(case)]
    assert len(numbers) == len(set(numbers)), "an authorization's number was given twice"


def _expect_words(cases: list[Case], book: Book) -> None:
    texts: dict[str, list[str]] = {}
    for case in cases:
        for one in case.history:
            texts.setdefault(one.event.kind, []).append(json.dumps(one.event.facts))
    together = {kind: "\n".join(found) for kind, found in texts.items()}
    for errand in (*book.done, *book.unanswered):
        times = together.get(errand.do.value, "").count(errand.word) if errand.word else 1
        assert times == 1 or (times == 0 and errand in book.unanswered), f"{times} times: {errand}"


def _authorizations(case: Case) -> list[str]:
    lines = [line.number for line in case.request.lines if of_line(case.request.authorizations, line.number)]
    return [number for line in lines if (number := case.authorization(line))]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("times", type=int)
    options.add_argument("--database", help="an empty PostgreSQL database; without it, a SQLite file of its own")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="isodose-kills-") as folder:
        where = given.database or str(Path(folder) / "isodose.db")
        database = open_database(where)
        migrate(database)
        database.close()
        found = kill_and_check(where, Path(folder), given.times, lambda said: print(said, flush=True))
    print(
        f"{found.kills} kills, {found.acknowledged} acknowledged ({dict(found.kinds)}), {found.unanswered} unanswered:"
    )
    print("none was lost, none was done twice, no half of anything was there")


if __name__ == "__main__":
    main()
