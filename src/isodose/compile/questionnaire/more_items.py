"""What is told beside a yes (`more` of a fact) as a group below its question, which repeats: once for each earlier course, for instance.

No condition of the form asks for it, so that R4's own ``enableWhen`` is enough: it is shown while the answer is yes. Blank means unknown.
"""

from __future__ import annotations

from isodose.compile.questionnaire.fhirpath_answers import offers_words
from isodose.compile.questionnaire.item import Json, item_of, texts_of, unit_of
from isodose.guideline.facts import Fact
from isodose.guideline.more import Detail, DetailType, More

MORE_ITEM = ".more"
"""What follows a question's linkId in that of the group below it; a dot and the detail's name follow in theirs."""

_TYPES = {
    DetailType.WORDS: "string",
    DetailType.DAY: "date",
    DetailType.PAST_DAY: "date",
    DetailType.NUMBER: "decimal",
}


def more_item(fact: Fact, more: More, system: str) -> Json:
    """The group of a fact. ``system`` is that of the codes of its answers."""
    link = fact.column + MORE_ITEM
    return {
        **item_of(link, "group", f"{more.each[:1].upper()}{more.each[1:]}", []),
        "enableWhen": [{"question": fact.column, "operator": "=", **_yes(fact, system)}],
        "repeats": True,
        "item": [_detail(f"{link}.{detail.name}", detail) for detail in more.details],
    }


def is_of_more(link: str, fact: Fact) -> bool:
    """Whether a linkId is that of something told beside the fact's yes."""
    return fact.more is not None and link in {f"{fact.column}{MORE_ITEM}.{one.name}" for one in fact.more.details}


def _yes(fact: Fact, system: str) -> Json:
    return {"answerCoding": {"system": system, "code": "yes"}} if offers_words(fact) else {"answerBoolean": True}


def _detail(link: str, detail: Detail) -> Json:
    item = item_of(link, _TYPES[detail.type], detail.title, unit_of(detail.unit))
    return {**item, "item": list(texts_of(link, detail.help))} if detail.help else item
