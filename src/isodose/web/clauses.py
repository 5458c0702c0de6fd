"""The clauses of a determination as pages list them in short: those at the top of the text, each with what is met below it."""

from __future__ import annotations

from typing import NamedTuple

from isodose.determination.finding import Finding, id_of
from isodose.determination.program import Determination
from isodose.determination.words import clause_of, name_of, truth_says
from isodose.guideline.truth import MET, NOT_MET


class Clause(NamedTuple):
    """A clause as the draft stands: the tone of its mark, and words."""

    id: str
    tone: str
    words: str
    below: tuple[Clause, ...] = ()


def clauses_of(answer: Determination) -> tuple[Clause, ...]:
    """The clauses at the top of the text that approve or exclude, each with those below it that are met."""
    return tuple(
        _clause(one, tuple(below for below in answer.clauses if _is_told_below(below, one)))
        for one in answer.clauses
        if "." not in id_of(one) and clause_of(one).kind in ("criterion", "limitation")
    )


def _is_told_below(finding: Finding, above: Finding) -> bool:
    return finding.truth is MET and id_of(finding).startswith(f"{id_of(above)}.")


def _clause(finding: Finding, below: tuple[Finding, ...] = ()) -> Clause:
    clause = clause_of(finding)
    words = f"{name_of(clause)} {truth_says(clause, finding.truth)}"
    return Clause(clause.id, _tone(finding), words, tuple(map(_clause, below)))


def _tone(finding: Finding) -> str:
    """A limitation that does not apply is quiet, one that does is a reviewer's."""
    if clause_of(finding).kind == "limitation":
        return {MET: "review", NOT_MET: "off"}.get(finding.truth, "unknown")
    return finding.truth.value
