"""What a command printed, and how the tests run one."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple


class Result(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def answers(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def faults(self) -> list[str]:
        """What was complained of; how far the work is, is told on a slow machine alone."""
        lines = [line for line in self.err.splitlines() if not line.startswith("batch  ")]
        return [line.removeprefix("isodose: ") for line in lines]


Run = Callable[..., Result]
