"""Somebody who visits the application, in this process: what is measured is the whole answer, as bytes of a page."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from httpx2 import Response
from starlette.testclient import TestClient

from benchmarks.big_record import SIGN_IN
from benchmarks.told import NOW, office_over
from isodose.store.record import Record
from isodose.store.sessions import Session, Step, start_session
from isodose.web.app import make_app
from isodose.web.services import Services
from isodose.web.sign_in.session import form_token, hash_of_token


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser in which somebody is signed in. An answer of another status than was expected ends the benchmark."""

    client: TestClient
    csrf: str

    def get(self, path: str) -> Response:
        return _expected(self.client.get(path), 200)

    def post(self, path: str, fields: Mapping[str, str], status: int = 200) -> Response:
        return _expected(self.client.post(path, data={"csrf": self.csrf, **fields}), status)


def services_over(record: Record) -> Services:
    """What pages work with, at the moment at which the record stands."""
    return Services(office_over(record, count(60_000_001)), {}, lambda: NOW, SIGN_IN)


def visitor(services: Services, name: str) -> Visitor:
    token = secrets.token_hex(16)
    start_session(services.database, Session(hash_of_token(token), name, Step.SIGNED_IN, NOW, NOW))
    client = TestClient(make_app(services), follow_redirects=False)
    client.cookies.set("isodose", token)
    return Visitor(client, form_token(token))


def _expected(answer: Response, status: int) -> Response:
    if answer.status_code != status:
        raise SystemExit(f"{answer.request.url.path} answered {answer.status_code}: {answer.text[:500]}")
    return answer
