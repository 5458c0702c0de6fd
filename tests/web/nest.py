"""A process that has loaded what a server needs, and becomes one each time it is told to: a thousand starts load nothing a thousand times.

For each line of its standard input, a database and a file for errors as JSON, it forks. The child is the command `isodose serve` from
there on; it says its number first. Once it is dead, the nest says so.
"""

import json
import os
import sys
from importlib import import_module
from typing import NoReturn

NEEDED = (
    "isodose.commands.serve",
    "isodose.web.app",
    "uvicorn.lifespan.on",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.websockets.auto",
    "psycopg",
)
DEAD = "dead"


def main() -> None:
    _load()
    for line in iter(sys.stdin.readline, ""):
        where, errors = json.loads(line)
        child = os.fork()
        if not child:
            _serve(where, errors)
        os.waitpid(child, 0)
        print(DEAD, flush=True)


def _load() -> None:
    """Modules, and the templates of pages."""
    from isodose.web.render import TEMPLATES, environment

    for module in NEEDED:
        import_module(module)
    for file in TEMPLATES.iterdir():
        if file.name.endswith(".html"):
            environment().get_template(file.name)


def _serve(where: str, errors: str) -> NoReturn:
    from isodose.__main__ import run

    print(os.getpid(), flush=True)
    os.environ["ISODOSE_DATABASE"] = where
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
    sys.argv = ["isodose", "serve", "--port", "0"]
    run()


if __name__ == "__main__":
    main()
