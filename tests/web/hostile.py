"""Forms and files that no page of ours makes, sent to every line of the route table by everybody: none may be a fault of ours.

`python -m tests.web.hostile 200000` sends so many, and says what came of them.
"""

from __future__ import annotations

import argparse
import logging
import random
import re
import shutil
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import quote_from_bytes

from httpx2 import Response
from tests.web.hostile_files import FILES, NAMES
from tests.web.practice.typing import WHOLE
from tests.web.site import MONDAY, Browser, Site

from isodose.desk.role import Role
from isodose.desk.transitions import Do
from isodose.store.database import open_database
from isodose.store.draft_documents import attached_to
from isodose.store.drafts import add_draft, drafts_of
from isodose.store.find import every_request
from isodose.store.record import open_record
from isodose.store.schema import migrate
from isodose.store.uploads import begin_upload
from isodose.web.demo.fill import fill
from isodose.web.demo.people import people
from isodose.web.rights import may
from isodose.web.route import Route
from isodose.web.routes import ROUTES

NOBODY = "nobody"
NOW = MONDAY.replace(year=2026)
CHAPTER = 2000
"""Posts to one record; then it is taken anew, or its drafts would become thousands."""

POSTS = tuple(route for route in ROUTES if route.method == "POST")
TEMPLATES = Path(__file__).parents[2] / "src" / "isodose" / "web" / "templates"

VALUES: tuple[bytes, ...] = (
    *(text.encode() for text in WHOLE.values()),
    b"",
    b" \t\r\n ",
    b"\0",
    b"9" * 5000,
    b"0",
    b"-1",
    b"1e309",
    b"NaN",
    "٣".encode(),
    "²".encode(),
    b"2026-02-30",
    b"0000-00-00",
    b"0001-01-01",
    b"9999-12-31",
    b"2026-W01-1",
    b"20261103",
    b"0001-01-01T00:00",
    b"9999-12-31T23:59",
    b"2026-11-03T10:00+99:99",
    b"2026-11-03T10:00:00.000001Z",
    b"M1\r\nSet-Cookie: isodose=1",
    b"<script>alert(1)</script><svg onload=alert(1)>",
    b"{{ 7 * 7 }}{% raw %}",
    b"%s%n{0}{visit.services}",
    b"../../../../etc/passwd",
    b"//elsewhere.example/",
    b"/\\elsewhere.example",
    b"'; DROP TABLE event; --",
    b"\xed\xa0\x80\xff\xfe",
    b"+2AA-+2D0-",
    b"\\ud800\\x00",
    "\u202e\u200b\ufeff\u0301\u0301".encode(),
    "🦄".encode() * 50,
    b"add-diagnosis:C61",
    b"remove-line:9",
    b"detach:../x",
    b"1,2;3|4",
    b"null",
    b"[]",
    b"attach",
    b"yes",
    b"x" * 30_000,
)
PARTS = ("x", "%00", "..%2f..%2fetc", "%ff%fe", "9" * 5000, "-1", "0", "%D9%A3", "%C2%B2", "1e9", "a%0d%0ab", "0" * 64)
CHARSETS = (
    "utf-8",
    "utf-7",
    "utf-16",
    "utf-32",
    "idna",
    "punycode",
    "unicode_escape",
    "hex",
    "nonsense",
    "\u00ff",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
)


@dataclass(frozen=True)
class World:
    """The demonstration's record with a browser for everybody, and what a path can name."""

    site: Site
    browsers: dict[str, Browser]
    requests: tuple[str, ...]
    drafts: tuple[str, ...]
    uploads: tuple[str, ...]
    roles: dict[str, Role]

    def may(self, route: Route) -> list[str]:
        """Who has the right to a route."""
        return [who for who in self.browsers if may(self.roles.get(who), route.right)]

    def renew(self, who: str) -> None:
        self.browsers[who] = self.site.as_(who) if who != NOBODY else self.site.browser()


@dataclass
class Heard:
    """What came of the posts: how often each status, and what is a fault of ours, in words."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def tell(self, what: str, answer: Response) -> None:
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            self.faults.append(f"{what}: {answer.status_code}")
        self._look(what, answer)

    def _look(self, what: str, answer: Response) -> None:
        if any("\r" in value or "\n" in value for value in answer.headers.values()):
            self.faults.append(f"{what}: a header of two lines")
        if answer.headers.get("location", "/")[:1] != "/" or answer.headers.get("location", "/")[:2] in ("//", "/\\"):
            self.faults.append(f"{what}: leads to {answer.headers['location']}")


class Listener(logging.Handler):
    """Faults that were logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        where = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
        self.said.append(f"{record.name}: {record.getMessage()} {getattr(record, 'kind', '')}\n{where[-1500:]}")


