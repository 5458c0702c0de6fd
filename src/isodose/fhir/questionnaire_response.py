"""The answers of a QuestionnaireResponse as a flat case: the linkIds of a guideline's Questionnaire are its columns.

Answers are read wherever they stand, in groups or below other answers. What cannot be read is left out and named, with its linkId
and what would be right: it is then unknown, and asked again. What is told beside a yes is for people, and no column of a case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from isodose.compile.questionnaire.fhirpath_answers import ABSENT_ITEM, ABSENT_WORD, has_box
from isodose.compile.questionnaire.item import EVIDENCE_ITEM, HELP_ITEM
from isodose.compile.questionnaire.more_items import is_of_more
from isodose.fhir.shape import JsonObject, Notes, children, kind, shown
from isodose.fhir.values import Unread, cell
from isodose.guideline.facts import Fact, FactType, FhirSource
from isodose.guideline.guideline import Guideline
from isodose.guideline.problem import did_you_mean, listed

_READ_FROM: Mapping[FactType, tuple[str, ...]] = {
    FactType.YES_NO: ("valueBoolean", "valueCoding"),
    FactType.CHOICE: ("valueCoding", "valueString"),
    FactType.NUMBER: ("valueDecimal", "valueInteger", "valueQuantity"),
    FactType.DATE: ("valueDate",),
    FactType.CODE: ("valueString", "valueCoding"),
    FactType.CODES: ("valueString", "valueCoding"),
}
"""The kinds of answer that a fact is read from."""

_SHAPES: Mapping[str, tuple[type, ...]] = {
    "valueBoolean": (bool,),
    "valueCoding": (Mapping,),
    "valueDate": (str,),
    "valueDecimal": (int, float),
    "valueInteger": (int,),
    "valueQuantity": (Mapping,),
    "valueString": (str,),
}


class FlatCase(NamedTuple):
    """The cells of a flat case by column, typed as in JSON, and what could not be read."""

    row: dict[str, object]
    problems: tuple[str, ...]


def flat_case_from_response(response: JsonObject, guideline: Guideline) -> FlatCase:
    """The flat case that a response to a guideline's Questionnaire states; a question without an answer is not in it."""
    if response.get("resourceType") != "QuestionnaireResponse":
        return FlatCase(
            {}, (f"this is no QuestionnaireResponse: its resourceType is {shown(response.get('resourceType'))}",)
        )
    problems: Notes = []
    answers: dict[str, list[JsonObject]] = {}
    for link, given in _answers(response, "QuestionnaireResponse", problems):
        answers.setdefault(link, []).append(given)
    row: dict[str, object] = {}
    for link, given_here in answers.items():
        _read(link, given_here, guideline, row, problems)
    return FlatCase(row, tuple(problems))


def _answers(parent: JsonObject, where: str, problems: Notes) -> Iterator[tuple[str, JsonObject]]:
    """All answers with the linkId of their item."""
    for path, item in children(parent, "item", where, problems):
        link = item.get("linkId")
        for answer_path, answer in children(item, "answer", path, problems):
            if isinstance(link, str):
                yield link, answer
            else:
                problems.append(f"{path} has an answer and no linkId: it is not read")
            yield from _answers(answer, answer_path, problems)
        yield from _answers(item, path, problems)


def _read(link: str, answers: list[JsonObject], guideline: Guideline, row: dict[str, object], problems: Notes) -> None:
    if any(is_of_more(link, fact) for fact in guideline.columns.values()):
        return
    column = link.removesuffix(ABSENT_ITEM)
    fact = guideline.columns.get(column)
    if fact is None or (column != link and not has_box(fact)):
        problems.append(_unknown(link, guideline))
    elif column != link:
        _read_box(link, fact, answers, row, problems)
    else:
        _read_answers(fact, answers, row, problems)


def _unknown(link: str, guideline: Guideline) -> str:
    if link.endswith((HELP_ITEM, EVIDENCE_ITEM)):
        return f"`{link}` is a text and has no answer"
    boxes = [column + ABSENT_ITEM for column, fact in guideline.columns.items() if has_box(fact)]
    return f"`{link}` is no question of this guideline{did_you_mean(link, [*guideline.columns, *boxes])}"


def _read_box(link: str, fact: Fact, answers: list[JsonObject], row: dict[str, object], problems: Notes) -> None:
    """A box that says that there is none; one that is not ticked says nothing."""
    values = [answer.get("valueBoolean") for answer in answers]
    if not all(isinstance(value, bool) for value in values):
        problems.append(f"`{link}`: the answer is not a valueBoolean")
    elif True in values and fact.column in row:
        problems.append(f"`{link}`: it says that there is none, and `{fact.column}` has an answer: keep one of them")
        del row[fact.column]
    elif True in values:
        row[fact.column] = ABSENT_WORD


def _read_answers(fact: Fact, answers: list[JsonObject], row: dict[str, object], problems: Notes) -> None:
    if row.get(fact.column) == ABSENT_WORD:
        problems.append(
            f"`{fact.column}`: it has an answer, and the box beside it says that there is none: keep one of them"
        )
        del row[fact.column]
        return
    if len(answers) > 1 and fact.type is not FactType.CODES:
        problems.append(f"`{fact.column}`: it has {len(answers)} answers, and one is expected")
        return
    values = [_value(fact, answer) for answer in answers]
    wrong = [value.words for value in values if isinstance(value, Unread)]
    problems += [f"`{fact.column}`: {words}" for words in wrong]
    if not wrong:
        row[fact.column] = values if fact.type is FactType.CODES else values[0]


def _value(fact: Fact, answer: JsonObject) -> object:
    """The answer as a cell, or what is wrong with it and what would be right."""
    names = [name for name in answer if name.startswith("value")]
    right = _READ_FROM[fact.type]
    if len(names) != 1 or names[0] not in right:
        return Unread(f"the answer is {listed(names) if names else 'empty'}, and {listed(right)} is expected")
    given = answer[names[0]]
    if not isinstance(given, _SHAPES[names[0]]) or (isinstance(given, bool) and names[0] != "valueBoolean"):
        return Unread(f"{names[0]} cannot be {kind(given)}")
    return _code(fact, given) if fact.type in (FactType.CODE, FactType.CODES) else _word(fact, given)


def _code(fact: Fact, given: object) -> object:
    code = given.get("code") if isinstance(given, Mapping) else given
    return code if isinstance(code, str) else Unread(f"the {fact.title.lower()} has no code")


def _word(fact: Fact, given: object) -> object:
    """Words are those of the guideline, or codes that its facts.yaml says to mean them; an open choice takes any other."""
    if isinstance(given, Mapping) and given.get("code") == ABSENT_WORD and fact.absent:
        return ABSENT_WORD
    if isinstance(given, str) and (fact.open or fact.type is FactType.DATE):
        return given
    codes = {**(fact.fhir.codes if fact.fhir else {}), **{value: value for value in fact.values}}
    found = cell(fact, FhirSource("", codes), given)
    if isinstance(found, Unread) and fact.values:
        return Unread(f"{found.words} is not offered: it is {listed(fact.values)}")
    return found
