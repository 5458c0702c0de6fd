"""Working on a case: ask, judge, dispute, note, take, release, hand on."""

from __future__ import annotations

from isodose.desk.act import AnyAct
from isodose.desk.acts import Ask, Assign, DisputeFact, Judge, Take
from isodose.desk.role import Role
from isodose.desk.transitions import Do
from isodose.guideline.facts import Fact
from isodose.web.form import whole_number
from isodose.web.reviewer.acts.panel import WHY, Field, FieldKind, Fields, FormError, Panel, nothing
from isodose.web.reviewer.acts.questions import drafted
from isodose.web.reviewer.acts.saying import saying
from isodose.web.reviewer.acts.typed import needed, text
from isodose.web.reviewer.desk.cite import citable
from isodose.web.reviewer.desk.desk import Desk

OF, LINE = "of", "line"
"""What is judged or disputed, and of which service line (all, if none is named)."""

CLAUSE, LEAF = "clause ", "leaf "
"""What stands before the id of a clause, or the phrase of a leaf, that is judged."""


def _of(desk: Desk, name: str = OF) -> str:
    return desk.visit.form.text(name) or desk.visit.query.get(name, "")


def _line(desk: Desk) -> int | None:
    return whole_number(_of(desk, LINE))


def _ask_fields(desk: Desk) -> Fields:
    found = drafted(desk.determinations)
    about = _of(desk)
    options = tuple((one.words, f"{one.words} {f'({one.clause})' if one.clause else ''}".strip()) for one in found)
    chosen = tuple(one.words for one in found if one.decides or about == f"{LEAF}{one.leaf}")
    ticks = Field(
        "question", "From what is unknown, each with its clause", FieldKind.TICKS, options=options, value=chosen
    )
    more = Field("more", "In your own words", help="One question on each line.")
    return (ticks, more) if options else (more,)


def _ask(desk: Desk) -> AnyAct:
    own = [line.strip() for line in text(desk, "more").splitlines() if line.strip()]
    return Ask((*desk.visit.form.texts("question"), *own))


def _judge_fields(desk: Desk) -> Fields:
    truths = (("met", "Met"), ("not-met", "Not met"))
    return (
        Field("truth", "What you find", FieldKind.CHOICE, options=truths, value=desk.visit.query.get("truth", "")),
        Field(WHY, "Why", help="In your own words, with the passage that it rests on. It stays on record."),
        *_cite_fields(desk),
    )


def _cite_fields(desk: Desk) -> Fields:
    options = tuple((one, one) for one in citable(desk))
    return (Field("cite", "Cite", FieldKind.TICKS, options=options),) if options else ()


def _judge(desk: Desk) -> AnyAct:
    truth, of = text(desk, "truth"), _of(desk)
    if truth not in ("met", "not-met"):
        raise FormError([("truth", "Say what you find: met, or not met")])
    reason = needed(desk, WHY, "Say why, in words that stay on record")
    words = " ".join((reason, *desk.visit.form.texts("cite")))
    is_leaf = of.startswith(LEAF)
    return Judge(of.removeprefix(LEAF).removeprefix(CLAUSE), truth == "met", words, is_leaf, _line(desk))


def disputable(desk: Desk) -> tuple[Fact, ...]:
    """The facts that are stated, in the guideline's order."""
    stated = {name for answer in desk.determinations for name in answer.case.facts}
    return tuple(
        fact for name, fact in desk.visit.services.guideline.facts.items() if name in stated and not fact.formula
    )


def _dispute_fields(desk: Desk) -> Fields:
    options = tuple((fact.name, fact.title) for fact in disputable(desk))
    return (
        Field("fact", "What is stated wrongly", FieldKind.CHOICE, options=options, value=_of(desk)),
        Field(WHY, "What the document says instead, and where", help="It stays on record."),
        *_cite_fields(desk),
    )


def _dispute(desk: Desk) -> AnyAct:
    fact = needed(desk, "fact", "Say which fact is stated wrongly")
    if fact not in {one.name for one in disputable(desk)}:
        raise FormError([("fact", "Choose one of the facts that are stated")])
    reason = needed(desk, WHY, "Say what the document says instead, and where")
    return DisputeFact(fact, " ".join((reason, *desk.visit.form.texts("cite"))), _line(desk))


def reviewers(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Who works on cases, each with the role."""
    clinical = (Role.NURSE, Role.PHYSICIAN)
    return tuple(
        (one.name, f"{one.display_name}, {one.role}")
        for one in desk.accounts.values()
        if one.role in clinical and not one.disabled
    )


def _assign_fields(desk: Desk) -> Fields:
    return (Field("account", "To whom", FieldKind.CHOICE, options=reviewers(desk)),)


def _assign(desk: Desk) -> AnyAct:
    account = needed(desk, "account", "Say to whom the case goes")
    if account not in dict(reviewers(desk)):
        raise FormError([("account", "Choose one of the plan's reviewers")])
    return Assign(account)


def _take(desk: Desk) -> AnyAct:
    return Take(desk.visit.now + desk.visit.services.policy.longest_hold)


PANELS = (
    Panel(
        "ask",
        Do.ASK,
        "Ask the practice",
        "Ask",
        "The practice is asked.",
        "Asking never stops the clock: the member has notice by the same moment, answered or not.",
        _ask_fields,
        _ask,
    ),
    Panel(
        "judge",
        Do.JUDGE,
        "Judge a criterion",
        "Record the judgement",
        "The judgement is recorded.",
        "A judgement settles what the facts leave unknown, and everything below it. It decides nothing by itself.",
        _judge_fields,
        _judge,
    ),
    Panel(
        "dispute",
        Do.DISPUTE,
        "Dispute a fact",
        "Dispute it",
        "The fact counts as unknown from now on.",
        "A fact that a document contradicts becomes unknown. That alone is never adverse: ask, or judge.",
        _dispute_fields,
        _dispute,
    ),
    Panel(
        "take",
        Do.TAKE,
        "Take the case",
        "Take it",
        "The case is yours for now.",
        "Nobody else decides meanwhile. The lock ends by itself.",
        nothing,
        _take,
    ),
    saying(
        Do.RELEASE, "release", "Release the case", "Release", "The case is free again.", "Somebody else may take it."
    ),
    Panel(
        "assign",
        Do.ASSIGN,
        "Hand the case on",
        "Hand it on",
        "The case is handed on.",
        "The case is theirs from now on; they find it in their worklist.",
        _assign_fields,
        _assign,
    ),
    saying(
        Do.REFER,
        "refer",
        "Send to a physician",
        "Send",
        "The case lies before a physician.",
        "A nurse cannot deny or cut: only a physician can, with a reason of their own.",
        "What you recommend, and why",
    ),
    saying(
        Do.SEND_BACK,
        "send-back",
        "Send back to review",
        "Send back",
        "The case is in review again.",
        "A nurse goes on with it.",
        "What is still to do",
    ),
    saying(Do.NOTE, "note", "Add a note", "Add", "The note is kept.", "Notes are for the plan's people.", "Note"),
)
