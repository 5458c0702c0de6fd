"""One dated text of a guideline: its clauses with their rules, its data, its readings, and the ladder that orders them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from isodose.guideline.document import Piece
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.problem import Place
from isodose.guideline.tree import Node, is_below


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered piece of the text with its condition.

    ``kind`` is what the ladder makes of it: ``criterion`` (can be met), ``limitation`` (excludes), ``scope`` (whether the
    text speaks of the case at all), or ``passage`` where no rung reaches it. ``quote`` is the text's own words without the
    number. ``readings`` are the ids of those that stand beside it.
    """

    id: str
    title: str
    quote: str
    kind: str
    rule: Node
    readings: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: where ``when`` is met, the outcome; ``grants`` what the text grants (period, units)."""

    when: Node
    outcome: Outcome
    reason: Reason | None
    grants: Mapping[str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """How an unclear place is read, why, who answers for it and since when, and what else it could mean.

    ``no_case`` says why no worked case can show it; empty where one does.
    """

    id: str
    read_as: str
    because: str
    answered_by: str
    since: date
    could_also_mean: tuple[str, ...]
    unclear: str
    quote: str
    settles: tuple[str, ...]
    no_case: str
    place: Place


Plain = str | list["Plain"] | dict[str, "Plain"]
"""What a data block states: text, lists and mappings of text."""


@dataclass(frozen=True, slots=True)
class Data:
    """What a paragraph states as data."""

    name: str
    value: Plain
    place: Place


@dataclass(frozen=True, slots=True)
class Aside:
    """Why the text before it is neither rule nor datum."""

    why: str
    place: Place


Passage = Piece | Clause | Data | Reading | Aside


@dataclass(frozen=True, eq=False)
class Edition:
    """One dated text. ``passages`` holds text and blocks in the file's order; two editions are never equal.

    ``reconstructed`` says that the published text is not held, ``criteria_held`` whether the criteria's wording is.
    ``published`` is the file of the published text, in the guideline's folder.
    """

    guideline: str
    title: str
    plan: str
    effective: date
    decided: date
    id: str
    reconstructed: bool
    criteria_held: bool
    ladder: tuple[Rung, ...]
    clauses: Mapping[str, Clause]
    data: Mapping[str, Data]
    readings: Mapping[str, Reading]
    passages: tuple[Passage, ...]
    file: str
    published: str | None

    def data_names(self, name: str) -> tuple[str, ...]:
        """The names that a data block states: the products of `products`, for one."""
        stated = self.data.get(name)
        return tuple(stated.value) if stated and isinstance(stated.value, dict) else ()

    def parts_stated(self, name: str) -> tuple[tuple[Data, str, Plain], ...]:
        """The parts of the data block of that name and of then of those below it (``codes.X``), each with its block."""
        return tuple(
            (data, part, value)
            for data in sorted(self.data.values(), key=lambda data: data.name != name)
            if is_below(data.name, name) and isinstance(data.value, dict)
            for part, value in data.value.items()
        )

    @property
    def trees(self) -> tuple[Node, ...]:
        """All rule trees: the ladder's conditions, then the clauses'."""
        return (*(rung.when for rung in self.ladder), *(clause.rule for clause in self.clauses.values()))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The text itself."""
        return tuple(passage for passage in self.passages if isinstance(passage, Piece))


def edition_id(effective: date, decided: date, *, is_shared: bool) -> str:
    """``2025-10-01``, or ``2025-01-01@2025-02-05`` where editions share the effective date."""
    return f"{effective}@{decided}" if is_shared else str(effective)
