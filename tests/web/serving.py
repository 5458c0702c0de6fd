"""The real server as a process of its own, to be asked over HTTP and killed, and people who sign in to it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import pyotp
from httpx2 import Client, Response, TransportError
from tests.web.site import CHEAP, MEMBERS, PASSWORD, PEOPLE, PRACTICES, Fields, Files

from isodose.commands.on_record import now
from isodose.desk.role import Role
from isodose.store.accounts import add_account
from isodose.store.members import load_members
from isodose.store.practices import load_practices
from isodose.store.record import open_record
from isodose.store.roster_file import RosterFile
from isodose.web.sign_in.password import hash_of
from isodose.web.sign_in.policy import PRIVILEGED

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 (of authenticators of people who are made up)
SECONDS = 180
"""How long an answer may take on a machine that is busy."""


class Process(Protocol):
    """What can be killed, and waited for until it is dead."""

    def kill(self) -> None: ...

    def wait(self) -> object: ...


@dataclass(frozen=True)
class Server:
    """A server that runs; ``errors`` is the file of what it wrote to its standard error."""

    process: Process
    address: str
    errors: Path

    def kill(self) -> None:
        """At once, as `kill -9` does: it cannot end anything that it was at."""
        self.process.kill()
        self.process.wait()


@contextmanager
def serving(where: str, folder: Path) -> Iterator[Server]:
    """`isodose serve` over the record at a place; killed at the end, if it was not by then."""
    errors = folder / "errors.log"
    environment = {**os.environ, "ISODOSE_DATABASE": where}
    command = [sys.executable, "-m", "isodose", "serve", "--port", "0"]
    with (
        errors.open("a", encoding="utf-8") as written,
        subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=written, text=True
        ) as process,
    ):
        try:
            assert process.stdout is not None
            yield ready(process, process.stdout, errors)
        finally:
            process.kill()


def ready(process: Process, told: Iterable[str], errors: Path) -> Server:
    """A server once it has said where it is, and answers there."""
    line = next((line for line in told if line.startswith("Isodose is at ")), "")
    assert line, errors.read_text("utf-8")[-2000:]
    server = Server(process, line.split()[3].rstrip("/"), errors)
    _wait_until_ready(server)
    return server


def _wait_until_ready(server: Server) -> None:
    """The address is told a moment before anybody listens there."""
    until = time.monotonic() + SECONDS
    with _client(server.address) as client:
        while time.monotonic() < until:
            with suppress(TransportError):
                if client.get("/health/ready").status_code == 200:
                    return
            time.sleep(0.05)
    raise AssertionError(server.errors.read_text("utf-8")[-2000:])


def populate(where: str) -> None:
    """The people, members and practices of `site.py`; who must have a second factor has one."""
    record, hashed = open_record(where), hash_of(PASSWORD, CHEAP.cost)
    for one in PEOPLE:
        secret = SECRET if Role(one.role) in PRIVILEGED else None
        add_account(record.database, replace(one, password=hashed, second_factor=secret), "root", now())
    file = RosterFile("members.csv", "0" * 64, ())
    load_members(record.database, file, MEMBERS, "root", now())
    load_practices(record.database, file, PRACTICES, "root", now())
    record.close()


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in, by the session's cookie; sessions outlive the server."""

    name: str
    token: str
    csrf: str

    def at(self, address: str) -> Window:
        return Window(_client(address, {"isodose": self.token}), self.csrf)


@dataclass(frozen=True)
class Window:
    """A browser's window: ``csrf`` goes into each form, redirects are shown and not followed."""

    client: Client
    csrf: str = ""

    def get(self, path: str) -> Response:
        return self.client.get(path)

    def post(self, path: str, fields: Fields | None = None, files: Files | None = None) -> Response:
        return self.client.post(path, data={"csrf": self.csrf, **(fields or {})}, files=files)


def signed_in(address: str, name: str) -> Person:
    """The door as a person goes through it: the password, then the authenticator's code where one is asked for."""
    with _client(address) as client:
        answer = client.post("/sign-in", data={"name": name, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        if answer.headers["location"].startswith("/sign-in"):
            fields = {"csrf": _csrf(client.get("/sign-in")), "code": pyotp.TOTP(SECRET).now()}
            answer = client.post("/sign-in/code", data=fields)
            assert answer.status_code == 303, answer.text
        return Person(name, client.cookies["isodose"], _csrf(client.get("/account")))


def _client(address: str, cookies: Mapping[str, str] | None = None) -> Client:
    """The server speaks no TLS, so none is made ready, which would cost more than a page."""
    return Client(base_url=address, cookies=dict(cookies or {}), timeout=SECONDS, verify=False)


def _csrf(page: Response) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
    assert found, page.text[:2000]
    return found[1]