def attack(times: int, seed: int = 5, tell: Callable[[int, int], None] = lambda _posts, _faults: None) -> Heard:
    """Send so many; warnings of libraries count as faults too. ``tell`` hears after each chapter how it goes."""
    chance, heard, listener, numbers = random.Random(seed), Heard(), Listener(), count(1)  # noqa: S311
    logging.getLogger().addHandler(listener)
    try:
        with tempfile.TemporaryDirectory(prefix="isodose-hostile-") as folder, warnings.catch_warnings():
            warnings.simplefilter("error")
            told = _told(Path(folder))
            for start in range(0, times, CHAPTER):
                with world(told) as here:
                    for _ in range(min(CHAPTER, times - start)):
                        _send(here, chance, heard, next(numbers))
                    _look_at_documents(here, heard)
                tell(min(start + CHAPTER, times), len(heard.faults) + len(listener.said))
    finally:
        logging.getLogger().removeHandler(listener)
    heard.faults += listener.said
    return heard


def _told(folder: Path) -> Path:
    """A record with the demonstration, to be copied."""
    file = folder / "told.db"
    database = open_database(str(file))
    migrate(database)
    database.close()
    record = open_record(str(file))
    fill(Site(record, NOW).services)
    record.close()
    return file


@contextmanager
def world(told: Path) -> Iterator[World]:
    """A copy of the demonstration, with drafts and uploads that are under way."""
    for old in told.parent.glob("copy.db*"):
        old.unlink()
    record = open_record(str(shutil.copy(told, told.parent / "copy.db")))
    site, database = Site(record, NOW), record.database
    drafts = [add_draft(database, whose, "kim", dict(WHOLE), NOW).id for whose in ("elm-street", "shoreline", "")]
    uploads = [begin_upload(database, draft, "x", 3, NOW).id for draft in drafts]
    browsers = {one.name: site.as_(one.name) for one in people(NOW)} | {NOBODY: site.browser()}
    roles = {one.name: Role(one.role) for one in people(NOW)}
    yield World(site, browsers, tuple(every_request(database)), tuple(drafts), tuple(uploads), roles)
    record.close()


def _send(here: World, chance: random.Random, heard: Heard, number: int) -> None:
    route = chance.choice(POSTS)
    who = chance.choice(sorted(here.may(route) if chance.random() < 0.8 else here.browsers))
    browser, path = here.browsers[who], _path(route, here, chance)
    if chance.random() < 0.05:
        browser = Browser(browser.client, "another")
    headers, body = _body(browser.csrf.encode(), route, chance)
    what = f"post {number}, {who} to {route.path}"
    try:
        heard.tell(what, browser.client.post(path, content=body, headers=_as_bytes(headers)))
    except Exception as error:  # noqa: BLE001 (which ones come here is what is looked for)
        heard.faults.append(f"{what}: {type(error).__name__}: {error}\n{traceback.format_exc()[-700:]}")
    if route.path.startswith(("/sign", "/account")):
        here.renew(who)


def _path(route: Route, here: World, chance: random.Random) -> str:
    there = {"tracking": here.requests, "draft": here.drafts, "upload": here.uploads, "act": tuple(Do)}
    acts = ("approve", "deny", "ask", "judge", "offer-call", "approve-partly", "take", "extend", "amend", "notify")

    def part(found: re.Match[str]) -> str:
        real = acts if found[1] == "act" else there.get(found[1], ("1",))
        return str(chance.choice(real if chance.random() < 0.85 else PARTS))

    return re.sub(r"\{(\w+)\}", part, route.path) + chance.choice(("", "", "", "?tab=%00&after=9&line=" + "9" * 5000))


def _body(csrf: bytes, route: Route, chance: random.Random) -> tuple[dict[str, str], bytes]:
    """A body with its headers; most have the token of a page of ours, or they would not come far."""
    pairs = [(b"csrf", csrf), *_pairs(chance)]
    headers = {"hx-request": "true"} if chance.random() < 0.2 else {}
    if chance.random() < 0.05:
        headers["origin"] = chance.choice(("null", "https://elsewhere.example", "x" * 300))
    kind = chance.random()
    if kind < 0.4:
        return {**headers, "content-type": "application/x-www-form-urlencoded"}, _urlencoded(pairs)
    if kind < 0.9:
        boundary = chance.choice((b"b", b"-" * 60, b"b"))
        charset = chance.choice(CHARSETS) if chance.random() < 0.1 else ""
        told = f"multipart/form-data; boundary={boundary.decode()}" + (f"; charset={charset}" if charset else "")
        return {**headers, "content-type": told}, _multipart(pairs, boundary, chance)
    return {**headers, **_broken_headers(chance)}, _broken(pairs, route, chance)


def _as_bytes(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]


