"""A draft as its page shows it: what was typed, read, asked, attached, and what would come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from isodose.desk.case import Case
from isodose.desk.duplicate import Duplicate
from isodose.guideline.facts import Fact
from isodose.guideline.products import products_of
from isodose.store.draft_documents import Attached, attached_to
from isodose.store.drafts import Draft
from isodose.web.diagnosis_search import FoundCodes, chapters, find_diagnoses
from isodose.web.practice.arrival import arrival_problems
from isodose.web.practice.draft.diagnoses import Treats, treats
from isodose.web.practice.draft.likeness import alike
from isodose.web.practice.draft.outlook import Outlook, outlook
from isodose.web.practice.draft.questions import Asked, asked, not_asked
from isodose.web.practice.draft.read import Reading, read
from isodose.web.practice.draft.typed import SOUGHT, Typed
from isodose.web.services import Services
from isodose.web.show import counted
from isodose.web.visit import Visit


@dataclass(frozen=True, slots=True)
class View:
    """``documents`` are names by SHA-256: those that were sent before, and those that are attached. ``of`` is what is added to."""

    draft: Draft
    typed: Typed
    reading: Reading
    outlook: Outlook
    questions: tuple[Asked, ...]
    not_asked: tuple[str, ...]
    attached: tuple[Attached, ...]
    documents: Mapping[str, str]
    found: FoundCodes
    alike: tuple[Duplicate, ...]
    product: str
    shown: tuple[Fact, ...]
    of: Case | None = None

    @property
    def fax(self) -> str:
        """The number for a request of this member's product on paper, as the edition has it; empty if it has none."""
        stated = products_of(self.outlook.edition) if self.outlook.edition else ()
        return next((one.fax for one in stated if one.id == self.reading.member.product), "")

    @property
    def treats(self) -> tuple[Treats, ...]:
        """What each line treats, where there is a choice."""
        return treats(self.typed)

    @property
    def lacking(self) -> list[str]:
        """The titles of what is to be shown by a document, and is not yet."""
        return [fact.title for fact in self.shown if fact.name in self.outlook.lacking]

    @property
    def left(self) -> str:
        """How much there is still to say."""
        open_ = [one for one in self.questions if not one.answer]
        lacks = [problem for problem in self.reading.problems if problem.lacks]
        return f"{counted(len(open_) + len(lacks), 'answer')} left" if open_ or lacks else ""


def view(visit: Visit, draft: Draft, of: Case | None = None) -> View:
    services, typed = visit.services, Typed(draft.body)
    attached = tuple(attached_to(services.database, draft.id))
    documents = {**_sent(of), **{one.sha256: one.name for one in attached}}
    reading = read(typed, services, documents, services.today())
    reading = replace(reading, problems=(*reading.problems, *arrival_problems(visit, typed)))
    found = outlook(reading, services, visit.now, of.request if of else None)
    edition = found.edition or services.guideline.editions[-1]
    questions = asked(typed, services.guideline, edition, {*found.questions, *found.carrying})
    return View(
        draft,
        typed,
        reading,
        found,
        questions,
        not_asked(services.guideline, questions) if reading.lines else (),
        attached,
        documents,
        find_diagnoses(services.guideline.release, typed.text(SOUGHT), chapters(services.guideline)),
        alike(reading, services, visit.by, typed.of),
        product_name(services, reading.member.product),
        _shown(services, typed, found),
        of,
    )


def product_name(services: Services, product: str) -> str:
    """A product as the guideline calls it; another plan's by its id."""
    known = {one.id: one.name for edition in services.guideline.editions for one in products_of(edition)}
    return known.get(product, product)


def _shown(services: Services, typed: Typed, found: Outlook) -> tuple[Fact, ...]:
    """The facts that have a row for their passage: those that the answer rests on, and those that have one already."""
    facts = services.guideline.facts.values()
    return tuple(fact for fact in facts if fact.name in found.shown or typed.text(f"document-{fact.name}"))


def _sent(of: Case | None) -> dict[str, str]:
    """The documents that were sent before, by their names."""
    if of is None:
        return {}
    return {sha256: of.request.names.get(sha256, "document") for sha256 in of.request.documents}
