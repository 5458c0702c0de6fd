"""What acts name, in words for people: a clause, a leaf by its phrase, a fact."""

from __future__ import annotations

from isodose.guideline.edition import Edition
from isodose.guideline.tree import leaves
from isodose.proof.asked_words import asked_says
from isodose.web.reviewer.desk.desk import Desk
from isodose.web.show import capital


def meaning(desk: Desk, kind: str, name: str) -> str:
    """A `clause`, `leaf` or `fact` of a name, in words; the name itself, if no edition that rules here has it."""
    facts = desk.visit.services.guideline.facts
    if kind == "fact":
        return facts[name].title if name in facts else name
    editions = (one.edition for one in desk.determinations if one.edition)
    found = (_clause(edition, name) if kind == "clause" else _leaf(desk, edition, name) for edition in editions)
    return next(filter(None, found), name)


def _clause(edition: Edition, name: str) -> str:
    return f"{name} {edition.clauses[name].title}".strip() if name in edition.clauses else ""


def _leaf(desk: Desk, edition: Edition, phrase: str) -> str:
    asked = (leaf for clause in edition.clauses.values() for leaf in leaves(clause.rule) if leaf.phrase == phrase)
    found = next(asked, None)
    return capital(asked_says(found, edition, desk.visit.services.guideline.facts)) if found else ""
