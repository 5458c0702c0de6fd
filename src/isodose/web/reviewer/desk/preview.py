"""The letters that an act would become, shown before it is done: the same templates, facts and words as when they go out."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from isodose.desk.act import AnyAct
from isodose.desk.act_facts import facts_of
from isodose.desk.fold import ImpossibleHistoryError
from isodose.letters.kind import Reader
from isodose.letters.render import sheet_of
from isodose.letters.writing import UnknownMemberError
from isodose.store.event import Event
from isodose.web.reviewer.desk.desk import Desk

HEADING = 3
"""The level of the heading under which a letter is shown."""


@dataclass(frozen=True, slots=True)
class Preview:
    """``problem`` says why there is nothing to be shown; else the member's letter, and the practice's where it gets one."""

    member: Markup | None = None
    practice: Markup | None = None
    problem: str = ""


def preview(desk: Desk, what: AnyAct) -> Preview:
    """What member and practice would read, dated today; whatever the act still lacks."""
    letters, by = desk.visit.services.letters, desk.visit.by
    if letters is None:
        return Preview(
            problem="No letter can be shown: the plan has not said its names and addresses (the setting plan)."
        )
    try:
        would_be = Event(what.do.value, desk.visit.now, by.account, facts_of(what, by))
        made = letters.writer.preview(desk.case, would_be)
    except (UnknownMemberError, ImpossibleHistoryError) as error:
        return Preview(problem=f"No letter can be shown: {error}.")
    shown = {reader: sheet_of(html, HEADING) for reader, html in made.items()}
    return Preview(shown[Reader.MEMBER], shown.get(Reader.PROVIDER))