def _pairs(chance: random.Random) -> Iterator[tuple[bytes, bytes]]:
    """Fields: those of a page with hostile values, some of which fit, and some that no page has."""
    if chance.random() < 0.3:
        yield from ((name.encode(), value.encode()) for name, value in WHOLE.items())
    for _ in range(chance.choice((0, 1, 3, 10, 60))):
        name = chance.choice(FIELDS).encode() if chance.random() < 0.9 else chance.choice(VALUES)
        yield name, chance.choice(VALUES)
    if chance.random() < 0.01:
        yield from ((b"line", b"%d" % number) for number in range(2500))


def _urlencoded(pairs: list[tuple[bytes, bytes]]) -> bytes:
    return "&".join(f"{quote_from_bytes(name)}={quote_from_bytes(value)}" for name, value in pairs).encode()


def _multipart(pairs: list[tuple[bytes, bytes]], boundary: bytes, chance: random.Random) -> bytes:
    parts = [b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (_quoted(name), value) for name, value in pairs]
    for _ in range(chance.choice((0, 0, 1, 2))):
        name, field_ = _quoted(chance.choice(NAMES)), chance.choice((b"file", b"file", b"part"))
        kind = chance.choice((b"text/html", b"image/svg+xml", b"application/pdf", b"\xff"))
        told = b'Content-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: %s' % (field_, name, kind)
        parts.append(told + b"\r\n\r\n" + chance.choice(FILES))
    body = b"".join(b"--%s\r\n%s\r\n" % (boundary, part) for part in parts) + b"--%s--\r\n" % boundary
    return body if chance.random() < 0.9 else body[: chance.randrange(len(body))]


def _quoted(name: bytes) -> bytes:
    return name.replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b"").replace(b'"', b"%22")[:2000]


def _broken_headers(chance: random.Random) -> dict[str, str]:
    kinds = ("application/json", "multipart/form-data", "multipart/form-data; boundary=", "text/plain", "x" * 5000, "")
    told = {"content-type": chance.choice((*kinds, "application/x-www-form-urlencoded; charset=utf-16"))}
    if chance.random() < 0.2:
        told["content-length"] = chance.choice(("9" * 5000, "-1", "1e3", "0x10", ""))
    return told | ({"content-encoding": "gzip"} if chance.random() < 0.2 else {})


def _broken(pairs: list[tuple[bytes, bytes]], route: Route, chance: random.Random) -> bytes:
    return chance.choice(
        (b"", b"{", b"\0" * 1000, chance.randbytes(2000), b"&=&=;;%", b"--b\r\n" * 50, _urlencoded(pairs))
        + ((b"x" * (route.form + 1),) if route.form < 1 << 19 else ())
    )


def _look_at_documents(here: World, heard: Heard) -> None:
    """What was taken is shown as a picture or as text, or kept as a file; none of it is run."""
    for whose, who in (("elm-street", "kim"), ("shoreline", "sam"), ("", "paz")):
        for draft in drafts_of(here.site.record.database, whose):
            for one in attached_to(here.site.record.database, draft.id):
                for path in (f"document/{one.sha256}", f"document/{one.sha256}/1", f"look/{one.sha256}/1"):
                    answer = here.browsers[who].get(f"/draft/{draft.id}/{path}")
                    heard.tell(f"{one.media_type} {path.partition('/')[0]}", answer)
                    heard.faults += _served_wrongly(path, answer)


def _served_wrongly(path: str, answer: Response) -> Iterator[str]:
    kind, is_page = answer.headers["content-type"], path.startswith("look/") or answer.status_code >= 400
    wanted = ("text/html",) if is_page else ("image/png", "text/plain", "application/octet-stream")
    if not kind.startswith(wanted) or answer.headers.get("x-content-type-options") != "nosniff":
        yield f"{path}: served as {kind}"
    if kind.startswith("application/") and not answer.headers["content-disposition"].startswith("attachment;"):
        yield f"{path}: opened by the browser"


def _fields() -> tuple[str, ...]:
    """The names of the fields of all pages, as their templates and the desk's forms have them."""
    texts = [one.read_text("utf-8") for one in TEMPLATES.glob("*.html")]
    written = {name for text in texts for name in re.findall(r'name="([\w-]+)"', text)}
    desk = (
        "of",
        "truth",
        "why",
        "reason",
        "codes-1",
        "units-1",
        "start-1",
        "end-1",
        "time-1",
        "at",
        "question",
        "step",
    )
    return tuple(
        sorted(
            (written - {"csrf"}) | set(desk) | set(WHOLE) | {"seen", "number", "do", "page_id", "total", "start", "to"}
        )
    )


FIELDS = _fields()


def _tell(posts: int, faults: int) -> None:
    print(f"{posts:,} posts, {faults} faults so far", file=sys.stderr, flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("times", type=int)
    options.add_argument("--seed", type=int, default=5)
    given = options.parse_args()
    heard = attack(given.times, given.seed, _tell)
    print(*heard.faults, sep="\n")
    print(f"{given.times} posts, {len(heard.faults)} faults: {dict(sorted(heard.statuses.items()))}")


if __name__ == "__main__":
    main()
