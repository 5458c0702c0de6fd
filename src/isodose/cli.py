"""The command line: reads it, runs one command, and turns what went wrong into one line and an exit status."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from isodose import __version__
from isodose.commands import (
    DONE,
    INTERRUPTED,
    UNREADABLE,
    CommandError,
    account,
    audit,
    backup,
    batch,
    check,
    claims,
    completion,
    decide,
    diff,
    export,
    letters,
    load,
    migrate,
    new,
    replay,
    restore,
    serve,
    settings,
    show,
)
from isodose.commands.common import FOLDERS, complain, reason_of

COMMANDS = {
    "decide": decide.COMMAND,
    "batch": batch.COMMAND,
    "claims": claims.COMMAND,
    "check": check.COMMAND,
    "diff": diff.COMMAND,
    "show": show.COMMAND,
    "new": new.COMMAND,
    "export": export.COMMAND,
    "serve": serve.COMMAND,
    "settings": settings.COMMAND,
    "migrate": migrate.COMMAND,
    "load": load.COMMAND,
    "account": account.COMMAND,
    "audit": audit.COMMAND,
    "letters": letters.COMMAND,
    "replay": replay.COMMAND,
    "backup": backup.COMMAND,
    "restore": restore.COMMAND,
    "completion": completion.COMMAND,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    _prepare_output()
    try:
        try:
            words = sys.argv[1:] if arguments is None else list(arguments)
            options = parser(words[0] if words else None).parse_args(words)
            status: int = options.run(options)
        finally:
            sys.stdout.flush()
    except CommandError as error:
        complain(str(error))
        return UNREADABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`| head`): no more output, and none at exit either.
        _discard_output()
        return DONE
    except OSError as error:
        # A full disk, a file of the guideline that may not be read: the machine's fault and not ours.
        _discard_output()
        complain(": ".join(filter(None, (error.filename and str(error.filename), reason_of(error)))))
        return UNREADABLE
    return status


def _prepare_output() -> None:
    """Output never fails for a letter that a terminal lacks, nor because there is nobody to read it (`>&-`)."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (until the end)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _discard_output() -> None:
    with suppress(OSError):  # nothing to replace where a test has taken its place
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def parser(named: str | None = None) -> argparse.ArgumentParser:
    """All commands and their options; of the named one alone, if it is one: a start is faster by what the others cost."""
    top = argparse.ArgumentParser(
        prog="isodose",
        description="A health plan's medical necessity guideline, executable.",
        epilog="Start with: isodose decide examples/request.json\nEach command explains itself: isodose decide --help",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"isodose {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in [named] if named in COMMANDS else COMMANDS:
        run, summary, examples, add = COMMANDS[name]
        command = commands.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog="examples:\n" + "\n".join(f"  isodose {example}" for example in examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(run=run, parser=parser)
        add(command)
        command.add_argument(
            "--content", type=Path, metavar="FOLDER", help="a guideline's folder, in place of the shipped one"
        ).complete = FOLDERS  # type: ignore[attr-defined]
        command.add_argument(
            "--color", choices=("auto", "always", "never"), default="auto", help="colour on the terminal"
        )
    return top
