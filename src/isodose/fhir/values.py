"""One result of a FHIRPath as a cell of the flat case, by the type of its fact."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from isodose.fhir.codes import Coded, codings
from isodose.fhir.dates import calendar_date
from isodose.fhir.shape import kind, shown
from isodose.guideline.facts import Fact, FactType, FhirSource

_YES_NO = {"yes": True, "no": False}
_TOO_LARGE = 10**15


class Unread(NamedTuple):
    """A result that is there and means nothing to the fact; what it is, in words."""

    words: str


def cell(fact: Fact, source: FhirSource, result: object) -> object:
    """The value of the fact, or ``Unread``.

    Codes become values by the fact's own ``codes``: ``system|code``, or the bare code. A fact that
    maps no codes takes a plain FHIR code (``Patient.gender``) as it is written.
    """
    if fact.type is FactType.YES_NO:
        if isinstance(result, bool):
            return result
        value = _mapped(source, result)
        return _YES_NO.get(value, Unread(shown(value))) if isinstance(value, str) else value
    if fact.type is FactType.NUMBER:
        return _number(fact, result)
    if fact.type is FactType.DATE and isinstance(result, str):
        return calendar_date(result)
    return _mapped(source, result)


def _mapped(source: FhirSource, result: object) -> str | Unread:
    if isinstance(result, str) and not source.codes:
        return result
    coded = _codings(result)
    values = {value for one in coded if (value := _value_of(source, one)) is not None}
    if len(values) == 1:
        return values.pop()
    words = ", ".join(shown(f"{one.system}|{one.code}".lstrip("|")) for one in coded)
    return Unread(f"the code {words}" if words else _words(result))


def _value_of(source: FhirSource, coded: Coded) -> str | None:
    codes = source.codes
    return codes.get(f"{coded.system}|{coded.code}", codes.get(coded.code))


def _codings(result: object) -> list[Coded]:
    """The codings of a CodeableConcept, a Coding, or a plain code."""
    if isinstance(result, str):
        return [Coded("", "", result)]
    if not isinstance(result, Mapping):
        return []
    concept = result if "coding" in result else {"coding": [result]}
    return list(codings(concept, "", []))


def _words(result: object) -> str:
    words = result.get("text") if isinstance(result, Mapping) else None
    return f"only the words {shown(words)}" if isinstance(words, str) else kind(result)


def _number(fact: Fact, result: object) -> int | float | Unread:
    """A number as it is, or a Quantity in the fact's own unit (by its code or its unit's name)."""
    quantity = result if isinstance(result, Mapping) else {"value": result, "unit": fact.unit}
    number = quantity.get("value")
    if fact.unit and fact.unit not in (quantity.get("code"), quantity.get("unit")):
        return Unread(f"a quantity that is not in {fact.unit}")
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal):
        return Unread(kind(number))
    exact = Decimal(number)
    if not exact.is_finite() or abs(exact) >= _TOO_LARGE:
        return Unread("a number beyond all measure")
    return int(exact) if exact == int(exact) else float(number)
