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
        return [line.removeprefix("isodose: ") for line in self.err.splitlines()]


Run = Callable[..., Result]
