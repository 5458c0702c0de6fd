"""How long a check looks at what it asks of each clause or each fact: of a large guideline the rest stays open, and it is said so."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
Result = TypeVar("Result")


class Limit:
    """Seconds of the processor for one question, asked of one clause or fact after the other; ``open`` is of how many it stayed open.

    ``question`` has the place of their number; ``topic`` is what the question may find. ``trying`` is how long, when the seconds
    are spent, what else there is to find an answer is tried first.
    """

    def __init__(
        self,
        seconds: float,
        question: str,
        topic: str = "idle",
        clock: Callable[[], float] = time.process_time,
        trying: float = 0,
    ) -> None:
        self.seconds = seconds + trying
        self.topic = topic
        self.open = 0
        self._question = question
        self._clock = clock
        self._left = {"ask": seconds, "try": trying}

    def within(self, ask: Callable[[], Found], attempt: Callable[[], Found | None] | None = None) -> Found | None:
        """What is found; None if the seconds are spent. What has been begun is asked to its end.

        Where an attempt can be made, it comes first once the seconds are spent, and what it leaves open is asked after all.
        """
        if self._left["ask"] > 0:
            return self._counted("ask", ask)
        found: Found | None = None
        for way in (attempt, ask) if attempt else ():
            if found is None and self._left["try"] > 0:
                found = self._counted("try", way)
        self.open += found is None
        return found

    def _counted(self, way: str, ask: Callable[[], Result]) -> Result:
        since = self._clock()
        found = ask()
        self._left[way] -= self._clock() - since
        return found

    @property
    def says(self) -> str:
        """What stayed open: of that there is no finding, and no proof."""
        return f"not settled within {self.seconds:g} s: whether {self._question.format(self.open)}"


class Limits:
    """The limits of one check, each for all editions together; the shipped guidelines need two seconds in all."""

    def __init__(self, clock: Callable[[], float] = time.process_time) -> None:
        self.clauses = Limit(4, "{} of the rungs and clauses decide some case by themselves", clock=clock, trying=20)
        self.ranges = Limit(4, "{} of the clauses speak of more numbers than they decide", "overtaken", clock)
        self.parts = Limit(4, "{} of the clauses have a part that says nothing", clock=clock)
        self.facts = Limit(4, "{} of the facts change some outcome", clock=clock)

    @property
    def open(self) -> list[Limit]:
        """Those within which something stayed open."""
        return [limit for limit in (self.clauses, self.ranges, self.parts, self.facts) if limit.open]
