"""An edition's Markdown file as an ``Edition``: front matter, then blocks beside the text they stand under."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import PurePath

from isodose.guideline import yaml_source
from isodose.guideline.data_block import lists_in, plain_from
from isodose.guideline.dates import date_from
from isodose.guideline.document import Block, Group, Piece, document_from, groups_of
from isodose.guideline.edition import Aside, Clause, Data, Edition, Passage, Reading, Rung
from isodose.guideline.facts import Facts
from isodose.guideline.ladder import ladder_from
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.phrase import ListedCodes, Vocabulary
from isodose.guideline.problem import Place, Problem, did_you_mean, listed
from isodose.guideline.reading_block import reading_from
from isodose.guideline.rule import tree_from
from isodose.guideline.text import plain
from isodose.guideline.tree import Node, clauses_reached
from isodose.guideline.yaml_source import Fields

_FRONT = ("guideline", "title", "plan", "effective", "decided", "text", "criteria", "ladder")
RECONSTRUCTED = "reconstructed"


def clause_ids(source: str) -> list[str]:
    """The clauses that an edition's file gives a rule, before anything else of it is read."""
    document = document_from(source, "", [])
    return [part.name for part in document.parts if isinstance(part, Block) and part.kind == "rule"]


def edition_from(source: str, file: str, facts: Facts, problems: list[Problem]) -> Edition | None:
    """The edition that the file states, or None where its front matter cannot be read; all problems are noted."""
    document = document_from(source, file, problems)
    front = yaml_source.parse(document.front_matter, Place(file, 2), problems)
    if front is None:
        return None
    fields = Fields(front, "the front matter", _FRONT, problems)
    body = _Body(groups_of(document.parts), facts, problems)
    ladder = ladder_from(fields.value("ladder", required=True), body.known, problems)
    kinds = _kinds(ladder, body.rules)
    effective, decided = _date(fields, "effective"), _date(fields, "decided")
    text = fields.text("text", required=True)
    criteria = _one_of(fields, "criteria", ("held", "not held"))
    if not (effective and decided):
        return None
    clauses = {name: body.clause(name, kinds.get(name, "passage")) for name in body.rules}
    return Edition(
        guideline=fields.text("guideline", required=True),
        title=fields.text("title", required=True),
        plan=fields.text("plan", required=True),
        effective=effective,
        decided=decided,
        id=PurePath(file).stem,
        reconstructed=text == RECONSTRUCTED,
        criteria_held=criteria == "held",
        ladder=ladder,
        clauses=clauses,
        data=body.data,
        readings=body.readings,
        passages=body.passages(clauses),
        file=file,
        published=None if text == RECONSTRUCTED else text,
    )


def _date(fields: Fields, name: str) -> date | None:
    scalar = fields.scalar(name, required=True)
    day = date_from(scalar.text) if scalar else None
    if scalar and day is None:
        fields.wrong(scalar.place, f"`{name}` must be a date like 2025-10-01, not `{scalar.text}`")
    return day


def _one_of(fields: Fields, name: str, allowed: tuple[str, ...]) -> str:
    scalar = fields.scalar(name, required=True)
    if scalar and scalar.text not in allowed:
        near = did_you_mean(scalar.text, allowed)
        fields.wrong(scalar.place, f"`{name}` is {listed(allowed)}, not `{scalar.text}`{near}")
    return scalar.text if scalar else ""


def _kinds(ladder: tuple[Rung, ...], rules: dict[str, Node]) -> dict[str, str]:
    """What each clause is, by the first rung that reaches it."""
    kinds: dict[str, str] = {}
    for rung in ladder:
        for clause in clauses_reached(rung.when, rules):
            kinds.setdefault(clause, _kind(rung))
    return kinds


def _kind(rung: Rung) -> str:
    if rung.outcome in (Outcome.NOT_APPLICABLE, Outcome.NOT_REQUIRED):
        return "scope"
    return "limitation" if rung.reason is Reason.LIMITATION else "criterion"


class _Body:
    """The blocks of an edition, read in the order that they need one another: data, then rules; readings stand alone."""

    def __init__(self, groups: list[Group], facts: Facts, problems: list[Problem]) -> None:
        self.groups = groups
        self.problems = problems
        self.data: dict[str, Data] = {}
        self.readings: dict[str, Reading] = {}
        self.rules: dict[str, Node] = {}
        self._beside: dict[str, tuple[Group, Block]] = {}
        self._lists: dict[str, ListedCodes] = {}
        self._each("data", self._read_data)
        clauses = dict.fromkeys(block.name for _, block in self._blocks("rule"))
        self.known = Vocabulary(facts, clauses, self._lists)
        self._each("rule", self._read_rule)
        self._each("reading", self._read_reading)

    def _blocks(self, kind: str) -> list[tuple[Group, Block]]:
        return [(group, block) for group in self.groups for block in group.blocks if block.kind == kind]

    def _each(self, kind: str, read: Callable[[Group, Block], None]) -> None:
        seen: dict[str, int] = {}
        for group, block in self._blocks(kind):
            if block.name in seen:
                message = f"`{kind} {block.name}` stands twice; the first is in line {seen[block.name]}"
                self.problems.append(Problem(block.place, message, block.name if kind == "rule" else None))
            else:
                seen[block.name] = block.place.line
                read(group, block)

    def _read_data(self, group: Group, block: Block) -> None:
        value = yaml_source.parse(block.body, block.body_place, self.problems)
        if value is None:
            return
        stated = plain_from(value, group.table, self.problems)
        self.data[block.name] = Data(block.name, stated, block.place)
        self._lists |= lists_in(block.name, value, stated, self.problems)

    def _read_rule(self, group: Group, block: Block) -> None:
        value = yaml_source.parse(block.body, block.body_place, self.problems, block.name)
        if value is None:
            return
        tree = tree_from(value, self.known, self.problems, block.name)
        if tree is not None:
            self.rules[block.name] = tree
            self._beside[block.name] = group, block

    def _read_reading(self, group: Group, block: Block) -> None:
        reading = reading_from(block, self.problems)
        if reading:
            self.readings[block.name] = reading

    def clause(self, name: str, kind: str) -> Clause:
        """The clause with the words it stands under and the readings beside it."""
        group, block = self._beside[name]
        quote = quote_of(name, group.subject)
        beside = tuple(other.name for other in group.blocks if other.kind == "reading" and other.name in self.readings)
        return Clause(name, block.title or _short(quote), quote, kind, self.rules[name], beside, block.place)

    def passages(self, clauses: dict[str, Clause]) -> tuple[Passage, ...]:
        """Text and blocks in the file's order."""
        found: list[Passage] = []
        for group in self.groups:
            found.extend(group.pieces)
            for block in group.blocks:
                stated = {"rule": clauses, "data": self.data, "reading": self.readings}.get(block.kind, {}).get(block.name)
                if block.kind == "aside":
                    found.append(Aside(" ".join(block.body.split()), block.place))
                elif stated is not None and stated.place == block.place:  # type: ignore[attr-defined]
                    found.append(stated)  # type: ignore[arg-type]
        return tuple(found)


def quote_of(clause: str, pieces: tuple[Piece, ...]) -> str:
    """The words above a block, without the clause's own number."""
    quote = plain(" ".join(piece.text for piece in pieces))
    return quote.removeprefix(f"{clause.rpartition('.')[2]}. ")


def _short(quote: str) -> str:
    title = quote.rstrip(" ,.:;")
    return title if len(title) <= 60 else title[:57].rsplit(" ", 1)[0] + " …"
