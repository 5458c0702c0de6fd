"""An interview as a form holds it: asked from the top, with the answers that a case has, without a form."""

from collections.abc import Mapping

from isodose.compile.conditions.among import About, Among, Listing
from isodose.compile.conditions.answer_classes import (
    CLEAR,
    NOT_ANSWERED,
    NOT_IN,
    PERHAPS,
    SPEAKS,
    AnswerClass,
    AnyOther,
    Between,
    Only,
)
from isodose.compile.conditions.asked import Interview
from isodose.compile.expression import AllOf, AnyOf, Boolean, Constant
from isodose.determination.case import case_from
from isodose.determination.cells import JSON_CELLS
from isodose.determination.illness import Illness, Illnesses
from isodose.determination.values import ABSENT
from isodose.guideline.guideline import DIAGNOSIS, Guideline

Row = Mapping[str, object]


class Interviewer:
    """Asks the questions of an interview."""

    def __init__(self, guideline: Guideline, interview: Interview) -> None:
        self.guideline = guideline
        self.interview = interview
        self._illnesses = Illnesses(guideline.diagnoses, guideline.release)

    def told(self, row: Row) -> dict[str, object]:
        """The answers of the row to those questions that are asked, each in the light of the answers above it."""
        told: dict[str, object] = {}
        for question in self.interview.questions:
            if self.is_asked(question.when, told) and row.get(question.fact.column) is not None:
                told[question.fact.column] = row[question.fact.column]
        return told

    def asked(self, told: Row) -> list[str]:
        """The columns that are asked."""
        return [one.fact.column for one in self.interview.questions if self.is_asked(one.when, told)]

    def is_asked(self, when: Boolean, told: Row) -> bool:
        facts = case_from(told, self.guideline, JSON_CELLS).facts
        illness = self._illnesses.of(facts.get(DIAGNOSIS, ()))  # type: ignore[arg-type]
        return self._holds(when, facts, illness)

    def _holds(self, when: Boolean, facts: Mapping[str, object], illness: Illness) -> bool:
        match when:
            case Constant(value):
                return value
            case AllOf(parts):
                return all(self._holds(part, facts, illness) for part in parts)
            case AnyOf(parts):
                return any(self._holds(part, facts, illness) for part in parts)
            case Among(about, classes):
                return self._class(about, facts, illness) in classes
            case _:
                raise AssertionError(when)

    def _class(self, about: About, facts: Mapping[str, object], illness: Illness) -> AnswerClass:
        if isinstance(about, Listing):
            is_held = CLEAR in self.interview.universe[about]
            if about.target in illness.clear:
                return CLEAR if is_held else PERHAPS
            return PERHAPS if about.target in illness.open else NOT_IN
        if about == DIAGNOSIS:
            return SPEAKS if illness.is_spoken_of else NOT_ANSWERED
        if about not in facts:
            return NOT_ANSWERED
        return next(one for one in self.interview.universe[about] if _is_in(facts[about], one))


def _is_in(value: object, one: AnswerClass) -> bool:
    if isinstance(one, Only):
        return bool(one.value == value)
    if isinstance(one, AnyOther):
        return value is not ABSENT  # it comes after all words that are named
    assert isinstance(one, Between)
    if value is ABSENT:
        return False
    return (one.low is None or one.low < value) and (one.high is None or value < one.high)  # type: ignore[operator]
