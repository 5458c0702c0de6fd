"""The blocks of an edition beside the text they stand under: data, rules, readings, asides."""

from __future__ import annotations

from collections.abc import Callable, Collection

from isodose.guideline import yaml_source
from isodose.guideline.data_block import lists_in, plain_from, with_parts_below
from isodose.guideline.document import Block, Group, Piece
from isodose.guideline.edition import Aside, Clause, Data, Passage, Reading
from isodose.guideline.facts import Facts
from isodose.guideline.phrase import ListedCodes, Vocabulary
from isodose.guideline.problem import ANY_CLAUSE, ANY_LIST, Place, Problem
from isodose.guideline.reading_block import reading_from
from isodose.guideline.rule import tree_from
from isodose.guideline.text import plain, shortened
from isodose.guideline.tree import Node

_LONGEST_TITLE = 60
"""Letters of a title that is made from the text itself."""


class Body:
    """The blocks of an edition, read in the order that they need one another: data, then rules; readings stand alone."""

    def __init__(self, groups: list[Group], facts: Facts, problems: list[Problem], unreadable: Collection[str]) -> None:
        self.groups = groups
        self.problems = problems
        self.data: dict[str, Data] = {}
        self.readings: dict[str, Reading] = {}
        self.rules: dict[str, Node] = {}
        self._beside: dict[str, tuple[Group, Block]] = {}
        self._lists: dict[str, ListedCodes] = {}
        self._unreadable = set(unreadable)
        blocks = [block for group in groups for block in group.blocks]
        self._unreadable |= {ANY_CLAUSE} if has_lost_name("rule", blocks) else set()
        self._unreadable |= {ANY_LIST} if has_lost_name("data", blocks) else set()
        self._each("data", self._read_data)
        self._lists = with_parts_below(self._lists, self.data, self.problems)
        clauses = dict.fromkeys(block.name for _, block in self._blocks("rule"))
        self.known = Vocabulary(facts, clauses, self._lists, self._unreadable)
        self._each("rule", self._read_rule)
        self._each("reading", self._read_reading)

    def _blocks(self, kind: str) -> list[tuple[Group, Block]]:
        return [(group, block) for group in self.groups for block in group.blocks if block.kind == kind]

    def _each(self, kind: str, read: Callable[[Group, Block], None]) -> None:
        seen: dict[str, int] = {}
        for group, block in self._blocks(kind):
            if not block.name:
                continue
            if block.name in seen:
                message = f"`{kind} {block.name}` stands twice; the first is in line {seen[block.name]}"
                self.problems.append(Problem(block.place, message, block.name if kind == "rule" else None))
            else:
                seen[block.name] = block.place.line
                read(group, block)

    def _read_data(self, group: Group, block: Block) -> None:
        told = len(self.problems)
        value = yaml_source.parse(block.body, block.body_place, self.problems)
        if value is not None:
            stated = plain_from(value, group.table, self.problems)
            self.data[block.name] = Data(block.name, stated, block.place)
            self._lists |= lists_in(block.name, value, stated, self.problems)
        if len(self.problems) > told:
            self._unreadable |= {block.name, block.name.partition(".")[0]}

    def _read_rule(self, group: Group, block: Block) -> None:
        value = yaml_source.parse(block.body, block.body_place, self.problems, block.name)
        if value is None:
            return
        tree = tree_from(value, self.known, self.problems, block.name)
        if tree is not None:
            self.rules[block.name] = tree
            self._beside[block.name] = group, block

    def _read_reading(self, _: Group, block: Block) -> None:
        reading = reading_from(block, self.problems)
        if reading:
            self.readings[block.name] = reading

    def clause(self, name: str, kind: str) -> Clause:
        """The clause with the words it stands under and the readings beside it."""
        group, block = self._beside[name]
        quote = quote_of(name, group.subject)
        beside = tuple(other.name for other in group.blocks if other.kind == "reading" and other.name in self.readings)
        return Clause(
            name,
            block.title or shortened(quote.rstrip(" ,.:;"), _LONGEST_TITLE),
            quote,
            kind,
            self.rules[name],
            beside,
            block.place,
        )

    def passages(self, clauses: dict[str, Clause]) -> tuple[Passage, ...]:
        """Text and blocks in the file's order."""
        stated: list[Clause | Data | Reading] = [*clauses.values(), *self.data.values(), *self.readings.values()]
        by_place: dict[Place, Passage] = {passage.place: passage for passage in stated}
        found: list[Passage] = []
        for group in self.groups:
            found.extend(group.pieces)
            for block in group.blocks:
                if block.kind == "aside":
                    found.append(Aside(" ".join(block.body.split()), block.place))
                elif block.place in by_place:
                    found.append(by_place[block.place])
        return tuple(found)


def has_lost_name(kind: str, blocks: list[Block]) -> bool:
    """Whether the own name of some block of this kind is not known: it has none or that of another, or may be of any kind."""
    names = [block.name for block in blocks if block.kind == kind]
    return "" in names or len(set(names)) < len(names) or any(not block.kind for block in blocks)


def quote_of(clause: str, pieces: tuple[Piece, ...]) -> str:
    """The words above a block, without the clause's own number."""
    quote = plain("\n".join(piece.text for piece in pieces))
    return quote.removeprefix(f"{clause.rpartition('.')[2]}. ")
