"""The conditions of an interview as FHIRPath, as a form evaluates it over its own QuestionnaireResponse.

Every condition is true or false, never empty. Variables hold the answers as the engine reads them (trimmed, codes in upper case),
so a code that is typed in lower case hides nothing that matters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from itertools import chain, count

from isodose.compile.conditions.among import About, Among, Classes, Listing
from isodose.compile.conditions.answer_classes import (
    CLEAR,
    NOT_ANSWERED,
    NOT_IN,
    AnswerClass,
    AnyOther,
    Only,
)
from isodose.compile.conditions.asked import Interview, Question
from isodose.compile.conditions.diagnosis_lists import Held, Ranges
from isodose.compile.expression import ALWAYS, AllOf, AnyOf, Boolean
from isodose.compile.questionnaire.fhirpath_answers import ABSENT_ITEM, given, has_box, offers_words, reading, word_of
from isodose.compile.questionnaire.fhirpath_terms import in_codes, in_ranges, negated, one_of, runs_of, spanning, within
from isodose.determination.values import ABSENT
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.formula import Formula
from isodose.guideline.guideline import DIAGNOSIS, Guideline

_LONGEST_NAME = 60


class Conditions:
    """The conditions of an interview, by column, and the ``variables`` that they use, each after those that it uses itself."""

    def __init__(self, guideline: Guideline, interview: Interview) -> None:
        self._facts = guideline.facts
        self._universe = interview.universe
        self._lists = interview.lists
        self.variables: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self.by_column: dict[str, str] = {}
        asked = [question for question in interview.questions if question.when is not ALWAYS]
        for number, question in enumerate(asked):
            self.by_column[question.fact.column] = self._condition(question, asked[:number])

    def _condition(self, question: Question, earlier: Sequence[Question]) -> str:
        """The condition; where that of an earlier question is the most of it, this part by its name."""
        parts = _conjuncts(question.when)
        shared = [one for one in earlier if set(_conjuncts(one.when)) <= set(parts)]
        if not shared:
            return self._all(parts)
        longest = max(shared, key=lambda one: len(_conjuncts(one.when)))
        rest = [part for part in parts if part not in _conjuncts(longest.when)]
        name = self._variable(f"asks_{longest.fact.column}", lambda: self.by_column[longest.fact.column])
        return " and ".join(filter(None, (name, self._all(rest))))

    def _variable(self, words: str, expression: Callable[[], str]) -> str:
        """A variable by the words that name it; it is defined where it is used first, after those that it uses itself."""
        if words not in self._names:
            written = expression()
            self._names[words] = _name(words, self.variables)
            self.variables[self._names[words]] = written
        return f"%{self._names[words]}"

    def _all(self, parts: Iterable[Boolean]) -> str:
        return " and ".join(map(self._part, parts))

    def _part(self, part: Boolean) -> str:
        if isinstance(part, AnyOf):
            return f"({' or '.join(map(self._part, part.parts))})"
        if isinstance(part, AllOf):
            return f"({self._all(part.parts)})"
        assert isinstance(part, Among), f"{part} is no condition over answers"
        return self._among(part.about, part.classes)

    def _among(self, about: About, classes: Classes) -> str:
        """What is said of no answer is said by what an answer would not be."""
        is_not = bool(classes & {NOT_ANSWERED, NOT_IN})
        said = [one for one in self._universe[about] if (one in classes) is not is_not]
        text = self._belongs(about.target, said) if isinstance(about, Listing) else self._answered(about, said)
        return negated(text) if is_not else text

    def _answered(self, name: str, classes: list[AnswerClass]) -> str:
        if name == DIAGNOSIS:
            return self._variable("codes_speak", lambda: self._in_ranges(self._lists.that_speak))
        fact = self._facts[name]
        if len(classes) == len(self._universe[name]) - 1:
            return self._is_known(fact)
        terms = [self._is_absent(fact)] if Only(ABSENT) in classes and not offers_words(fact) else []
        present = [one for one in classes if one != Only(ABSENT) or offers_words(fact)]
        if present:
            terms.append(self._is_one_of(fact, present))
        return terms[0] if len(terms) == 1 else f"({' or '.join(terms)})"

    def _is_one_of(self, fact: Fact, classes: list[AnswerClass]) -> str:
        if fact.formula:
            return self._spans(fact, fact.formula, classes)
        if fact.type in (FactType.NUMBER, FactType.DATE):
            terms = [within(run) for run in runs_of(self._universe[fact.name], classes)]
            return f"{self._answer(fact)}.where({' or '.join(terms)}).exists()"
        return f"{self._answer(fact)}.where({self._is_word(fact, classes)}).exists()"

    def _is_word(self, fact: Fact, classes: list[AnswerClass]) -> str:
        if AnyOther() not in classes:
            return one_of([word_of(fact, one) for one in classes])
        others = [one for one in self._universe[fact.name] if one not in (*classes, NOT_ANSWERED)]
        return f"({one_of([word_of(fact, one) for one in others])}).not()"

    def _spans(self, fact: Fact, formula: Formula, classes: list[AnswerClass]) -> str:
        start, end = self._facts[formula.first], self._facts[formula.second]
        unit = formula.kind.removeprefix("whole ")
        until = self._answer(end)
        terms = [spanning(run, until, unit) for run in runs_of(self._universe[fact.name], classes)]
        return f"{self._answer(start)}.where({' or '.join(terms)}).exists()"

    def _answer(self, fact: Fact) -> str:
        return self._variable(fact.column, lambda: reading(fact))

    def _is_known(self, fact: Fact) -> str:
        if fact.formula:
            return f"({' and '.join(self._is_known(self._facts[name]) for name in fact.formula.inputs)})"
        exists = f"{self._answer(fact)}.exists()"
        return f"({exists} or {self._is_absent(fact)})" if has_box(fact) else exists

    def _is_absent(self, fact: Fact) -> str:
        if fact.formula:
            inputs = [self._facts[name] for name in fact.formula.inputs]
            absent = " or ".join(self._is_absent(one) for one in inputs if one.absent)
            return f"({self._is_known(fact)} and ({absent}))"
        box = self._variable(f"{fact.column}_absent", lambda: given(fact.column + ABSENT_ITEM))
        return f"{box}.where($this = true).exists()"

    def _belongs(self, target: str, classes: list[AnswerClass]) -> str:
        """How the diagnosis codes belong to a clause or set; that they do not is said by its opposite."""
        clear = self._lists.clear_in(target) if CLEAR in self._universe[Listing(target)] else None
        if classes == [CLEAR]:
            assert clear, "only a list that is held is asked"
            return self._clear(target, clear)
        possible = self._variable(f"possible_in_{target}", lambda: self._in_ranges(self._lists.possible_in(target)))
        if CLEAR in classes or clear is None:
            return possible
        return f"({possible} and {negated(self._clear(target, clear))})"

    def _clear(self, target: str, clear: Held) -> str:
        return self._variable(f"clear_in_{target}", lambda: self._said(in_codes(clear.always), in_codes(clear.alone)))

    def _in_ranges(self, ranges: Ranges) -> str:
        return self._said(in_ranges(ranges.always), in_ranges(ranges.alone))

    def _said(self, always: str, alone: str) -> str:
        """That a code says it, always, or where no code stands for a treatment."""
        terms = [f"{self._diagnoses()}.where({always}).exists()"] if always else []
        if alone:
            none = f"{self._diagnoses()}.where({in_ranges(self._lists.treatments)}).empty()"
            terms.append(f"({self._diagnoses()}.where({alone}).exists() and {none})")
        return " or ".join(terms) or "false"

    def _diagnoses(self) -> str:
        return self._answer(self._facts[DIAGNOSIS])


def _conjuncts(when: Boolean) -> tuple[Boolean, ...]:
    return when.parts if isinstance(when, AllOf) else (when,)


def _name(words: str, taken: Container[str]) -> str:
    """A variable's name: FHIR takes letters and digits, 64 at most. Two of other words never have one name."""
    first, *others = re.split(r"[\W_]+", words)
    name = "".join([first, *(word.capitalize() for word in others)])[:_LONGEST_NAME]
    return next(one for one in chain([name], (f"{name}x{number}" for number in count(2))) if one not in taken)
