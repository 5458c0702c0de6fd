"""Servers as `serving.py` starts them, from a process that had loaded everything before (`nest.py`)."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.web.nest import DEAD
from tests.web.serving import Server, ready


@dataclass(frozen=True)
class Nest:
    """The process, by its two ends. One server at a time comes out of it."""

    told: IO[str]
    tells: IO[str]

    @contextmanager
    def serving(self, where: str, folder: Path) -> Iterator[Server]:
        errors = folder / "errors.log"
        self.told.write(json.dumps([where, str(errors)]) + "\n")
        self.told.flush()
        child = Child(int(self.tells.readline()), self.tells)
        try:
            yield ready(child, self.tells, errors)
        finally:
            child.kill()
            child.wait()


@dataclass
class Child:
    """A server by the number of its process; the nest says when it is dead."""

    number: int
    told: IO[str]
    is_dead: bool = False

    def kill(self) -> None:
        if not self.is_dead:
            os.kill(self.number, signal.SIGKILL)

    def wait(self) -> None:
        self.is_dead = self.is_dead or any(line.strip() == DEAD for line in self.told)


@contextmanager
def nest(folder: Path) -> Iterator[Nest]:
    """A nest that works in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "tests.web.nest"]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Nest(process.stdin, process.stdout)
        finally:
            process.kill()
