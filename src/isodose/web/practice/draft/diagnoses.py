"""What each service line treats: all diagnoses of the request, or those of them that are ticked for the line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isodose.guideline.diagnoses import with_dot
from isodose.guideline.guideline import Guideline
from isodose.guideline.text import as_code
from isodose.store.event import Json
from isodose.web.details import OF_LINE, OF_LINES, SIDES
from isodose.web.practice.draft.problem import Problem
from isodose.web.practice.draft.typed import DIAGNOSIS, Typed


@dataclass(frozen=True, slots=True)
class Treats:
    """A line's fields about what it treats: ``own`` are the codes that are ticked for it, ``told`` its side and target."""

    number: int
    key: str
    own: tuple[str, ...]
    told: dict[str, str]


def treats(typed: Typed) -> tuple[Treats, ...]:
    """What each line treats, where there is a choice: several lines, and several diagnoses."""
    if len(typed.lines) == 1 or len(_chosen(typed)) < 2:  # noqa: PLR2004
        return ()
    return tuple(
        Treats(number, key, own_diagnoses(typed, key), {name: typed.text(f"{name}-{key}") for name in OF_LINE})
        for number, key in enumerate(typed.lines, 1)
    )


def own_diagnoses(typed: Typed, key: str) -> tuple[str, ...]:
    """The diagnoses of the request that are ticked for a line; none: it treats all of them."""
    ticked = typed.texts(f"{DIAGNOSIS}-{key}") if len(typed.lines) > 1 else ()
    return tuple(code for code in _chosen(typed) if code in ticked)


def read_diagnoses(typed: Typed, guideline: Guideline, key: str) -> dict[str, Json]:
    """The diagnoses of a line, as a column of the flat case; nothing if none is chosen."""
    chosen = own_diagnoses(typed, key) or _chosen(typed)
    codes = [with_dot(as_code(code).replace(".", "")) for code in chosen]
    return {guideline.facts[DIAGNOSIS].column: codes} if codes else {}


def read_of_lines(typed: Typed) -> dict[str, Json]:
    """Side and target of the lines that have a diagnosis of their own, as a request's details have them."""
    told: list[Json] = [
        {"line": str(one.number), **{name: said for name, said in one.told.items() if said}}
        for one in treats(typed)
        if one.own and any(one.told.values())
    ]
    return {OF_LINES: told} if told else {}


def diagnosis_problems(typed: Typed) -> Iterator[Problem]:
    if not _chosen(typed):
        yield Problem("find", "Choose the diagnosis that is treated", lacks=True)
    for one in treats(typed):
        if (side := one.told["laterality"]) and side not in SIDES:
            yield Problem(f"laterality-{one.key}", "Choose one of the sides that are listed")
    lines = treats(typed)
    if lines and all(one.own for one in lines):
        for code in _chosen(typed):
            if not any(code in one.own for one in lines):
                yield Problem(f"{DIAGNOSIS}-{lines[0].key}", f"No line treats {code}: tick it for one, or remove it")


def _chosen(typed: Typed) -> tuple[str, ...]:
    return tuple(dict.fromkeys(typed.texts(DIAGNOSIS)))
