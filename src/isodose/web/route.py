"""A line of the route table: a method and a path, the right that they take, and the function that answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.responses import Response

from isodose.web.rights import OPEN, RIGHTS, Right
from isodose.web.visit import Visit

Handler: TypeAlias = Callable[[Visit], Response]


@dataclass(frozen=True, slots=True)
class Route:
    """``form`` is how many bytes a body may have; most forms are small. ``cost`` is what a stranger's visit takes of the network's allowance."""

    method: str
    path: str
    right: Right
    handler: Handler
    form: int = 256 << 10
    cost: int = 0

    def __post_init__(self) -> None:
        if self.right not in RIGHTS and self.right not in OPEN:
            raise ValueError(f"{self.method} {self.path}: the table of rights has no line for `{self.right}`")
        if self.cost and self.right is not Right.EVERYBODY:
            raise ValueError(f"{self.method} {self.path}: only a page for everybody has a cost")
        if self.method not in ("GET", "POST"):
            raise ValueError(f"{self.path}: a page is read with GET and written with POST, not with {self.method}")


def get(path: str, right: Right, handler: Handler, *, cost: int = 0) -> Route:
    return Route("GET", path, right, handler, cost=cost)


def post(path: str, right: Right, handler: Handler, form: int = 256 << 10, *, cost: int = 0) -> Route:
    return Route("POST", path, right, handler, form, cost)
