"""A CQL library as a value, and as the JSON of ELM."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from isodose.compile.elm.nodes import NOTHING, Elm, type_node


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a host gives; null, as by default, if it is unknown. ``about`` is said of it in a comment."""

    name: str
    type: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A named expression. ``tags`` say in ELM what ``about`` says in a comment of CQL; a private one is of inner use."""

    name: str
    body: Elm
    about: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class Function:
    """A named expression over operands, each with its type."""

    name: str
    operands: Mapping[str, str]
    body: Elm
    about: tuple[str, ...] = ()


Statement = Definition | Function


@dataclass(frozen=True, slots=True)
class Library:
    """A CQL library before it is written: as text or as JSON it says the same."""

    name: str
    version: str
    about: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    statements: tuple[Statement, ...]


def library_json(library: Library) -> Elm:
    """The library as ELM."""
    return {
        "library": {
            "annotation": [_annotation({"about": " ".join(library.about)})],
            "identifier": {"id": library.name, "version": library.version},
            "schemaIdentifier": {"id": "urn:hl7-org:elm", "version": "r1"},
            "usings": {"def": [{"localIdentifier": "System", "uri": "urn:hl7-org:elm-types:r1"}]},
            "parameters": {"def": [_parameter(given) for given in library.parameters]},
            "contexts": {"def": [{"name": "Unfiltered"}]},
            "statements": {"def": [_statement(statement) for statement in library.statements]},
        }
    }


def _parameter(given: Parameter) -> Elm:
    return {
        "name": given.name,
        "accessLevel": "Public",
        "annotation": [_annotation({"about": " ".join(given.about)})],
        "parameterTypeSpecifier": type_node(given.type),
        "default": NOTHING,
    }


def _statement(statement: Statement) -> Elm:
    common = {"name": statement.name, "context": "Unfiltered", "accessLevel": "Public", "expression": statement.body}
    if isinstance(statement, Definition):
        tags = {"annotation": [_annotation(statement.tags)]} if statement.tags else {}
        return {**common, "accessLevel": "Public" if statement.is_public else "Private", **tags}
    operands = [{"name": name, "operandTypeSpecifier": type_node(kind)} for name, kind in statement.operands.items()]
    return {"type": "FunctionDef", **common, "operand": operands}


def _annotation(tags: Mapping[str, str]) -> Elm:
    return {"type": "Annotation", "t": [{"name": name, "value": value} for name, value in tags.items()]}
