"""A library as the text of CQL: how it writes each node of ELM."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from textwrap import wrap

from isodose.compile.elm.nodes import Elm
from isodose.compile.elm.statements import Function, Library, Statement

_WIDTH = 120
_INDENT = "  "
_ESCAPED = re.compile(r"[\\'\"`\x00-\x09\x0b-\x1f\u2028\u2029]")
"""What CQL escapes in quotes. A line of its own is written as it is."""


def cql_text(library: Library) -> str:
    """The library as text."""
    parts = [
        *_comment(library.about),
        f"library {library.name} version {_text(library.version)}",
    ]
    for parameter in library.parameters:
        parts += ["", *_comment(parameter.about), f"parameter {_name(parameter.name)} {parameter.type} default null"]
    for statement in library.statements:
        parts += ["", *_comment(statement.about), f"{_head(statement)}:", _body(statement.body)]
    return "\n".join(parts) + "\n"


def _comment(about: tuple[str, ...]) -> Iterator[str]:
    for paragraph in about:
        for line in wrap(paragraph, _WIDTH - len("// ")):
            yield f"// {line}"


def _head(statement: Statement) -> str:
    if isinstance(statement, Function):
        operands = ", ".join(f"{name} {kind}" for name, kind in statement.operands.items())
        return f"define function {_name(statement.name)}({operands})"
    return f"define {'' if statement.is_public else 'private '}{_name(statement.name)}"


def _body(node: Elm) -> str:
    """An expression below its name; a text that has lines is not moved, or it would be another text."""
    return cql_of(node) if "\n" in node.get("value", "") else _indented(cql_of(node))


def cql_of(node: Elm) -> str:
    """An expression as text, on one line if it is short."""
    return _WRITERS[node["type"]](node)


def _name(name: str) -> str:
    return _quoted(name, '"')


def _text(text: str) -> str:
    return _quoted(text, "'")


def _quoted(text: str, mark: str) -> str:
    def escaped(found: re.Match[str]) -> str:
        letter = found[0]
        if letter in "\\'\"`":
            return f"\\{letter}" if letter in ("\\", mark) else letter
        return f"\\u{ord(letter):04x}"

    return f"{mark}{_ESCAPED.sub(escaped, text)}{mark}"


def _literal(node: Elm) -> str:
    value: str = node["value"]
    return _text(value) if node["valueType"].endswith("}String") else value


def _part(node: Elm) -> str:
    """An operand: in brackets unless it is a name, a literal or a call."""
    written = cql_of(node)
    return written if node["type"] in _CLOSED else _bracketed(written)


def _bracketed(written: str) -> str:
    return f"({written})" if "\n" not in written else f"(\n{_indented(written)}\n)"


def _indented(written: str) -> str:
    return "\n".join(f"{_INDENT}{line}" for line in written.split("\n"))


def _joined(parts: list[str], separator: str) -> str:
    """Parts on one line, or each on a line of its own."""
    line = f" {separator} ".join(parts)
    return line if _is_short(line) else f"\n{separator} ".join(parts)


def _is_short(line: str) -> bool:
    return len(line) <= _WIDTH - 20 and "\n" not in line


def _listed(before: str, parts: list[str], after: str) -> str:
    line = f"{before}{', '.join(parts)}{after}"
    if _is_short(line) or not parts:
        return line
    inner = ",\n".join(parts)
    return f"{before.rstrip()}\n{_indented(inner)}\n{after.lstrip()}"


def _chained(word: str) -> Callable[[Elm], str]:
    """An operator that is read from the left, so that its own kind needs no brackets there."""

    def operands(node: Elm, kind: str) -> list[str]:
        first, second = node["operand"]
        before = operands(first, kind) if first["type"] == kind else [_part(first)]
        return [*before, _part(second)]

    return lambda node: _joined(operands(node, node["type"]), word)


def _infix(word: str) -> Callable[[Elm], str]:
    return lambda node: f" {word} ".join(_part(operand) for operand in node["operand"])


def _called(name: str) -> Callable[[Elm], str]:
    def written(node: Elm) -> str:
        operands = node["operand"] if isinstance(node["operand"], list) else [node["operand"]]
        return _listed(f"{name}(", [cql_of(operand) for operand in operands], ")")

    return written


def _not(node: Elm) -> str:
    inner = node["operand"]
    return f"{_part(inner['operand'])} is not null" if inner["type"] == "IsNull" else f"not {_part(inner)}"


def _if(node: Elm) -> str:
    condition, then, otherwise = (cql_of(node[part]) for part in ("condition", "then", "else"))
    line = f"if {condition} then {then} else {otherwise}"
    if _is_short(line):
        return line
    last = f" {otherwise}" if node["else"]["type"] == "If" else f"\n{_indented(otherwise)}"
    return f"if {condition} then\n{_indented(then)}\nelse{last}"


def _case(node: Elm) -> str:
    branches = (f"when {cql_of(item['when'])} then {cql_of(item['then'])}" for item in node["caseItem"])
    lines = "\n".join([*branches, f"else {cql_of(node['else'])}"])
    return f"case\n{_indented(lines)}\nend"


def _query(node: Elm) -> str:
    source = node["source"][0]
    clauses = [f"{_part(source['expression'])} {source['alias']}"]
    clauses += [f"let {given['identifier']}: {cql_of(given['expression'])}" for given in node["let"]]
    if "where" in node:
        clauses.append(f"where {cql_of(node['where'])}")
    kept = "" if node["return"]["distinct"] else "all "
    clauses.append(f"return {kept}{cql_of(node['return']['expression'])}")
    line = " ".join(clauses)
    return line if _is_short(line) else "\n".join([clauses[0], *map(_indented, clauses[1:])])


def _tuple(node: Elm) -> str:
    elements = [f"{element['name']}: {cql_of(element['value'])}" for element in node["element"]]
    return _listed("Tuple { ", elements, " }")


def _date(node: Elm) -> str:
    year, month, day = (int(node[part]["value"]) for part in ("year", "month", "day"))
    return f"@{year:04d}-{month:02d}-{day:02d}"


def _substring(node: Elm) -> str:
    parts = [node[part] for part in ("stringToSub", "startIndex", "length") if part in node]
    return _listed("Substring(", list(map(cql_of, parts)), ")")


_WRITERS: Mapping[str, Callable[[Elm], str]] = {
    "Null": lambda _: "null",
    "Literal": _literal,
    "Date": _date,
    **dict.fromkeys(("ParameterRef", "ExpressionRef"), lambda node: _name(node["name"])),
    **dict.fromkeys(("OperandRef", "AliasRef", "QueryLetRef"), lambda node: node["name"]),
    "FunctionRef": lambda node: _called(_name(node["name"]))(node),
    "And": _chained("and"),
    "Or": _chained("or"),
    "Concatenate": _chained("+"),
    "Not": _not,
    "IsNull": lambda node: f"{_part(node['operand'])} is null",
    "IsTrue": lambda node: f"{_part(node['operand'])} is true",
    "Equal": _infix("="),
    "Less": _infix("<"),
    "LessOrEqual": _infix("<="),
    "Greater": _infix(">"),
    "GreaterOrEqual": _infix(">="),
    "In": _infix("in"),
    "Add": _infix("+"),
    "Subtract": _infix("-"),
    "Multiply": _infix("*"),
    "TruncatedDivide": _infix("div"),
    "If": _if,
    "Case": _case,
    "Query": _query,
    "Tuple": _tuple,
    "List": lambda node: _listed("{ ", [cql_of(element) for element in node["element"]], " }"),
    "Exists": lambda node: f"exists {_part(node['operand'])}",
    "Combine": lambda node: _listed("Combine(", [cql_of(node["source"]), cql_of(node["separator"])], ")"),
    "Count": lambda node: f"Count({cql_of(node['source'])})",
    "PositionOf": lambda node: _listed("PositionOf(", [cql_of(node["pattern"]), cql_of(node["string"])], ")"),
    "Substring": _substring,
    "DateTimeComponentFrom": lambda node: f"{node['precision'].lower()} from {_part(node['operand'])}",
    "DifferenceBetween": lambda node: "difference in days between " + " and ".join(map(_part, node["operand"])),
    **{
        name: _called(name)
        for name in ("Coalesce", "Length", "Lower", "Matches", "ReplaceMatches", "StartsWith", "ToString", "Upper")
    },
}

_CLOSED = {
    *("Null", "Literal", "Date", "ParameterRef", "ExpressionRef", "OperandRef", "AliasRef", "QueryLetRef", "List"),
    *("FunctionRef", "Combine", "Count", "PositionOf", "Substring", "Coalesce", "Length", "Lower", "Matches"),
    *("ReplaceMatches", "StartsWith", "ToString", "Upper"),
}
"""What needs no brackets as a part of something else."""
