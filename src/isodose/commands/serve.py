"""`isodose serve`: everything on one port, over one file or one PostgreSQL."""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from isodose.commands import DONE, Command, CommandError
from isodose.commands.common import FOLDERS, read_settings
from isodose.commands.correspondence import letters_of, office_over, sender_of
from isodose.commands.on_record import now, on_record
from isodose.settings import Settings, shown

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from isodose.desk.office import Office
    from isodose.letters.sending import Sender
    from isodose.letters.waiting import Waiting
    from isodose.web.services import Services

DEMO = "ISODOSE_DEMO"
"""Tells workers, which are processes of their own, that this is a demonstration."""

GRACE_SECONDS = 10
"""How long pages that are under way may take once the server is told to stop."""


MOST_CONNECTIONS = 500
"""At once, of each process; who comes then is told to come again (503), before there are too many for the system."""


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--demo", action="store_true", help="with people and 60 days of requests that are made up")
    command.add_argument("--host", help="where to listen; 127.0.0.1 is this machine alone")
    command.add_argument("--port", type=int, help="0 takes any that is free")
    data = command.add_argument("--data", type=Path, metavar="DIR", help="the folder of the database")
    data.complete = FOLDERS  # type: ignore[attr-defined]
    command.add_argument("--workers", type=int, default=1, help="processes; more than one wants PostgreSQL")


@on_record
def run(options: argparse.Namespace, settings: Settings) -> int:
    """Serve until told to stop."""
    import uvicorn

    from isodose.web.logs import LOGGING

    where = _database(options, settings)
    if options.workers > 1 and "://" not in where:
        raise CommandError("several workers want PostgreSQL: set `database`, or serve with one")
    os.environ["ISODOSE_DATABASE"] = where
    if options.content:
        os.environ["ISODOSE_CONTENT"] = str(options.content.resolve())
    if options.demo:
        os.environ[DEMO] = "1"
    _prepare(options, where)
    host, port = options.host or settings.host, settings.port if options.port is None else options.port
    config = uvicorn.Config(
        "isodose.commands.serve:application",
        factory=True,
        host=host,
        port=port,
        workers=options.workers,
        log_config=LOGGING,
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=GRACE_SECONDS,
        limit_concurrency=MOST_CONNECTIONS,
    )
    return _serve(config)


def _serve(config: object) -> int:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    assert isinstance(config, uvicorn.Config)
    socket = config.bind_socket()
    host, port = socket.getsockname()[:2]
    print(f"Isodose is at http://{host}:{port}/ (Ctrl-C stops it)", flush=True)
    server = uvicorn.Server(config)
    if config.workers > 1:
        Multiprocess(config, sockets=[socket]).run()
    else:
        server.run(sockets=[socket])
    return DONE


def _database(options: argparse.Namespace, settings: Settings) -> str:
    """Where the record is: the folder that was named, else a new one for a demonstration, else as the settings say."""
    if options.data:
        options.data.mkdir(parents=True, exist_ok=True)
        return str(options.data / "isodose.db")
    if options.demo:
        return str(Path(tempfile.mkdtemp(prefix="isodose-demo-")) / "isodose.db")
    return settings.database


def _prepare(options: argparse.Namespace, where: str) -> None:
    """A record that is not there yet is made, as nothing can be lost; one of an older layout is left to `isodose migrate`."""
    from isodose.store.database import open_database
    from isodose.store.record import open_record
    from isodose.store.schema import migrate

    with closing(open_database(where)) as database:
        if database.file and not database.file.exists():
            migrate(database)
    if not options.demo:
        open_record(where).close()
        return
    from isodose.web.demo.fill import fill
    from isodose.web.demo.people import sign_ins

    services = services_over(where, options)
    fill(services)
    print(*sign_ins(services.clock()), sep="\n", flush=True)


def application() -> Starlette:
    """The application of one process, by its settings and environment."""
    from isodose.web.app import make_app

    settings = read_settings()
    services = services_over(settings.database, argparse.Namespace(content=None, demo=DEMO in os.environ))
    app = make_app(services)
    gc.freeze()  # the guideline and the release stay for good: collecting garbage need not walk them again and again
    return app


def services_over(where: str, options: argparse.Namespace) -> Services:
    """What pages work with, over the record at a place."""
    from isodose.store.record import open_record
    from isodose.web.services import Services
    from isodose.web.sign_in.policy import DEMO as WITHOUT_SECOND_FACTOR
    from isodose.web.sign_in.policy import Policy

    settings = read_settings()
    office = office_over(open_record(where), options, settings)
    sign_in = WITHOUT_SECOND_FACTOR if options.demo else Policy()
    letters, sender = _post(office, settings, is_demo=options.demo)
    return Services(office, dict(shown(settings)), now, sign_in, options.demo, settings.https, letters, sender)


def _post(office: Office, settings: Settings, *, is_demo: bool) -> tuple[Waiting | None, Sender]:
    """Who writes letters, and who sends them."""
    from isodose.web.demo import letters

    if is_demo:
        return letters.letters(office), letters.sender(office)
    return letters_of(office, settings), sender_of(office, settings)


COMMAND = Command(
    run,
    "everything on one port: portal, reviewer's desk, guideline",
    ("serve --demo", "serve --data /srv/isodose --port 8080"),
    add_options,
)
