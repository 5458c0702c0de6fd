"""What a difference states, held against the engine case by case; nothing here knows how a difference is found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tests.parity.combinations import Combinations

from isodose.compile.conditions.among import About, Among, Listing
from isodose.compile.conditions.answer_classes import NOT_ANSWERED, AnswerClass, AnyOther, Between, Only
from isodose.compile.expression import AllOf, AnyOf, Boolean, Constant, CountAtLeast, Not
from isodose.determination.case import Case, case_from
from isodose.determination.cells import JSON_CELLS
from isodose.determination.illness import Illness, Illnesses
from isodose.determination.program import Program
from isodose.guideline.edition import Edition
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.proof.difference.answers import INVALID, answer_of
from isodose.proof.difference.difference import Difference

Row = Mapping[str, object]

FIRST_DAY = date(2025, 1, 1)
"""Since when two editions are taken to rule, so that one is asked about the dates of the other."""

SHOWN = 3
"""Cases of which something wrong is said, as many as a reader wants to see."""


def combinations_of(guideline: Guideline, *editions: Edition) -> Combinations:
    """Every combination of classes that some of these editions tell apart, whichever dates they rule."""
    asked = tuple(replace(edition, effective=FIRST_DAY) for edition in editions)
    return Combinations(Program(replace(guideline, editions=asked)))


class Stated:
    """The sentences of a difference, to be asked of cases."""

    def __init__(self, difference: Difference) -> None:
        assert difference.comparison
        comparison = difference.comparison
        guidelines = difference.old.guideline, difference.new.guideline
        self._programs = [Program(one) for one in guidelines]
        self._reads = max(guidelines, key=lambda one: len(one.facts))
        self._universe = comparison.space.universe
        self._places = {about: place for place, about in enumerate(self._universe)}
        self._told = [
            ((change.before, change.after), self._compiled(comparison.condition(change)))
            for change in difference.changes
        ]
        self._illnesses = [Illnesses(one.diagnoses, one.release) for one in comparison.space.readers]
        self._known: dict[tuple[About, object], int] = {}

    def wrong(self, rows: Iterable[Row]) -> list[Row]:
        """The first cases of which something wrong is said."""
        return [row for row, _ in zip((row for row in rows if not self.is_right(row)), range(SHOWN), strict=False)]

    def is_right(self, row: Row) -> bool:
        """Whether exactly one sentence tells of a case that differs, and rightly, and none of any other."""
        case = case_from(row, self._reads, JSON_CELLS)
        before, after = (answer_of(program.determine_case(case)) for program in self._programs)
        if before == INVALID == after:
            return True  # sentences speak of requests that are valid
        point = self._point(case)
        told = [change for change, is_told in self._told if is_told(point)]
        return told == ([] if before == after else [(before, after)])

    def _point(self, case: Case) -> Sequence[int]:
        """The number of the class of each answer."""
        codes = case.facts.get(DIAGNOSIS)
        said = [illnesses.of(codes if isinstance(codes, tuple) else ()) for illnesses in self._illnesses]
        return [self._class(about, codes, said, case) for about in self._universe]

    def _class(self, about: About, codes: object, said: list[Illness], case: Case) -> int:
        value = codes if isinstance(about, Listing) or about == DIAGNOSIS else case.facts.get(about)
        key = about, value
        if key not in self._known:
            classes = self._universe[about]
            if isinstance(about, Listing) or about == DIAGNOSIS:
                found: AnswerClass = Only(tuple(_belongs(about, one) for one in said))
            else:
                found = next(one for one in classes if _is_in(value, one, classes))
            self._known[key] = classes.index(found)
        return self._known[key]

    def _compiled(self, condition: Boolean) -> Callable[[Sequence[int]], bool]:
        """The condition as Python says it, which is quick."""
        function: Callable[[Sequence[int]], bool] = eval(f"lambda point: {self._python(condition)}")  # noqa: S307 (our own)
        return function

    def _python(self, asked: Boolean) -> str:
        match asked:
            case Constant(value):
                return str(value)
            case Not(part):
                return f"(not {self._python(part)})"
            case AllOf(parts):
                return f"({' and '.join(map(self._python, parts))})"
            case AnyOf(parts):
                return f"({' or '.join(map(self._python, parts))})"
            case CountAtLeast(count, parts):
                return f"({' + '.join(map(self._python, parts))} >= {count})"
            case Among(about, classes):
                numbers = sorted(self._universe[about].index(one) for one in classes)
                return f"(point[{self._places[about]}] in {{{', '.join(map(str, numbers))}}})" if numbers else "False"
            case _:
                raise AssertionError(f"{asked} is no condition over answers")


def _belongs(about: About, said: Illness) -> str:
    if not isinstance(about, Listing):
        return "yes" if said.is_spoken_of else "no"
    return "clearly" if about.target in said.clear else "perhaps" if about.target in said.open else "not in it"


def _is_in(value: object, one: AnswerClass, classes: Sequence[AnswerClass]) -> bool:
    """Whether a fact's value is in a class, among all classes that there are."""
    if value is None:
        return one == NOT_ANSWERED
    if isinstance(one, Only):
        return one.value == value and type(one.value) is type(value)
    if isinstance(one, AnyOther):
        return not any(_is_in(value, other, classes) for other in classes if not isinstance(other, AnyOther))
    return isinstance(value, (int, Fraction, date)) and _lies_between(value, one)


def _lies_between(value: object, one: Between) -> bool:
    return (one.low is None or one.low < value) and (one.high is None or value < one.high)  # type: ignore[operator]
