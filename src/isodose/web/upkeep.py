"""What time alone does while the server runs: it marks what is late, and takes away what is over. Each minute, by each worker."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

from starlette.applications import Starlette

from isodose.desk.sweep_all import sweep_all
from isodose.store.errors import StoreError
from isodose.store.uploads import give_up_before
from isodose.web.services import Services
from isodose.web.sign_in.tidy import tidy

LOG = logging.getLogger("isodose.web")

EVERY_SECONDS = 60
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
        thread.join()

    return lifespan


def _until(stop: threading.Event, services: Services) -> None:
    while not stop.is_set():
        once(services)
        stop.wait(EVERY_SECONDS)


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
