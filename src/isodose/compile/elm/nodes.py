"""The nodes of ELM, the logical form of CQL in JSON, that a guideline needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from typing import Any

Elm = dict[str, Any]
"""One node: its ``type`` and its parts."""

_SYSTEM = "{urn:hl7-org:elm-types:r1}"

TEXT, YES_NO, WHOLE, DECIMAL, DATE = "String", "Boolean", "Integer", "Decimal", "Date"
TEXTS = "List<String>"
"""Types as CQL names them."""

NOTHING: Elm = {"type": "Null"}


def type_node(name: str) -> Elm:
    """A type."""
    if name.startswith("List<"):
        return {"type": "ListTypeSpecifier", "elementType": type_node(name[5:-1])}
    return {"type": "NamedTypeSpecifier", "name": _SYSTEM + name}


def text(value: str) -> Elm:
    """A text."""
    return _literal(TEXT, value)


def whole(value: int) -> Elm:
    """A whole number."""
    return _literal(WHOLE, str(value))


def decimal(value: str) -> Elm:
    """A number with digits after the point."""
    return _literal(DECIMAL, value)


def yes_no(value: bool) -> Elm:  # noqa: FBT001
    """True or false."""
    return _literal(YES_NO, str(value).lower())


def _literal(kind: str, value: str) -> Elm:
    return {"type": "Literal", "valueType": _SYSTEM + kind, "value": value}


def day(value: date) -> Elm:
    """A date."""
    return {"type": "Date", "year": whole(value.year), "month": whole(value.month), "day": whole(value.day)}


def unary(kind: str, operand: Elm) -> Elm:
    """An operator with one operand."""
    return {"type": kind, "operand": operand}


def binary(kind: str, first: Elm, second: Elm) -> Elm:
    """An operator with two operands."""
    return {"type": kind, "operand": [first, second]}


def operator(kind: str, *operands: Elm) -> Elm:
    """An operator whose operands are a list."""
    return {"type": kind, "operand": list(operands)}


def chain(kind: str, operands: Iterable[Elm]) -> Elm:
    """An operator with two operands over many, from the left."""
    return reduce(lambda first, second: binary(kind, first, second), operands)


def call(name: str, *operands: Elm) -> Elm:
    """A function's value."""
    return {"type": "FunctionRef", "name": name, "operand": list(operands)}


def parameter(name: str) -> Elm:
    return {"type": "ParameterRef", "name": name}


def definition(name: str) -> Elm:
    return {"type": "ExpressionRef", "name": name}


def operand(name: str) -> Elm:
    return {"type": "OperandRef", "name": name}


def alias(name: str) -> Elm:
    """An item of a query's source."""
    return {"type": "AliasRef", "name": name}


def let(name: str) -> Elm:
    """What a query computes once for an item."""
    return {"type": "QueryLetRef", "name": name}


def when(condition: Elm, then: Elm, otherwise: Elm) -> Elm:
    return {"type": "If", "condition": condition, "then": then, "else": otherwise}


def case(branches: Iterable[tuple[Elm, Elm]], otherwise: Elm = NOTHING) -> Elm:
    """The value of the first condition that holds."""
    return {
        "type": "Case",
        "caseItem": [{"when": condition, "then": value} for condition, value in branches],
        "else": otherwise,
    }


def items(elements: Iterable[Elm]) -> Elm:
    """A list."""
    return {"type": "List", "element": list(elements)}


def record(elements: Mapping[str, Elm]) -> Elm:
    """A tuple with named elements."""
    return {"type": "Tuple", "element": [{"name": name, "value": value} for name, value in elements.items()]}


def is_present(value: Elm) -> Elm:
    return unary("Not", unary("IsNull", value))


def position(pattern: Elm, string: Elm) -> Elm:
    """Where the pattern first stands in a text, from 0; -1 if it does not."""
    return {"type": "PositionOf", "pattern": pattern, "string": string}


def is_within(pattern: Elm, string: Elm) -> Elm:
    """Whether a text holds the pattern."""
    return binary("GreaterOrEqual", position(pattern, string), whole(0))


def part_of(string: Elm, start: int, length: int | None = None) -> Elm:
    """The letters of a text from a place on."""
    found = {"type": "Substring", "stringToSub": string, "startIndex": whole(start)}
    return found if length is None else {**found, "length": whole(length)}


def combined(texts: Elm, separator: str) -> Elm:
    """Texts as one."""
    return {"type": "Combine", "source": texts, "separator": text(separator)}


def component(of: Elm, precision: str) -> Elm:
    """The year, month or day of a date."""
    return {"type": "DateTimeComponentFrom", "precision": precision, "operand": of}


def each(  # noqa: PLR0913 (the clauses of a query)
    source: Elm,
    name: str,
    *,
    lets: Mapping[str, Elm] | None = None,
    where: Elm | None = None,
    result: Elm | None = None,
    is_distinct: bool = False,
) -> Elm:
    """A query over a list: the items for which ``where`` holds, or a ``result`` of each, in their order."""
    found: Elm = {"type": "Query", "source": [{"alias": name, "expression": source}]}
    found["let"] = [{"identifier": given, "expression": value} for given, value in (lets or {}).items()]
    found["relationship"] = []
    if where is not None:
        found["where"] = where
    found["return"] = {"distinct": is_distinct, "expression": alias(name) if result is None else result}
    return found
