"""No patient in logs, addresses or errors: made-up people are sent through the pages of the real server, faults included, and looked for."""

import random
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from httpx2 import Response
from tests.web.errands import whole
from tests.web.practice.typing import number_of
from tests.web.serving import Window, populate, serving, signed_in

from isodose.store.database import open_database
from isodose.store.schema import migrate

FAULTS = ("draft", "head", "event", "preference")
"""Tables that are taken away while the server runs: each statement on them fails, and its error holds what was sent."""


@dataclass(frozen=True)
class Patient:
    """Somebody who is made up. Each of the four is one identifier, and stands nowhere else."""

    member_id: str
    name: str
    born: str
    words: str

    @property
    def identifiers(self) -> tuple[str, ...]:
        return (self.member_id, self.name, self.born, self.words)


@dataclass
class Answers:
    """All answers; ``addresses`` are those that were asked for and those that answers lead to."""

    addresses: list[str] = field(default_factory=list)
    refusals_for_others: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, answer: Response) -> str:
        self.addresses += [str(answer.url), answer.headers.get("location", "")]
        if answer.status_code >= 500:
            self.faults.append(answer.text)
        return str(answer.headers.get("location", ""))


def patients(number: int) -> Iterator[Patient]:
    chance = random.Random(2)  # noqa: S311 (made up)
    days = chance.sample(range(30_000), number)
    for place, day in enumerate(days):
        letters = "".join(chance.choices("BCDFGHJKLMNPRSTVWZ", k=7)).capitalize()
        born = date(1890, 1, 1) + timedelta(days=day)
        yield Patient(
            f"QX{place:05}{chance.randrange(10**4):04}", f"Zz{letters}", str(born), f"saw {letters[::-1]} limp"
        )


def send(patient: Patient, kim: Window, noor: Window, lee: Window, answers: Answers) -> None:
    """Through the forms of a practice, of a reviewer and of everybody; what is refused is asked for by somebody else too."""
    words = {"target": patient.words, "contact_name": patient.name, "member_id": patient.member_id}
    found = kim.post("/requests/new", {"member_id": patient.member_id, "birth_date": patient.born})
    draft = answers.add(found)
    if found.status_code == 303:
        number = number_of(kim.get(draft))
        typed = {**whole("ear"), **words, "birth_date": patient.born, "number": number, "do": "check"}
        answers.add(kim.post(draft, typed))
        answers.add(kim.post(f"{draft}/submit", {"attest": "yes"}))
        refused = [lee.get(draft), lee.post(f"{draft}/submit", {"attest": "yes", "why": "?"})]
        answers.refusals_for_others += [one.text for one in refused if one.status_code >= 400]
    for sought in (patient.member_id, patient.name):
        answers.add(kim.post("/requests/find", {"sought": sought}))
        answers.add(noor.post("/worklist/find", {"find": sought}))
    answers.add(noor.post("/worklist/filters", {"name": patient.words}))
    answers.add(lee.post("/needed", {"procedure_code": "77407", "member_birth_date": patient.born}))
    answers.add(lee.post("/sign-in", {"name": patient.name, "password": patient.words}))


def say_nonsense(address: str, patient: Patient) -> None:
    """What is no HTTP at all."""
    host, port = address.removeprefix("http://").split(":")
    with closing(socket.create_connection((host, int(port)))) as line:
        line.sendall(f"{patient.name} {patient.member_id}\r\n\r\n".encode())
        line.recv(1000)


def take_away(file: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        for table in FAULTS:
            connection.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")


@pytest.mark.parametrize("number", [4, pytest.param(250, marks=pytest.mark.slow)])
def test_nothing_of_a_patient_is_in_logs_addresses_or_error_pages(tmp_path: Path, number: int) -> None:
    where, answers, everybody = str(tmp_path / "isodose.db"), Answers(), tuple(patients(number))
    database = open_database(where)
    migrate(database)
    database.close()
    populate(where)
    with serving(where, tmp_path) as server, ExitStack() as open_windows:
        kim, noor, lee = (signed_in(server.address, name).at(server.address) for name in ("kim", "noor", "lee"))
        for window in (kim, noor, lee):
            open_windows.enter_context(window.client)
        half = number // 2
        for patient in everybody[:half]:
            send(patient, kim, noor, lee, answers)
        assert not answers.faults
        assert answers.refusals_for_others
        take_away(where)
        for patient in everybody[half:]:
            send(patient, kim, noor, lee, answers)
            say_nonsense(server.address, patient)
        logs = server.errors.read_text("utf-8")
    assert len(answers.faults) >= number
    assert logs.count('"fault"') == len(answers.faults), "each fault is told in the log"
    told = [logs, *answers.addresses, *answers.refusals_for_others, *answers.faults]
    together = "\n".join(told).casefold()
    assert [one for patient in everybody for one in patient.identifiers if one.casefold() in together] == []
