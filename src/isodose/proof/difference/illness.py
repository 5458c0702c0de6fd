"""What diagnosis codes can say of the illness to several readers of one case at once: every state that real codes reach.

A reader is a guideline with its own map of diagnoses. All readers see the same codes, so where the codes belong for one of them
and for another hangs together; a difference is told for states that some list of codes has, and for no other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from isodose.compile.conditions.answer_classes import AnswerClass, Only
from isodose.compile.z3.code_kinds import CodeKind, CodeKinds
from isodose.determination.illness import CodeClass
from isodose.guideline.guideline import Guideline

MOST_STATES = 20_000
"""Of more states than this no difference is found."""

NOT_IN, PERHAPS, CLEARLY = _RANKS = ("not in it", "perhaps", "clearly")
"""How codes belong to a target."""

NO, YES = "no", "yes"
"""Whether they speak of the illness at all."""

Ranks = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """What codes say to one reader: those that a row of the map lists, and the others, which a treatment beside them sets aside.

    Each by target, how clearly it is said, and first of all whether anything is said of the illness at all.
    """

    is_treatment: bool
    listed: Ranks
    unlisted: Ranks

    def beside(self, other: _Part) -> _Part:
        """Both together."""
        return _Part(
            self.is_treatment or other.is_treatment,
            tuple(map(max, self.listed, other.listed)),
            tuple(map(max, self.unlisted, other.unlisted)),
        )

    @property
    def said(self) -> Ranks:
        """What is said in the end."""
        return self.listed if self.is_treatment else tuple(map(max, self.listed, self.unlisted))


_State = tuple[_Part, ...]

Said = tuple[Ranks, ...]
"""To each reader: whether the illness is spoken of, then how clearly the codes belong to each target."""


class IllnessStates:
    """The states that lists of codes have for some readers, as far as some targets (clauses and sets) are concerned."""

    def __init__(self, readers: Sequence[Guideline], targets: Sequence[str]) -> None:
        self.targets = tuple(targets)
        self.kinds = CodeKinds(readers)
        self._nothing = tuple(self._part(None) for _ in readers)

    def _part(self, code: CodeClass | None) -> _Part:
        none = (0,) * (len(self.targets) + 1)
        if code is None or code.home == "":
            return _Part(code is not None and code.is_treatment, none, none)
        ranks = (1, *(2 if one in code.clear else 1 if one in code.open else 0 for one in self.targets))
        return _Part(code.is_treatment, ranks, none) if code.home else _Part(code.is_treatment, none, ranks)

    @property
    def starts(self) -> set[str]:
        """Where what codes say may change, as codes are ordered."""
        return {start for classes in self.kinds.classes for start in classes.starts}

    def said_from(self, start: str) -> Said:
        """What a billable code says from there to the next start."""
        numbers = [classes.billable[bisect_right(classes.starts, start) - 1] for classes in self.kinds.classes]
        pairs = zip(self.kinds.classes, numbers, strict=True)
        return _said(tuple(self._part(classes.classes[number]) for classes, number in pairs))

    def _state_of(self, kind: CodeKind) -> _State:
        pairs = zip(self.kinds.classes, kind.classes, strict=True)
        return tuple(self._part(classes.classes[number]) for classes, number in pairs)

    @cached_property
    def witnesses(self) -> dict[Said, tuple[str, ...]]:
        """Every state that is reached, with as few codes as any that reach it. Raises ``TooManyStatesError``."""
        said: dict[Said, tuple[str, ...]] = {}
        for state, codes in self._reached().items():
            said.setdefault(_said(state), codes)
        return said

    def _reached(self) -> dict[_State, tuple[str, ...]]:
        """All states: those that one code more makes of those with one less, until there is no other."""
        single: dict[_State, str] = {}
        for kind in sorted(self.kinds.kinds, key=lambda kind: kind.is_heading):
            single.setdefault(self._state_of(kind), kind.code)
        reached: dict[_State, tuple[str, ...]] = {self._nothing: ()}
        newest: Iterable[_State] = [self._nothing]
        while newest:
            found: dict[_State, tuple[str, ...]] = {}
            for state in newest:
                for other, code in single.items():
                    both = tuple(map(_Part.beside, state, other))
                    if both not in reached:
                        found.setdefault(both, (*reached[state], code))
            reached |= found
            newest = list(found)
            if len(reached) > MOST_STATES:
                raise TooManyStatesError
        return reached


class TooManyStatesError(Exception):
    """Diagnoses can belong to so many lists in so many ways that not all of them can be looked at."""


def _said(state: _State) -> Said:
    return tuple(part.said for part in state)


def spoken(said: Said) -> AnswerClass:
    """Whether each reader is told of the illness, as one class."""
    return Only(tuple(YES if ranks[0] else NO for ranks in said))


def belonging(said: Said, target: int) -> AnswerClass:
    """How the codes belong to a target (by its place) for each reader, as one class."""
    return Only(tuple(_RANKS[ranks[target + 1]] for ranks in said))
