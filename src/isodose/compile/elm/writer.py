"""Which parts of a library's expressions become definitions of their own, so that each is written and computed once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from isodose.compile.elm.expressions import elm_of
from isodose.compile.elm.nodes import Elm, definition
from isodose.compile.elm.statements import Definition
from isodose.compile.expression import (
    AllOf,
    AnyOf,
    Boolean,
    Column,
    Constant,
    Expression,
    IsTrue,
    Literal,
    Not,
    OneOf,
    Present,
    children,
    in_order,
)

_PLAIN = (Column, Literal, Constant)


class Writer:
    """Writes expressions; those that have a name, or are needed more than once, by the name of their definition."""

    def __init__(self, roots: Iterable[Expression], names: Mapping[Expression, str]) -> None:
        self.nodes = in_order([*names, *roots])
        uses = Counter(child for node in self.nodes for child in children(node))
        shared = [node for node in self.nodes if uses[node] > 1 and _is_a_part(node) and node not in names]
        self._names = {**names, **{node: f"Part: {number}" for number, node in enumerate(shared, start=1)}}
        self._by_first_part = self._index()
        self._written: set[str] = set()

    def of(self, expression: Expression) -> Elm:
        """The expression, or the name of its definition."""
        name = self._names.get(expression)
        return definition(name) if name else self._inline(expression)

    def body(self, expression: Expression, name: str) -> Elm:
        """What the definition of that name says: the expression, or the name of another that says the same."""
        self._written.add(name)
        known = self._names.get(expression)
        return definition(known) if known and known != name else self._inline(expression)

    def statements(self) -> Iterator[Definition]:
        """The definitions of what has a name and none yet, each after those that it needs."""
        for node in self.nodes:
            name = self._names.get(node)
            if name and name not in self._written:
                yield Definition(name, self.body(node, name), is_public=False)

    def _inline(self, expression: Expression) -> Elm:
        return elm_of(self._folded(expression), self.of)

    def _index(self) -> Mapping[tuple[type, Boolean], list[AllOf | AnyOf]]:
        """The named conjunctions and disjunctions by their kind and first part, the longest first."""
        found = defaultdict[tuple[type, Boolean], list[AllOf | AnyOf]](list)
        named = [node for node in self._names if isinstance(node, (AllOf, AnyOf))]
        for node in sorted(named, key=lambda node: -len(node.parts)):
            found[type(node), node.parts[0]].append(node)
        return found

    def _folded(self, expression: Expression) -> Expression:
        """The same with named conjunctions in place of their parts, which merging had spread out."""
        if not isinstance(expression, (AllOf, AnyOf)):
            return expression
        left = dict.fromkeys(expression.parts)
        candidates = [node for part in left for node in self._by_first_part.get((type(expression), part), ())]
        folded: list[Boolean] = []
        for node in sorted(candidates, key=lambda node: -len(node.parts)):
            if node is not expression and left.keys() >= set(node.parts):
                folded.append(node)
                for part in node.parts:
                    del left[part]
        return type(expression)((*folded, *left)) if folded else expression


def is_plain(node: Expression) -> bool:
    """Whether a name would say no more than what it stands for."""
    return isinstance(node, _PLAIN) or (isinstance(node, (Not, Present, IsTrue)) and all(map(is_plain, children(node))))


def _is_a_part(node: Expression) -> bool:
    """Whether it is long enough for a definition that has no name of its own."""
    return not is_plain(node) and not isinstance(node, (Not, OneOf))
