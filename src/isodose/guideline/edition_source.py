"""An edition's Markdown file as an ``Edition``: front matter, then blocks beside the text they stand under."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

from isodose.guideline import yaml_source
from isodose.guideline.circles import circles
from isodose.guideline.document import Block, document_from, groups_of
from isodose.guideline.edition import Clause, Edition, Rung
from isodose.guideline.edition_body import Body, has_lost_name
from isodose.guideline.facts import Facts
from isodose.guideline.ladder import ladder_from
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.problem import ANY_CLAUSE, Place, Problem, did_you_mean, listed
from isodose.guideline.tree import ClauseMet, Node, clauses_reached, leaves
from isodose.guideline.yaml_source import Fields

_FRONT = ("guideline", "title", "plan", "effective", "decided", "text", "criteria", "ladder")
RECONSTRUCTED = "reconstructed"


def clause_ids(source: str) -> list[str]:
    """The clauses that an edition's file gives a rule, before anything else of it is read.

    ``ANY_CLAUSE`` is among them where a rule's own clause is not known.
    """
    document = document_from(source, "", [])
    blocks = [part for part in document.parts if isinstance(part, Block)]
    found = [block.name for block in blocks if block.kind == "rule"]
    return [*found, ANY_CLAUSE] if has_lost_name("rule", blocks) else found


def edition_from(
    source: str, file: str, facts: Facts, problems: list[Problem], unreadable: Collection[str] = ()
) -> Edition | None:
    """The edition that the file states, or None where its front matter cannot be read; all problems are noted.

    ``unreadable`` are the facts that could not be read; rules that ask them are not blamed.
    """
    document = document_from(source, file, problems)
    body = Body(groups_of(document.parts), facts, problems, unreadable)
    front = (
        yaml_source.parse(document.front_matter, Place(file, 2), problems) if document.front_matter.strip() else None
    )
    if front is None:
        return None
    fields = Fields(front, "the front matter", _FRONT, problems)
    ladder = ladder_from(fields.value("ladder", required=True), body.known, problems)
    kinds = _kinds(ladder, body.rules)
    effective, decided = fields.day("effective", required=True), fields.day("decided", required=True)
    text = fields.text("text", required=True)
    criteria = _one_of(fields, "criteria", ("held", "not held"))
    guideline, title, plan = (fields.text(name, required=True) for name in ("guideline", "title", "plan"))
    if not (effective and decided):
        return None
    clauses = {name: body.clause(name, kinds.get(name, "passage")) for name in body.rules}
    problems += _circular(clauses)
    return Edition(
        guideline=guideline,
        title=title,
        plan=plan,
        effective=effective,
        decided=decided,
        id=PurePath(file).stem,
        reconstructed=text == RECONSTRUCTED,
        criteria_held=criteria == "held",
        ladder=ladder,
        clauses=clauses,
        data=body.data,
        readings=body.readings,
        passages=body.passages(clauses),
        file=file,
        published=None if text == RECONSTRUCTED else text or None,
    )


def _circular(clauses: dict[str, Clause]) -> list[Problem]:
    """Clauses that refer to themselves, also by way of others."""
    refers = {
        name: [leaf.clause for leaf in leaves(clause.rule) if isinstance(leaf, ClauseMet)]
        for name, clause in clauses.items()
    }
    return [
        Problem(
            clauses[circle[0]].place,
            f"clause `{circle[0]}` refers to itself: {' → '.join((*circle, circle[0]))}",
            circle[0],
        )
        for circle in circles(refers)
    ]


def _one_of(fields: Fields, name: str, allowed: tuple[str, ...]) -> str:
    scalar = fields.scalar(name, required=True)
    if scalar and scalar.text not in allowed:
        near = did_you_mean(scalar.text, allowed)
        fields.wrong(scalar.place, f"`{name}` is {listed(allowed)}, not `{scalar.text}`{near}")
    return scalar.text if scalar else ""


def _kinds(ladder: tuple[Rung, ...], rules: dict[str, Node]) -> dict[str, str]:
    """What each clause is, by the first rung that reaches it."""
    kinds: dict[str, str] = {}
    for rung in ladder:
        for clause in clauses_reached(rung.when, rules):
            kinds.setdefault(clause, _kind(rung))
    return kinds


def _kind(rung: Rung) -> str:
    if rung.outcome in (Outcome.NOT_APPLICABLE, Outcome.NOT_REQUIRED):
        return "scope"
    return "limitation" if rung.reason is Reason.LIMITATION else "criterion"
