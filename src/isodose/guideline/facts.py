"""What the rules ask about: the facts of a guideline, how they are read from a case and how a person is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from isodose.guideline.formula import Formula
from isodose.guideline.more import More
from isodose.guideline.problem import Place


class FactType(StrEnum):
    """How a value is read and what can be asked of it."""

    YES_NO = "yes/no"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    CODE = "code"
    CODES = "codes"


class Answerer(StrEnum):
    """Who can say."""

    REQUESTER = "requester"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class FhirSource:
    """Where FHIR holds the fact: a FHIRPath whose root's type comes first, and which codes mean which value."""

    path: str
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One typed thing that a clause asks about.

    ``values`` maps each value of a choice (``yes`` and ``no`` of a yes/no fact) to the words that a sentence uses for it;
    ``sets`` does so for the named sets of a diagnosis. ``unit`` is empty for a plain count. ``formula`` is that of a
    derived fact, else None. ``absent`` is what a sentence says of it if it is known not to exist; empty if that cannot be.
    ``more`` is what a yes is told with.
    """

    name: str
    type: FactType
    title: str
    question: str
    column: str
    place: Place
    help: str = ""
    answered_by: Answerer = Answerer.REQUESTER
    evidence: tuple[str, ...] = ()
    fhir: FhirSource | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    open: bool = False
    unit: str = ""
    formula: Formula | None = None
    absent: str = ""
    sets: Mapping[str, str] = field(default_factory=dict)
    more: More | None = None


Facts = Mapping[str, Fact]
