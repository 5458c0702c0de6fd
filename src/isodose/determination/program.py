"""A guideline ready to determine cases: what was sent, which edition, what is met, what is possible, what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from isodose.determination.basis import basis_from
from isodose.determination.case import Case, case_from
from isodose.determination.cells import JSON_CELLS, Cells, Wrong
from isodose.determination.evaluate import Evaluation, Evaluator
from isodose.determination.finding import Finding
from isodose.determination.illness import Illnesses
from isodose.determination.possible import Open
from isodose.determination.validity import problems_of
from isodose.guideline.choose import edition_on
from isodose.guideline.edition import Edition, Rung
from isodose.guideline.guideline import Guideline
from isodose.guideline.outcome import Outcome, Reason

_REMEMBERED = 1 << 12
"""Days of which is kept at hand which edition rules."""


class Determination(NamedTuple):
    """The engine's answer to a case; a value that is never edited.

    ``clauses`` are the findings of every clause in the text's order, ``rungs`` those of the ladder, ``open`` the unknown
    leaves that decide between outcomes, in the order in which to ask. ``rung`` is the one that decided, None where no
    edition rules or something is open. ``basis`` and ``missing`` are sorted. ``as_known_on`` is the day that was asked for
    where no edition rules.
    """

    guideline: Guideline
    edition: Edition | None
    case: Case
    outcome: Outcome
    review_reason: Reason | None = None
    basis: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    problems: tuple[Wrong, ...] = ()
    clauses: tuple[Finding, ...] = ()
    rungs: tuple[Finding, ...] = ()
    open: tuple[Open, ...] = ()
    rung: Rung | None = None
    notes: tuple[str, ...] = ()
    as_known_on: date | None = None


class Program:
    """A loaded guideline, safe to share: it keeps nothing of the cases that it determines."""

    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        illnesses = Illnesses(guideline.diagnoses, guideline.release)
        self._edition_on = lru_cache(_REMEMBERED)(partial(edition_on, guideline.editions))
        self._evaluators = {edition: Evaluator(guideline, edition, illnesses) for edition in guideline.editions}

    def determine(
        self, row: Mapping[str, object], as_known_on: date | None = None, cells: Cells = JSON_CELLS
    ) -> Determination:
        """The determination of one flat case: column to value, typed as in JSON (or as text, with ``TEXT_CELLS``)."""
        guideline = self.guideline
        return self.determine_case(case_from(row, guideline, cells), as_known_on)

    def determine_case(self, case: Case, as_known_on: date | None = None) -> Determination:
        """The determination of a case that has been read."""
        guideline = self.guideline
        problems = problems_of(case, guideline)
        if problems:
            return Determination(guideline, None, case, Outcome.INVALID, problems=problems, notes=case.notes)
        service = case.facts["date_of_service"]
        assert isinstance(service, date), "a case without a date of service is invalid"
        edition = self._edition_on(service, as_known_on)
        if edition is None:
            return Determination(
                guideline, None, case, Outcome.NOT_APPLICABLE, notes=case.notes, as_known_on=as_known_on
            )
        return _determined(guideline, edition, case, self._evaluators[edition].evaluate(case, service))


def _determined(guideline: Guideline, edition: Edition, case: Case, evaluation: Evaluation) -> Determination:
    answer = evaluation.answer
    return Determination(
        guideline,
        edition,
        case,
        answer.outcome,
        answer.reason,
        basis_from(evaluation.grounds, evaluation.illness.homes),
        answer.missing,
        (),
        evaluation.clauses,
        evaluation.rungs,
        answer.open,
        None if answer.open else edition.ladder[answer.rung],
        case.notes + _unused(case, evaluation) if case.judgements else case.notes,
    )


def _unused(case: Case, evaluation: Evaluation) -> tuple[str, ...]:
    """A judgement replaces an unknown, never a known, truth: one that could replace nothing is said, not dropped."""
    return tuple(
        f"the judgement on `{target}` has no effect: the facts settle it already, or nothing asks it"
        for target in case.judgements
        if target not in evaluation.used
    )
