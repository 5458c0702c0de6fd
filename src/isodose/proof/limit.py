"""How long a check looks at what it asks of each clause or each fact: of a large guideline the rest stays open, and it is said so."""

from __future__ import annotations

import time
from collections.abc import Callable

CLAUSES_SECONDS, FACTS_SECONDS = 10, 5
"""Seconds of the processor for all clauses, and for all facts; the shipped guidelines need two of them."""


class Limit:
    """Seconds of the processor that may be spent in ``with`` blocks of this limit, all together."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.process_time) -> None:
        self.seconds = seconds
        self._clock = clock
        self._spent = self._since = 0.0

    def __enter__(self) -> None:
        self._since = self._clock()

    def __exit__(self, *_: object) -> None:
        self._spent += self._clock() - self._since

    @property
    def is_reached(self) -> bool:
        """Whether no more may be asked."""
        return self._spent >= self.seconds
