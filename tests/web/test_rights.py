"""Nobody gets in: every line of the route table, for everybody, on what is theirs, another's, and nobody's, in every state.

The cells are made from the table itself, so that a page that is added is tried without a word here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from tests.web.site import MONDAY, Browser, Site

from isodose.desk.number import Kind, request_number
from isodose.desk.role import Role
from isodose.desk.transitions import Do
from isodose.store.database import open_database
from isodose.store.drafts import add_draft
from isodose.store.find import Wanted, newest
from isodose.store.record import open_record
from isodose.store.schema import migrate
from isodose.web.demo.fill import fill
from isodose.web.demo.people import people
from isodose.web.rights import OPEN, RIGHTS
from isodose.web.route import Route, get
from isodose.web.routes import ROUTES

NOBODY = "nobody"
NOW = MONDAY.replace(year=2026)

TELL_NUMBERS = frozenset(
    f"{path}{form}" for path in ("/activity/seen", "/content/touched", "/letters") for form in ("", ".json", ".csv")
) | {"/accounts/{name}"}
"""Pages of the plan's own people that name requests by their numbers: who saw what, whom a revision touches, which letters are on their way."""

MISSING = request_number(Kind.TRACKING, 99_999_999)


@dataclass(frozen=True)
class Thing:
    """What a path can name: by the name of the path's part. ``practice`` is whose it is, None for what is nobody's."""

    parts: dict[str, str]
    practice: str | None


@dataclass(frozen=True)
class Cell:
    """One try: who asks for what on which route."""

    route: Route
    who: str
    thing: Thing
    act: str

    @property
    def path(self) -> str:
        parts = {"edition": "2025-10-01", "page": "1", "n": "1", "act": self.act, "upload": "0" * 32, "name": "x"}
        return re.sub(r"\{(\w+)\}", lambda part: {**parts, **self.thing.parts}.get(part[1], "x"), self.route.path)


@dataclass(frozen=True)
class World:
    """The demonstration's record, a browser for everybody, and the things in it."""

    browsers: dict[str, Browser]
    roles: dict[str, Role]
    practices: dict[str, str | None]
    requests: tuple[Thing, ...]
    drafts: tuple[Thing, ...]
    numbers: dict[str, str]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    where = str(tmp_path_factory.mktemp("world") / "isodose.db")
    database = open_database(where)
    migrate(database)
    database.close()
    record = open_record(where)
    site = Site(record, NOW)
    fill(site.services)
    accounts = people(NOW)
    browsers = {one.name: site.as_(one.name) for one in accounts} | {NOBODY: site.browser()}
    requests, numbers = _requests(site)
    yield World(
        browsers,
        {one.name: Role(one.role) for one in accounts},
        {one.name: one.practice for one in accounts} | {NOBODY: None},
        requests,
        _drafts(site),
        numbers,
    )
    record.close()


def _requests(site: Site) -> tuple[tuple[Thing, ...], dict[str, str]]:
    """One request of each practice in each state, and one that is not there; and whose each request is."""
    found = newest(site.record.database, Wanted(), most=1000)
    of: dict[tuple[str | None, str], Thing] = {}
    for one in found:
        case = site.services.office.case(one.request)
        assert case is not None
        document = next(iter(case.request.documents), "0" * 64)
        thing = Thing({"tracking": one.request, "sha256": document}, one.head.practice)
        of.setdefault((one.head.practice, one.head.state), thing)
    missing = Thing({"tracking": MISSING, "sha256": "0" * 64}, None)
    return (*of.values(), missing), {one.request: one.head.practice or "" for one in found}


def _drafts(site: Site) -> tuple[Thing, ...]:
    database = site.record.database
    made = [
        (practice, add_draft(database, practice, who, {}, NOW).id)
        for practice, who in (("elm-street", "kim"), ("shoreline", "sam"))
    ]
    there = [Thing({"draft": id_, "sha256": "0" * 64}, practice) for practice, id_ in made]
    return (*there, Thing({"draft": "f" * 32, "sha256": "0" * 64}, None))


def cells(world: World) -> Iterator[Cell]:
    for route, who in product(ROUTES, world.browsers):
        if route.path.startswith(("/sign-in", "/sign-out", "/account")):
            continue  # of oneself alone, and they would end the session that the next cell needs
        acts = [do.value for do in Do] if "{act}" in route.path else ["x"]
        for thing, act in product(_things(route, world), acts):
            yield Cell(route, who, thing, act)


def _things(route: Route, world: World) -> tuple[Thing, ...]:
    if "{tracking}" in route.path:
        return world.requests
    return world.drafts if "{draft}" in route.path else (Thing({}, None),)


def wrong(cell: Cell, world: World) -> str | None:
    """What is wrong with the answer to a try, in words."""
    browser = world.browsers[cell.who]
    answer = browser.get(cell.path) if cell.route.method == "GET" else browser.post(cell.path, {"seen": "0"})
    status, expected = answer.status_code, _expected(cell, world)
    if status >= 500:
        return f"{cell.who} {cell.route.method} {cell.path}: a fault, {status}"
    if expected is not None and status != expected:
        return f"{cell.who} {cell.route.method} {cell.path}: {status}, not {expected}"
    mine = world.practices[cell.who]
    role = world.roles.get(cell.who)
    if role in (None, Role.REQUESTER, Role.AUTHOR, Role.CLAIMS, Role.ANALYST, Role.ADMINISTRATOR):
        foreign = [one for one, practice in world.numbers.items() if practice != mine and one in answer.text]
        if foreign and "tracking" not in cell.thing.parts and cell.route.path not in TELL_NUMBERS:
            return f"{cell.who} {cell.route.method} {cell.path}: tells of {foreign[0]}"
    return None


def _expected(cell: Cell, world: World) -> int | None:
    """The status that must be, where there is one: what is allowed depends on the page."""
    role = world.roles.get(cell.who)
    if cell.route.right in OPEN:
        return None
    if role is None:
        return 303 if cell.route.method == "GET" else 401
    if role not in RIGHTS[cell.route.right]:
        return 403
    if cell.thing.parts and (cell.thing.practice is None or _is_foreign(cell, role, world)):
        return 404
    return None


def _is_foreign(cell: Cell, role: Role, world: World) -> bool:
    return role is Role.REQUESTER and cell.thing.practice != world.practices[cell.who]


def test_a_part_of_all_cells(world: World) -> None:
    some = [cell for number, cell in enumerate(cells(world)) if number % 29 == 0]
    assert [said for cell in some if (said := wrong(cell, world))] == []


@pytest.mark.slow
def test_every_cell(world: World) -> None:
    every = list(cells(world))
    assert len(every) >= 10_000
    assert [said for cell in every if (said := wrong(cell, world))] == []


def test_a_route_without_a_line_in_the_table_of_rights_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no line"):
        get("/nowhere", "no right at all", lambda visit: visit.go("/"))  # type: ignore[arg-type]
