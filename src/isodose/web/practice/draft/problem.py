"""What is wrong with a draft, or still lacks, each at its field."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """``lacks`` is what is not said yet: shown when a draft is to be sent, and not while it is typed."""

    field: str
    words: str
    lacks: bool = False
