"""The commands, a module each: its options, its examples, and what it does.

What a command needs is imported when it runs, so that a start is fast. Nothing is decided here.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NamedTuple

DONE, FOUND_ERRORS, UNREADABLE, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses: any determination; `check` found an error; input that cannot be read at all; Ctrl-C."""


class Command(NamedTuple):
    """What runs, what it is in a line, examples (without the program's name), and what adds its options."""

    run: Callable[[argparse.Namespace], int]
    summary: str
    examples: tuple[str, ...]
    add_options: Callable[[argparse.ArgumentParser], None]


class CommandError(Exception):
    """A command that cannot run, said in one line."""
