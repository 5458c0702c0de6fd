"""What a case's diagnosis codes say of the illness, by the guideline's map: which clauses and sets they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from isodose.determination.case import Judgement
from isodose.determination.remembered import Remembered
from isodose.guideline.diagnoses import SAYS_NOTHING_OF_THE_ILLNESS, DiagnosisMap, Row, Status
from isodose.guideline.icd10cm import Release
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN, Truth

NOWHERE: frozenset[str] = frozenset()


class CodeClass(NamedTuple):
    """What one code belongs to: clauses, each with those above it, and sets, clearly or as an ambiguous one.

    ``home`` is the clause of its row in the map, None if it has no row, empty if it says nothing of the illness
    (``is_treatment``: but implies that the illness is coded beside it).
    """

    home: str | None
    is_treatment: bool
    clear: frozenset[str]
    open: frozenset[str]


class Illness(NamedTuple):
    """What all codes together belong to. ``homes`` are the clauses in which a code is clear, themselves.

    ``is_spoken_of`` says whether any code speaks of the illness; the others are set aside.
    """

    is_spoken_of: bool
    clear: frozenset[str]
    open: frozenset[str]
    homes: frozenset[str]

    def truth(self, target: str) -> Truth:
        """Whether a diagnosis belongs to the clause, or to one below it, or to the set."""
        if target in self.clear:
            return MET
        return UNKNOWN if target in self.open or not self.is_spoken_of else NOT_MET


class Illnesses:
    """Reads codes by one guideline's map and release; what a code belongs to is found once."""

    def __init__(self, diagnoses: DiagnosisMap, release: Release) -> None:
        self._diagnoses = diagnoses
        self._release = release
        self.class_of: Callable[[str], CodeClass] = Remembered(self._class_of, 1 << 16).__getitem__
        self._classes: dict[CodeClass, CodeClass] = {}

    def of(self, codes: Iterable[str]) -> Illness:
        """What the codes say. A leaf is met if any code is clear in it, not met if none is clear or ambiguous in it."""
        return illness_from([self.class_of(code) for code in codes])

    def judged(self, codes: Iterable[str], judgements: Mapping[str, Judgement]) -> Illness:
        """What the codes say with a reviewer's findings on lists that they leave unknown; each counts for the lists above."""
        spoken = [_without_ruled_out(code, judgements) for code in _that_speak([self.class_of(code) for code in codes])]
        found = {clause for clause, judgement in judgements.items() if judgement.truth is MET}
        return Illness(
            bool(spoken),
            NOWHERE.union(_with_those_above(found), *(code.clear for code in spoken)),
            NOWHERE.union(*(code.open for code in spoken)),
            _homes(spoken) | found,
        )

    def _class_of(self, code: str) -> CodeClass:
        row = self._diagnoses.in_clauses(code)
        clear, ambiguous = set[str](), set[str]()
        for target, row_of_target in self._rows(code, row):
            (clear if self._is_clear(row_of_target, code) else ambiguous).add(target)
        is_treatment = row is not None and row.status is Status.TREATMENT
        found = CodeClass(row.home if row else None, is_treatment, frozenset(clear), frozenset(ambiguous))
        return self._classes.setdefault(found, found)  # few, and told apart quickly if those that are equal are one

    def _rows(self, code: str, row: Row | None) -> Iterator[tuple[str, Row]]:
        """Each clause and set that the code is in, with the row that puts it there."""
        if row and row.status not in SAYS_NOTHING_OF_THE_ILLNESS:
            yield from ((clause, row) for clause in _upwards(row.home))
        for name in self._diagnoses.of_sets:
            if found := self._diagnoses.in_set(name, code):
                yield name, found

    def _is_clear(self, row: Row, code: str) -> bool:
        """A code that the release does not hold as billable is never clear."""
        entry = self._release.find(code) if row.status is Status.CLEAR else None
        return entry is not None and entry.billable


def illness_from(codes: Sequence[CodeClass]) -> Illness:
    """What codes of these classes say together."""
    spoken = _that_speak(codes)
    return Illness(
        bool(spoken),
        NOWHERE.union(*(code.clear for code in spoken)),
        NOWHERE.union(*(code.open for code in spoken)),
        _homes(spoken),
    )


def _that_speak(codes: Sequence[CodeClass]) -> list[CodeClass]:
    """The codes that speak of the illness. Beside a treatment code, one without a row is set aside too."""
    if any(code.is_treatment for code in codes):
        return [code for code in codes if code.home]
    return [code for code in codes if code.home != ""]


def _homes(codes: list[CodeClass]) -> frozenset[str]:
    return frozenset([code.home for code in codes if code.home and code.home in code.clear])


def _without_ruled_out(code: CodeClass, judgements: Mapping[str, Judgement]) -> CodeClass:
    """The code without the clauses that the nearest judgement on its home, or above, says it does not belong to."""
    nearest = next((judgements[clause] for clause in _upwards(code.home or "") if clause in judgements), None)
    if nearest is None or nearest.truth is MET or code.home in code.clear:
        return code
    return code._replace(open=code.open.difference(_upwards(code.home or "")))


def _with_those_above(clauses: set[str]) -> Iterator[str]:
    for clause in clauses:
        yield from _upwards(clause)


def _upwards(clause: str) -> Iterator[str]:
    while clause:
        yield clause
        clause = clause.rpartition(".")[0]
