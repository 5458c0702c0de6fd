"""What a case's diagnosis codes say of the illness, by the guideline's map: which clauses and sets they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from isodose.determination.case import Judgement
from isodose.guideline.diagnoses import SAYS_NOTHING_OF_THE_ILLNESS, DiagnosisMap, Row, Status
from isodose.guideline.icd10cm import Release
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN, Truth


@dataclass(frozen=True, slots=True)
class Illness:
    """What a case's codes belong to.

    ``codes`` are those that speak of the illness, the others are set aside. ``clear`` and ``open`` are the clauses to which
    some code belongs clearly, or as an ambiguous one, each with those above it; ``homes`` those in which a code is clear,
    themselves.
    """

    codes: tuple[str, ...]
    clear: frozenset[str]
    open: frozenset[str]
    homes: frozenset[str]
    sets: DiagnosisMap
    release: Release

    def in_clause(self, clause: str) -> Truth:
        """Whether a diagnosis belongs to the clause or to one below it; unknown if no code speaks of the illness."""
        if clause in self.clear:
            return MET
        return UNKNOWN if clause in self.open or not self.codes else NOT_MET

    def in_set(self, name: str) -> Truth:
        """Whether a diagnosis belongs to the named set."""
        answer = NOT_MET if self.codes else UNKNOWN
        for code in self.codes:
            status = _status(self.sets.in_set(name, code), code, self.release)
            if status is Status.CLEAR:
                return MET
            if status is Status.AMBIGUOUS:
                answer = UNKNOWN
        return answer


def illness_from(
    codes: Iterable[str], diagnoses: DiagnosisMap, release: Release, judged: Mapping[str, Judgement]
) -> Illness:
    """Read the codes. ``judged`` holds a reviewer's findings on clauses that only ask for a diagnosis."""
    spoken = _that_speak([(code, diagnoses.in_clauses(code)) for code in codes])
    clear: set[str] = set()
    ambiguous: set[str] = set()
    for code, row in spoken:
        if row is not None:
            (clear if _status(row, code, release) is Status.CLEAR else ambiguous).add(row.home)
    if judged:
        clear |= {clause for clause, judgement in judged.items() if judgement.truth is MET}
        ambiguous = {home for home in ambiguous if not _is_ruled_out(home, judged)}
    return Illness(
        tuple(code for code, _ in spoken),
        frozenset(_with_those_above(clear)),
        frozenset(_with_those_above(ambiguous)),
        frozenset(clear),
        diagnoses,
        release,
    )


def _that_speak(found: list[tuple[str, Row | None]]) -> list[tuple[str, Row | None]]:
    """The codes that speak of the illness. Beside a treatment code, one without a row is set aside too."""
    rows = [row for _, row in found if row]
    is_treatment = any(row.status is Status.TREATMENT for row in rows)
    return [
        (code, row)
        for code, row in found
        if (row.status not in SAYS_NOTHING_OF_THE_ILLNESS if row else not is_treatment)
    ]


def _status(row: Row | None, code: str, release: Release) -> Status | None:
    """The row's status; a code that the release does not hold as billable is never clear."""
    if row is None or row.status is not Status.CLEAR:
        return row.status if row else None
    entry = release.find(code)
    return Status.CLEAR if entry and entry.billable else Status.AMBIGUOUS


def _is_ruled_out(home: str, judged: Mapping[str, Judgement]) -> bool:
    """Whether the nearest judgement on the clause or one above it says no."""
    nearest = next((judged[clause] for clause in _upwards(home) if clause in judged), None)
    return nearest is not None and nearest.truth is NOT_MET


def _with_those_above(clauses: set[str]) -> Iterator[str]:
    for clause in clauses:
        yield from _upwards(clause)


def _upwards(clause: str) -> Iterator[str]:
    while clause:
        yield clause
        clause = clause.rpartition(".")[0]
