"""Passages that show something, as the desk links to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from isodose.web.reviewer.desk.desk import Desk
from isodose.web.reviewer.desk.marks import marks
from isodose.web.told_more import told_more


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a page: ``where`` names document and page for people; ``document`` and ``page`` lead there.

    Of structured chart data there is no document; ``where`` names the resource.
    """

    words: str
    where: str
    document: int = 0
    page: int = 0
    by: str = ""


def passages_by_fact(desk: Desk) -> dict[str, tuple[Passage, ...]]:
    """What the practice marked, by fact."""
    places = place_of_documents(desk)
    found = [
        (one.fact, Passage("", one.chart) if one.chart else _passage(desk, one.document, one.page, one.words, places))
        for one in desk.request.evidence
    ]
    return _grouped(found)


def passages_by_target(desk: Desk) -> dict[str, tuple[Passage, ...]]:
    """What reviewers marked, by clause or leaf."""
    places = place_of_documents(desk)
    return _grouped(
        (one.target, _passage(desk, one.document, one.page, one.words, places, desk.named(one.by)))
        for one in marks(desk.shown.history, desk.shown.request)
    )


def told_by_fact(desk: Desk) -> dict[str, tuple[str, ...]]:
    """What the practice told beside a yes, by fact."""
    facts = desk.visit.services.guideline.facts.values()
    return {fact.name: told for fact in facts if (told := told_more(desk.shown.request.details, fact))}


def place_of_documents(desk: Desk) -> dict[str, int]:
    """The number of each document in the case, from 1."""
    return {sha256: number for number, sha256 in enumerate(desk.request.documents, 1)}


def document_name(desk: Desk, sha256: str) -> str:
    """The name that the practice gave it."""
    return desk.request.names.get(sha256) or f"document {place_of_documents(desk).get(sha256, 0)}"


def _passage(desk: Desk, document: str, page: int, words: str, places: dict[str, int], by: str = "") -> Passage:  # noqa: PLR0913, PLR0917
    return Passage(words, f"{document_name(desk, document)}, page {page}", places.get(document, 0), page, by)


def _grouped(found: Iterable[tuple[str, Passage]]) -> dict[str, tuple[Passage, ...]]:
    grouped: dict[str, tuple[Passage, ...]] = {}
    for name, passage in found:
        grouped[name] = (*grouped.get(name, ()), passage)
    return grouped
