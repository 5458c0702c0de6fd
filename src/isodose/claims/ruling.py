"""What the edition that rules a course says of a line by itself, as columns over the row: payable, open, or on to the authorizations.

Nothing is decided here that the edition does not decide: its own ladder is asked, with its outcomes taken together by whether a claim
is payable under them. So what is missing is what decides that, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from weakref import WeakKeyDictionary

from isodose.claims.code_by_code import code_by_code
from isodose.claims.services import named_codes
from isodose.compile.answer import Flags, flags_of
from isodose.compile.expression import (
    ALWAYS,
    NEVER,
    Boolean,
    Choose,
    Column,
    Kind,
    Literal,
    Names,
    OneOf,
    Sentences,
    Value,
    all_of,
    any_of,
    negated,
)
from isodose.compile.rails import leaf_rails
from isodose.compile.rows.flat_case import Added, over_the_row, reigns
from isodose.compile.rows.merged import replaced
from isodose.compile.rows.reading import Columns, Reading, readings_of
from isodose.compile.rows.validity import inside, wrongs
from isodose.guideline.edition import Edition, Rung
from isodose.guideline.guideline import Guideline
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.tree import InList, leaves

COURSE = "isodose course"
"""The column with the first date of the course: the edition that rules it rules the line, and age is counted on it."""

REQUIRED, UNDETERMINED = "required", "undetermined"
"""What the edition says of a line that it does not make payable."""

REVIEWER = "a reviewer's judgement"

CONCERNED = "concerned"
"""Said of lines whose code some edition names, or whose code cannot be read: only those can be invalid."""

_PAYABLE = frozenset({Outcome.NOT_APPLICABLE, Outcome.NOT_REQUIRED, Outcome.COVERED_WITHOUT_REVIEW})


@dataclass(frozen=True, slots=True)
class _Ruling:
    """What one edition says: the outcomes under which a line is payable, what decides that, whether the code is undetermined."""

    payable: Mapping[Outcome, Boolean]
    missing: Mapping[str, Boolean]
    undetermined: Boolean


_MADE: WeakKeyDictionary[Guideline, dict[object, Added]] = WeakKeyDictionary()


def ruled(guideline: Guideline, columns: Columns, as_known_on: date | None, *, typed: bool) -> Added:
    """The columns: in ``outcome`` what the edition says, in ``missing`` the columns that decide it, in ``review_reason`` ``CONCERNED``.

    Made once for columns of the same kinds, as it takes longer than to answer one line.
    """
    made, asked = _MADE.setdefault(guideline, {}), (tuple(columns.items()), as_known_on, typed)
    if asked not in made:
        made[asked] = _ruled(guideline, columns, as_known_on, typed=typed)
    return made[asked]


def _ruled(guideline: Guideline, columns: Columns, as_known_on: date | None, *, typed: bool) -> Added:
    readings = readings_of(guideline, columns, typed=typed)
    asked_of_row = over_the_row(readings | dict(_on_the_course(guideline, readings)))
    by_code = code_by_code(readings["procedure_code"])
    course = Column(COURSE, Kind.DATE)
    found = [
        (
            inside(course, period),
            edition,
            _of_the_row(_ruling(guideline, edition), lambda asked: by_code(asked_of_row(asked))),
        )
        for period, edition in reigns(guideline, as_known_on)
    ]
    return Added(
        Choose((*_outcomes(found), (ALWAYS, Literal(Outcome.NOT_APPLICABLE.value)))),
        Choose(((_concerned(guideline, readings["procedure_code"]), Literal(CONCERNED)),)),
        Names(()),
        Choose((*((here, Names(tuple(one.missing.items()))) for here, _, one in found), (ALWAYS, Names(())))),
        Choose(tuple((here, Literal(edition.id)) for here, edition, _ in found)),
        Sentences(wrongs(guideline, readings)),
    )


def _outcomes(found: list[tuple[Boolean, Edition, _Ruling]]) -> Iterator[tuple[Boolean, Value]]:
    for here, _, one in found:
        for outcome, flag in one.payable.items():
            yield all_of((here, flag)), Literal(outcome.value)
        yield all_of((here, one.undetermined)), Literal(UNDETERMINED)
        yield here, Literal(REQUIRED)


def _on_the_course(guideline: Guideline, readings: Mapping[str, Reading]) -> Iterator[tuple[str, Reading]]:
    """The derived facts that rest on the date of service, as they are on the first date of the course."""
    service, course = readings["date_of_service"].value, Column(COURSE, Kind.DATE)
    for name, _ in guideline.derived:
        value = readings[name].value
        if value is not None and service is not None:
            yield name, replace(readings[name], value=replaced(value, service, course))  # type: ignore[arg-type]


def _concerned(guideline: Guideline, code: Reading) -> Boolean:
    return any_of((OneOf(code.value, named_codes(guideline)) if code.value else NEVER, negated(code.known)))


def _ruling(guideline: Guideline, edition: Edition) -> _Ruling:
    ladder = _as_far_as_it_pays(edition.ladder)
    flags = flags_of(guideline, replace(edition, ladder=tuple(map(_by_payment, ladder))))
    surely = flags.outcomes.get(Outcome.NOT_REQUIRED, NEVER)
    ways = {
        outcome: any_of(
            all_of((surely, first)) for rung, first in zip(ladder, flags.first, strict=True) if rung.outcome is outcome
        )
        for outcome in _PAYABLE
    }
    return _Ruling(ways, _missing(guideline, flags), _undetermined(edition))


def _as_far_as_it_pays(ladder: tuple[Rung, ...]) -> tuple[Rung, ...]:
    """The rungs up to the last under which a line is payable, and the very last, which holds of all else: those between say nothing of payment."""
    count = max((number for number, rung in enumerate(ladder, start=1) if rung.outcome in _PAYABLE), default=0)
    return ladder[:count] + ladder[count:][-1:]


def _by_payment(rung: Rung) -> Rung:
    """The rung with one outcome for all under which a line is payable, and another for all else."""
    if rung.outcome in _PAYABLE:
        return replace(rung, outcome=Outcome.NOT_REQUIRED, reason=None)
    return replace(rung, outcome=Outcome.CLINICAL_REVIEW, reason=Reason.JUDGEMENT)


def _missing(guideline: Guideline, flags: Flags) -> dict[str, Boolean]:
    """The columns that decide whether a line is payable by the edition alone."""
    found: dict[str, list[Boolean]] = {}
    for fact, flag in flags.missing.items():
        for column in _columns_of(guideline, fact):
            found.setdefault(column, []).append(flag)
    told = any_of(flags.missing.values())
    found[REVIEWER] = [all_of((flags.is_open, negated(told)))]
    joined = {column: any_of(ways) for column, ways in sorted(found.items())}
    return {column: flag for column, flag in joined.items() if flag is not NEVER}


def _columns_of(guideline: Guideline, fact: str) -> Iterator[str]:
    """The columns from which a fact is read; a derived one from those of its inputs, but the date that each line has."""
    formula = guideline.facts[fact].formula
    if formula is None:
        yield guideline.facts[fact].column
        return
    for one in formula.inputs:
        if one != "date_of_service":
            yield from _columns_of(guideline, one)


def _undetermined(edition: Edition) -> Boolean:
    """The code stands in a list of codes of which the plan has not said whether they need authorization."""
    lists = (leaf for tree in edition.trees for leaf in leaves(tree) if isinstance(leaf, InList))
    return any_of(leaf_rails(leaf).true for leaf in lists if leaf.list_name.rpartition(".")[2] == UNDETERMINED)


def _of_the_row(ruling: _Ruling, of_row: Callable[[Boolean], Boolean]) -> _Ruling:
    missing = {column: of_row(flag) for column, flag in ruling.missing.items()}
    return _Ruling(
        {outcome: of_row(flag) for outcome, flag in ruling.payable.items()},
        {column: flag for column, flag in missing.items() if flag is not NEVER},
        of_row(ruling.undetermined),
    )
