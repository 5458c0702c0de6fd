"""Answers in a QuestionnaireResponse as conditions see them: where they stand, and as what words they are read."""

from __future__ import annotations

from isodose.compile.conditions.answer_classes import AnswerClass, Only
from isodose.determination.values import ABSENT
from isodose.guideline.facts import Fact, FactType

ABSENT_ITEM = ".absent"
"""What follows a question's linkId in that of the box beside it which says that there is none."""

ABSENT_WORD = "absent"


def offers_words(fact: Fact) -> bool:
    """Whether a person picks the answer among words: then `absent` is one of them, else it has a box of its own."""
    return fact.type is FactType.CHOICE or (fact.type is FactType.YES_NO and bool(fact.absent))


def has_box(fact: Fact) -> bool:
    """Whether a box beside the question says that there is none."""
    return bool(fact.absent) and not offers_words(fact)


def given(link: str) -> str:
    """The values of the answers to an item."""
    return f"%resource.item.where(linkId = '{link}').answer.value"


def reading(fact: Fact) -> str:
    """The answers to a question as the engine reads them; empty without one."""
    return given(fact.column) + _changed(fact)


def _changed(fact: Fact) -> str:
    if fact.type is FactType.CHOICE and fact.open:
        return ".select(iif($this is string, $this.trim().lower(), $this.code))"
    if offers_words(fact):
        return ".code"
    if fact.type is FactType.CODE:
        return ".select($this.trim().upper())"
    return ".select($this.trim().upper().replace('.', ''))" if fact.type is FactType.CODES else ""


def word_of(fact: Fact, answer: AnswerClass) -> str:
    """One answer among words, as FHIRPath writes it."""
    assert isinstance(answer, Only), "all other words are said by what they are not"
    if answer.value is ABSENT:
        return f"'{ABSENT_WORD}'"
    if isinstance(answer.value, bool):
        word = str(answer.value).lower()
        return f"'{'yes' if answer.value else 'no'}'" if offers_words(fact) else word
    return f"'{answer.value}'"
