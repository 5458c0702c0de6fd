"""What goes into one fax, as a value: one patient, one request, its service lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isodose.desk.number import Kind, number_problem
from isodose.determination.program import Determination
from isodose.determination.record import problem_text
from isodose.determination.words import SAYS_OUTCOME, headline
from isodose.guideline.edition import Edition
from isodose.guideline.guideline import Guideline
from isodose.guideline.outcome import SENT, Outcome
from isodose.guideline.products import Product, products_of

OPEN_KINDS = (Kind.TRACKING, Kind.DRAFT)
"""The numbers that a fax may carry; neither authorizes anything."""


class FaxError(ValueError):
    """A fax that would be of no use, in words."""


@dataclass(frozen=True, slots=True)
class Fax:
    """One fax of one patient.

    ``number`` is that of the request or of its draft; None where there is none yet. ``lines`` are what is known of the
    service lines, each as it was determined; none make a blank kit. ``member_id`` is empty where it is not known, and
    ``attached``, the pages of documents that follow, None.
    """

    guideline: Guideline
    edition: Edition
    number: str | None = None
    lines: tuple[Determination, ...] = ()
    member_id: str = ""
    attached: int | None = None

    @property
    def product(self) -> Product | None:
        """The product of the patient; None where it is not known."""
        said = {line.case.facts.get("product") for line in self.lines}
        return next((product for product in products_of(self.edition) if said == {product.id}), None)

    @property
    def kind(self) -> Kind | None:
        """What the number is."""
        return next((kind for kind in OPEN_KINDS if self.number and not number_problem(self.number, kind)), None)


def fax_of(
    guideline: Guideline,
    lines: tuple[Determination, ...],
    number: str | None = None,
    member_id: str = "",
    attached: int | None = None,
) -> Fax:
    """The fax of a request's lines, under the edition that rules the first. Raises ``FaxError``."""
    for problem in _problems(lines):
        raise FaxError(problem)
    edition = lines[0].edition
    assert edition is not None, "what goes to the plan is ruled by an edition"
    return checked(Fax(guideline, edition, number, lines, member_id, attached))


def checked(fax: Fax) -> Fax:
    """The same fax. Raises ``FaxError`` if its number is none that a fax may carry."""
    if fax.number is not None and fax.kind is None:
        raise FaxError(f"`{fax.number}`: {number_problem(fax.number, _meant(fax.number))}")
    return fax


def _meant(number: str) -> Kind:
    return Kind.DRAFT if number.upper().startswith(Kind.DRAFT) else Kind.TRACKING


def _problems(lines: tuple[Determination, ...]) -> Iterator[str]:
    """Why nothing should be sent: it is not one patient's, it is wrong, or the plan does not ask for it."""
    for what, said in (
        ("requests", {line.case.request_id for line in lines}),
        ("dates of birth", {line.case.facts.get("member_birth_date") for line in lines} - {None}),
        ("products", {line.case.facts.get("product") for line in lines} - {None}),
    ):
        if len(said) > 1:
            yield f"a fax is of one patient and one request, and these have {len(said)} {what}: make a fax of each"
    for line in lines:
        where = f"line {line.case.line}: " if line.case.line is not None and len(lines) > 1 else ""
        if line.outcome is Outcome.INVALID:
            yield f"{where}correct this before it is sent: {problem_text(line)}"
        elif line.outcome not in SENT:
            yield f"{where}nothing has to be sent: {SAYS_OUTCOME.get(line.outcome, headline(line))}"
