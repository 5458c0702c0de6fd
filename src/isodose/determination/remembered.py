"""What follows from what has been asked before, found once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Asked = TypeVar("Asked")
Found = TypeVar("Found")


class Remembered(dict[Asked, Found]):
    """``remembered[asked]`` is what ``find(asked)`` gives, found when it is first asked for.

    When it holds ``most``, all is forgotten and found anew: what comes again and again is soon back, and keeping it costs
    less than knowing what was met least recently. It may be shared between threads.
    """

    __slots__ = ("_find", "_most")

    def __init__(self, find: Callable[[Asked], Found], most: int) -> None:
        self._find = find
        self._most = most

    def __missing__(self, asked: Asked) -> Found:
        if len(self) >= self._most:
            self.clear()
        found = self[asked] = self._find(asked)
        return found
