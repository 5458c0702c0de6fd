"""Names that refer to themselves by way of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def circles(refers: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """The circles among names, each once, starting at its first name in the given order."""
    found: list[tuple[str, ...]] = []
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = path[path.index(name) :]
            if not any(set(circle) == set(other) for other in found):
                found.append(circle)
        elif name not in done:
            for other in refers.get(name, ()):
                walk(other, (*path, name))
            done.add(name)

    for name in refers:
        walk(name, ())
    return found
