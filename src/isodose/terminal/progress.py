"""How far long work is: a bar that is drawn again on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from isodose.terminal.paper import Paper

BAR = 24
"""Columns of the bar."""

EVERY = 10.0
"""Seconds between two plain lines."""

_FRAME = 0.1
"""Seconds between two drawings of the bar."""

_BLANK = "\r\x1b[2K"
"""Back to the start of the line, and nothing left on it."""


class ProgressBar:
    """Told the share that is done; says rows, rows a second and the time left. ``clock`` counts seconds."""

    def __init__(self, stream: TextIO, paper: Paper, clock: Callable[[], float], rows: int | None = None) -> None:
        self._stream = stream
        self._paper = paper
        self._clock = clock
        self._rows = rows
        self._is_terminal = stream.isatty()
        self._start = self._told = clock()

    def __call__(self, done: float, rows: int | None = None) -> None:
        """The share of the work that is done, from 0 to 1, and how many rows there are, if that is known by now."""
        self._rows = rows or self._rows
        now = self._clock()
        if now - self._told < (_FRAME if self._is_terminal else EVERY):
            return
        self._told = now
        line = self._line(min(done, 1.0), now - self._start)
        self._stream.write(f"{_BLANK}{line}" if self._is_terminal else f"{line}\n")
        self._stream.flush()

    def close(self) -> None:
        """Leave nothing of the bar behind."""
        if self._is_terminal:
            self._stream.write(_BLANK)
            self._stream.flush()

    def _line(self, done: float, seconds: float) -> str:
        parts = [f"{done:4.0%}"]
        if self._rows and done:
            parts += [
                f"{done * self._rows:,.0f} of {self._rows:,} rows",
                f"{done * self._rows / seconds:,.0f} a second",
            ]
        if done:
            parts.append(f"{in_words(seconds / done - seconds)} left")
        bar = self._bar(done) if self._is_terminal else "batch"
        return "  ".join([bar, *parts])

    def _bar(self, done: float) -> str:
        full, empty = ("━", "╌") if self._paper.signs else ("#", "-")
        count = round(BAR * done)
        return self._paper.paint(full * count, "met") + self._paper.paint(empty * (BAR - count), "quiet")


def in_words(seconds: float) -> str:
    """A time as a person says it: `40 s`, `3 min 20 s`, `2 h 5 min`."""
    whole = max(round(seconds), 0)
    if whole < 60:  # noqa: PLR2004
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:  # noqa: PLR2004
        return f"{minutes} min {rest} s"
    return "{} h {} min".format(*divmod(minutes, 60))
