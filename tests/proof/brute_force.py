"""What a difference states, held against the engine case by case; nothing here knows how a difference is found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from tests.parity.combinations import Combinations

from isodose.compile.conditions.among import About, Among, Listing
from isodose.compile.conditions.answer_classes import NOT_ANSWERED, AnswerClass, AnyOther, Between, Only
from isodose.compile.expression import AllOf, AnyOf, Boolean, Constant, CountAtLeast, Not
from isodose.determination.case import Case, case_from
from isodose.determination.cells import JSON_CELLS
from isodose.determination.illness import Illness, Illnesses
from isodose.determination.program import Program
from isodose.determination.values import Value
from isodose.guideline.guideline import DIAGNOSIS
from isodose.proof.difference.answers import INVALID, Answer, answer_of
from isodose.proof.difference.difference import Difference
from isodose.proof.difference.units import Version

Row = Mapping[str, object]

FIRST_DAY = date(2025, 1, 1)
"""Since when two editions are taken to rule, so that one is asked about the dates of the other."""

SHOWN = 3
"""Cases of which something wrong is said, as many as a reader wants to see."""


def combinations_of(*versions: Version) -> Combinations:
    """Every combination of classes that some of these tell apart, whichever dates they rule; the first has all facts."""
    return Combinations(*map(_since_first_day, versions))


def _since_first_day(version: Version) -> Program:
    edition = replace(version.edition, effective=FIRST_DAY)
    return Program(replace(version.guideline, editions=(edition,)))


class Stated:
    """The sentences of a difference, to be asked of cases: ``told`` are the changes, each with when it is told."""

    def __init__(self, difference: Difference) -> None:
        assert difference.comparison
        comparison = difference.comparison
        guidelines = difference.old.guideline, difference.new.guideline
        self._programs = [Program(one) for one in guidelines]
        self._reads = max(guidelines, key=lambda one: len(one.facts))
        self.universe = comparison.space.universe
        self._places = {about: place for place, about in enumerate(self.universe)}
        self.told = [((change.before, change.after), comparison.condition(change)) for change in difference.changes]
        self._illnesses = [Illnesses(one.diagnoses, one.release) for one in comparison.space.readers]
        self._known: dict[tuple[About, object], int] = {}

    def wrong(self, rows: Iterable[Row]) -> list[Row]:
        """The first cases of which something wrong is said."""
        return [row for row, _ in zip((row for row in rows if not self.is_right(row)), range(SHOWN), strict=False)]

    def is_right(self, row: Row) -> bool:
        """Whether exactly one sentence tells of a case that differs, and rightly, and none of any other."""
        case = self.read(row)
        before, after = self.answers(case)
        if before == INVALID == after:
            return True  # sentences speak of requests that are valid
        point = [self.class_of(about, case.facts) for about in self.universe]
        told = [change for change, is_told in self._compiled if is_told(point)]
        return told == ([] if before == after else [(before, after)])

    def read(self, row: Row) -> Case:
        """The case of a row, with the facts that either edition reads."""
        return case_from(row, self._reads, JSON_CELLS)

    def answers(self, case: Case) -> tuple[Answer, Answer]:
        """What the engine answers under either edition."""
        old, new = self._programs
        return answer_of(old.determine_case(case)), answer_of(new.determine_case(case))

    def class_of(self, about: About, facts: Mapping[str, Value]) -> int:
        """The number of the class of one answer."""
        is_of_codes = isinstance(about, Listing) or about == DIAGNOSIS
        value = facts.get(DIAGNOSIS if isinstance(about, Listing) else about)
        key = about, value
        if key not in self._known:
            classes = self.universe[about]
            if is_of_codes:
                said = [illnesses.of(value if isinstance(value, tuple) else ()) for illnesses in self._illnesses]
                found: AnswerClass = Only(tuple(_belongs(about, one) for one in said))
            else:
                found = next(one for one in classes if _is_in(value, one, classes))
            self._known[key] = classes.index(found)
        return self._known[key]

    @cached_property
    def _compiled(self) -> list[tuple[tuple[Answer, Answer], Callable[[Sequence[int]], bool]]]:
        """Each change with when it is told, as Python says it, which is quick."""
        return [
            (change, eval(f"lambda point: {self._python(condition)}"))  # noqa: S307 (our own)
            for change, condition in self.told
        ]

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
                numbers = sorted(self.universe[about].index(one) for one in classes)
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
