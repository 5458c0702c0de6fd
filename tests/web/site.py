"""The whole application over a record of its own, as pages' tests visit it: signed in as anybody, at any moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from httpx2 import Response
from starlette.testclient import TestClient
from tests.determination.imrt_cases import imrt

from isodose.desk.office import Office
from isodose.desk.physician import Credential
from isodose.desk.policy import DeskPolicy
from isodose.desk.qualification import Qualification
from isodose.desk.role import Role
from isodose.letters.plan import Plan
from isodose.letters.sending import Sender
from isodose.letters.waiting import Waiting
from isodose.letters.writing import Writer
from isodose.store.accounts import Account, add_account
from isodose.store.database import open_database
from isodose.store.members import Coverage, Member, load_members
from isodose.store.practices import Practice, load_practices
from isodose.store.record import Record, open_record
from isodose.store.roster_file import RosterFile
from isodose.store.schema import migrate
from isodose.store.sessions import Session, Step, start_session
from isodose.web.app import make_app
from isodose.web.services import Services
from isodose.web.sign_in.attempts import Pace
from isodose.web.sign_in.password import hash_of
from isodose.web.sign_in.physician import as_json
from isodose.web.sign_in.policy import Cost, Policy
from isodose.web.sign_in.session import form_token, hash_of_token

MONDAY = datetime(2025, 11, 3, 14, tzinfo=UTC)
CHEAP = Policy(cost=Cost(8, 1, 1), second_factor=frozenset(), strangers=Pace(1_000_000, 1_000_000))
PASSWORD = "a harbour full of herons"  # noqa: S105 (of people who are made up)

ITO = Qualification(
    Credential("MD-1", "CT", date(2027, 6, 30), ("radiation oncology",)),
    restricted=False,
    knows_medicare_criteria=True,
    paid_by_outcome=False,
)
PEOPLE = (
    Account("kim", "Kim Ferris", Role.REQUESTER, "elm-street"),
    Account("lee", "Lee Osei", Role.REQUESTER, "oak-avenue"),
    Account("paz", "Paz Romero", Role.INTAKE),
    Account("noor", "Noor Haddad, RN", Role.NURSE),
    Account("olga", "Olga Brandt, RN", Role.NURSE),
    Account("ito", "Dr. Ito Tanaka", Role.PHYSICIAN, qualification=as_json(ITO)),
    Account("ada", "Ada Meyer", Role.ANALYST),
    Account("cleo", "Cleo Dean", Role.CLAIMS),
    Account("gus", "Gus Vega", Role.AUTHOR),
    Account("root", "Rosa Ott", Role.ADMINISTRATOR),
)
MEMBERS = (
    Member("M1", date(1956, 2, 1), "R. Alvarez", (Coverage(date(2024, 1, 1), None, "ma-hmo"),)),
    Member("M2", date(1948, 7, 9), "M. Okafor", (Coverage(date(2025, 6, 1), None, "ma-ppo"),)),
)
PRACTICES = (
    Practice("elm-street", "Elm Street Radiation Oncology", "1234567893"),
    Practice("oak-avenue", "Oak Avenue Cancer Center", "1245319599"),
)


Fields = Mapping[str, str | list[str]]
Files = list[tuple[str, tuple[str, bytes, str]]]


@dataclass(frozen=True)
class Browser:
    """Redirects are shown, not followed. ``csrf`` goes into each form, as a page puts it there."""

    client: TestClient
    csrf: str = ""

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(path, headers=headers)

    def post(self, path: str, fields: Fields | None = None, files: Files | None = None) -> Response:
        return self.client.post(path, data={"csrf": self.csrf, **(fields or {})}, files=files)


@dataclass
class Site:
    """``now`` is the clock's moment, and may be moved. Each ``as_`` is a browser of its own. Without a ``plan`` no letters are written."""

    record: Record
    now: datetime = MONDAY
    policy: DeskPolicy = field(default_factory=DeskPolicy)
    serials: Iterator[int] = field(default_factory=lambda: count(1))
    tokens: Iterator[int] = field(default_factory=lambda: count(1))
    plan: Plan | None = None
    sender: Sender | None = None

    @property
    def services(self) -> Services:
        office = Office(self.record, imrt(), self.policy, lambda: next(self.serials))
        letters = Waiting(Writer(office, self.plan)) if self.plan else None
        settings = {"database": self.record.database.name}
        return Services(office, settings, lambda: self.now, CHEAP, letters=letters, sender=self.sender)

    def browser(self) -> Browser:
        """Nobody is signed in."""
        return Browser(TestClient(make_app(self.services), follow_redirects=False))

    def as_(self, name: str) -> Browser:
        """A browser in which somebody is signed in."""
        token = f"token {next(self.tokens)} of {name}"
        start = Session(hash_of_token(token), name, Step.SIGNED_IN, self.now, self.now)
        start_session(self.record.database, start)
        browser = self.browser()
        browser.client.cookies.set("isodose", token)
        return replace(browser, csrf=form_token(token))

    def later(self, by: timedelta) -> None:
        self.now += by


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """A record with people, members and practices, in a file of its own."""
    where = str(folder / "isodose.db")
    database = open_database(where)
    migrate(database)
    database.close()
    record = open_record(where)
    hashed = hash_of(PASSWORD, CHEAP.cost)
    for one in PEOPLE:
        add_account(record.database, replace(one, password=hashed), "root", MONDAY)
    file = RosterFile("members.csv", "0" * 64, ())
    load_members(record.database, file, MEMBERS, "root", MONDAY)
    load_practices(record.database, file, PRACTICES, "root", MONDAY)
    try:
        yield Site(record)
    finally:
        record.close()
