"""Files from elsewhere are read in a process of its own: one that hangs, swells or breaks its reader ends that, and nothing else.

A reading may take so much processor time and memory, and no more. One that was given up is known again, and not tried twice.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import pickle
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import wraps
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from isodose.store.errors import StoreError

SECONDS = 8
"""Of processor time for one reading; a document of hundreds of pages takes less."""

_PATIENCE = 30
"""Seconds by the clock, however busy the machine is."""

_MEMORY = 3 << 30
"""Bytes of addresses; the largest picture that is taken fits."""

_MOST_REMEMBERED = 1000

Given = ParamSpec("Given")
Read = TypeVar("Read")


class UnreadableError(ValueError):
    """A file that cannot be read, or only at a price that no document is worth."""


def apart(do: Callable[Given, Read]) -> Callable[Given, Read]:
    """A function that runs in the reader. It raises ``UnreadableError``, and a ``StoreError`` of its own."""

    @wraps(do)
    def read(*given: Given.args, **named: Given.kwargs) -> Read:
        if _READER.is_here:
            return do(*given, **named)
        found: Read = _READER.read((do.__module__, do.__name__, given, named))
        return found

    return read


Task = tuple[str, str, Any, Any]
"""A function by its module and name, and what it is given."""


@dataclass
class _Reader:
    """The process, started when it is first needed and after each end. ``is_here`` holds within that process alone."""

    is_here: bool = False
    process: SpawnProcess | None = None
    line: Connection | None = None
    given_up: dict[bytes, None] = field(default_factory=dict)
    turn: Lock = field(default_factory=Lock)

    def read(self, task: Task) -> Any:
        """What the function returns. One reading at a time: the libraries behind this are not made for threads."""
        packed = pickle.dumps(task)
        known = hashlib.sha256(packed).digest()
        with self.turn:
            answer = None if known in self.given_up else self._answer(packed)
            if answer is None:
                self._remember(known)
        if answer is None:
            raise UnreadableError("reading this takes longer or more memory than any document does")
        error, found = answer
        if error:
            raise error
        return found

    def _answer(self, packed: bytes) -> tuple[Exception | None, Any] | None:
        """None if the reader came to its end over this."""
        try:
            line = self._started()
            line.send_bytes(packed)
            if line.poll(_PATIENCE):
                answer: tuple[Exception | None, Any] = line.recv()
                return answer
        except (EOFError, OSError):
            pass
        self._end()
        return None

    def _started(self) -> Connection:
        if self.line and self.process and self.process.is_alive():
            return self.line
        self._end()
        spawn = multiprocessing.get_context("spawn")
        line, theirs = spawn.Pipe()
        process = spawn.Process(target=_read_for, args=(theirs,), name="reader of documents", daemon=True)
        process.start()
        theirs.close()
        self.line, self.process = line, process
        return line

    def _end(self) -> None:
        if self.line and self.process:
            self.line.close()
            self.process.kill()
            self.process.join()
        self.line = self.process = None

    def _remember(self, known: bytes) -> None:
        self.given_up[known] = None
        if len(self.given_up) > _MOST_REMEMBERED:
            self.given_up.pop(next(iter(self.given_up)))


_READER = _Reader()


def _read_for(line: Connection) -> None:
    """The reader's own life: it ends with the process that it reads for."""
    _READER.is_here = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(EOFError, OSError):  # who asked is gone
        while True:
            task: Task = line.recv()
            _limit_time()
            line.send(_done(task))


def _limit_time() -> None:
    """From now on; once it is over, the system ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + SECONDS, most))


def _done(task: Task) -> tuple[Exception | None, Any]:
    module, name, given, named = task
    try:
        return None, getattr(import_module(module), name)(*given, **named)
    except (StoreError, UnreadableError) as error:
        return error, None
    except Exception as error:  # noqa: BLE001 (what libraries raise over a file that is broken has no end)
        return UnreadableError(type(error).__name__), None
