"""The answers to the guideline's questions, and the passages of documents in which they are found."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from isodose.desk.request import Evidence
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.guideline import Guideline
from isodose.store.event import Json
from isodose.web.form import whole_number
from isodose.web.practice.draft.fields import field_of, of_course
from isodose.web.practice.draft.problem import Problem
from isodose.web.practice.draft.typed import Typed

DOCUMENT, PAGE, WORDS = "document", "page", "words"
"""Fields of a passage; their names end with the fact's."""

_MOST_PAGE = 5


def read_answers(typed: Typed, guideline: Guideline) -> dict[str, Json]:
    """What was answered once for the course, by column of the flat case; nothing of what was not."""
    return {
        fact.column: _value(fact, answer) for fact in of_course(guideline) if (answer := typed.text(field_of(fact)))
    }


def _value(fact: Fact, answer: str) -> Json:
    """As JSON has it: a yes/no fact is no text, a whole number is none."""
    if fact.type is FactType.YES_NO and answer in ("yes", "no"):
        return answer == "yes"
    number = whole_number(answer) if fact.type is FactType.NUMBER else None
    return answer if number is None else number


def read_passages(typed: Typed, guideline: Guideline, documents: Collection[str]) -> tuple[Evidence, ...]:
    """The passages that are told whole: document, page and words. A document that is gone shows nothing."""
    told = (_passage(typed, fact) for fact in guideline.facts.values())
    return tuple(one for one in told if one and one.document in documents)


def _passage(typed: Typed, fact: Fact) -> Evidence | None:
    document, page, words = (typed.text(f"{field}-{fact.name}") for field in (DOCUMENT, PAGE, WORDS))
    return Evidence(fact.name, document, int(page), words) if document and _is_page(page) and words else None


def passage_problems(typed: Typed, guideline: Guideline) -> Iterator[Problem]:
    """Passages that are told by half."""
    for fact in guideline.facts.values():
        document, page, words = (typed.text(f"{field}-{fact.name}") for field in (DOCUMENT, PAGE, WORDS))
        if page and not _is_page(page):
            yield Problem(f"{PAGE}-{fact.name}", f"{fact.title}: a page is a number from 1, not {page[:20]}")
        elif (page or words) and not (document and page and words):
            lacks = [name for name, told in ((DOCUMENT, document), (PAGE, page), (WORDS, words)) if not told]
            field = f"{lacks[0]}-{fact.name}"
            yield Problem(field, f"{fact.title}: the passage lacks its {' and '.join(lacks)}", lacks=True)


def _is_page(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_PAGE and int(text) > 0
