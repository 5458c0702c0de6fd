"""The real server, killed at any moment under requests over HTTP: what was acknowledged is there, and nothing is half there.

`python -m tests.web.kills 1000 [--database postgresql://…]` does it so often, and says what was found.
"""

from __future__ import annotations

import argparse
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
from tests.web.intact import Look
from tests.web.nested import nest
from tests.web.serving import Person, Server, Window, populate, serving, signed_in

from isodose.store.database import open_database
from isodose.store.schema import migrate

PEOPLE = ("kim", "lee", "noor", "ito")
MOST_DONE = 4
LONGEST = 0.25
"""The server is killed after up to so many forms were acknowledged, and up to so many seconds; at the earliest, at once."""

A_LOOK = 0.1
"""Seconds that somebody looks at a worklist on which nothing waits."""

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
    """Kill the server so many times; a check that fails is an ``AssertionError``. The record is empty at first.

    After each kill what is new is looked at. Each tenth server is started as anybody starts one, and after its end everything is
    looked at, from the first event on.
    """
    chance, book, found, look = random.Random(8), Book("w"), Found(), Look(where)  # noqa: S311 (which moments does not matter)
    populate(where)
    with serving(where, folder) as server:
        people = [signed_in(server.address, name) for name in PEOPLE]
    with nest(folder) as loaded:
        for number in range(1, times + 1):
            is_tenth = number % 10 == 0
            with (serving if is_tenth else loaded.serving)(where, folder) as server:
                repeat(server, people, book)
                work_until_killed(server, people, book, chance)
            look.expect_all_there(book, whole=is_tenth)
            found.unanswered += len(book.unanswered)
            found.kills, found.acknowledged = number, len(book.done)
            if is_tenth:
                say(f"{number} kills: {found.acknowledged} acknowledged, {found.unanswered} unanswered")
    with serving(where, folder) as server:
        repeat(server, people, book)
    look.expect_all_there(book, whole=True)
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
        time.sleep(A_LOOK)
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
