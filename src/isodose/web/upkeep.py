"""What goes on while the server runs: what is late is marked, what is over taken away, letters are written and sent. Each minute, by each worker.

When it starts, the words of all diagnoses are made ready to be searched.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from itertools import count

from starlette.applications import Starlette

from isodose.desk.sweep_all import sweep_all
from isodose.pages.pdf import NoPangoError
from isodose.store.errors import StoreError
from isodose.store.uploads import give_up_before
from isodose.web.diagnosis_search import prepare
from isodose.web.services import Services
from isodose.web.sign_in.tidy import tidy

LOG = logging.getLogger("isodose.web")

EVERY_SECONDS = 60
ROUNDS_A_DAY = 24 * 60
"""Once a day letters are looked for as far back as they may lie."""

SECONDS_TO_END = 5
"""What is not done by then is not done at all, and done when the server runs again."""

UNFINISHED_UPLOAD = timedelta(days=1)
"""An upload that has not come to its end by then never will."""


def keep_up(services: Services) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """For the application's `lifespan`: begins when it starts, and ends with it."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        stop = threading.Event()
        thread = threading.Thread(target=_until, args=(stop, services), name="upkeep", daemon=True)
        thread.start()
        yield
        stop.set()
        thread.join(SECONDS_TO_END)

    return lifespan


def _until(stop: threading.Event, services: Services) -> None:
    prepare(services.guideline.release)
    since: datetime | None = None
    for number in count():
        once(services)
        before = since if number % ROUNDS_A_DAY else None
        since = write_letters(services, before)
        send_letters(services, before)
        if stop.wait(EVERY_SECONDS):
            return


def once(services: Services) -> None:
    """All of it, once. What cannot be reached is tried again the next minute; a request that is damaged is told in the log."""
    now = services.clock()
    try:
        swept = sweep_all(services.office, now)
        tidy(services.door, now)
        give_up_before(services.database, now - UNFINISHED_UPLOAD)
    except StoreError as error:
        LOG.warning("upkeep waits", extra={"kind": type(error).__name__})
        return
    if swept.problems:
        LOG.error("%d requests cannot be read; look with: isodose audit verify", len(swept.problems))


def write_letters(services: Services, since: datetime | None = None) -> datetime | None:
    """A round of letters: from when on to look in the next. It never raises; what could not be written is told in the log."""
    if services.letters is None:
        return None
    try:
        done = services.letters.round(services.clock(), since)
    except StoreError as error:
        LOG.warning("letters wait", extra={"kind": type(error).__name__})
        return since
    except NoPangoError as error:  # told once a day
        LOG.error("no letters are written", extra={"kind": str(error)})  # noqa: TRY400 (the words are all there is to say)
        return services.clock()
    if done.problems:
        kinds = sorted({kind for _, kind in done.problems})
        LOG.error("%d requests have no letter", len(done.problems), extra={"kind": ", ".join(kinds)})
    return done.since


def send_letters(services: Services, since: datetime | None = None) -> None:
    """A round of sending, of what was written since a moment and of all that waits. It never raises; what fails is told in the log."""
    if services.sender is None:
        return
    try:
        sent = services.sender.round(services.clock(), since)
    except StoreError as error:
        LOG.warning("sending waits", extra={"kind": type(error).__name__})
        return
    if sent.failed:
        problems = sorted({problem for _, problem in sent.failed})
        LOG.error("%d letters could not be sent", len(sent.failed), extra={"kind": "; ".join(problems)})
