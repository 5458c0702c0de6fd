"""An edition's file as front matter, pieces of text, and the blocks under them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from isodose.guideline.problem import Place, Problem, did_you_mean, listed, nearest

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BLOCKS = ("rule", "data", "reading", "aside")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, list, table or HTML of the text, as it is written; ``kind`` is Markdown's name for it."""

    kind: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: ``rule 1.a Title`` has kind ``rule``, name ``1.a``, and the title. ``place`` is that of the fence.

    A block of a misspelt kind is read as the nearest kind, so that what rests on it is not blamed; one without a name has
    an empty one.
    """

    kind: str
    name: str
    title: str
    body: str
    place: Place

    @property
    def body_place(self) -> Place:
        """Where the body starts."""
        return Place(self.place.file, self.place.line + 1)


@dataclass(frozen=True, slots=True)
class Document:
    """Front matter (YAML, without its fences) and what follows, in order."""

    front_matter: str
    parts: tuple[Piece | Block, ...]


Part = Piece | Block


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero").enable(["table", "fence", "list", "heading", "html_block", "hr"])


def document_from(text: str, file: str, problems: list[Problem]) -> Document:
    """Split an edition's file. Blocks of an unknown kind, without a name or without an end are problems."""
    front, body, first_line = _front_matter(text, file, problems)
    lines = body.split("\n")
    parts: list[Part] = []
    for token in _tokens(lines, Place(file, first_line), problems):
        if token.level == 0 and token.map and token.nesting >= 0:
            start, end = token.map
            place = Place(file, first_line + start)
            if token.type == "fence":
                parts.append(_block(token.info, token.content, place, problems))
            else:
                kind = token.type.removesuffix("_open")
                parts.append(Piece(kind, "\n".join(lines[start:end]).strip("\n"), place))
    return Document(front, tuple(parts))


def _tokens(lines: list[str], origin: Place, problems: list[Problem]) -> list[Token]:
    """The tokens of Markdown, with blocks mended that would swallow what follows or be swallowed by a list."""
    told: set[int] = set()
    while True:
        tokens = _markdown().parse("\n".join(lines))
        for token in tokens:
            wrong = _mended(token, lines) if token.type == "fence" and token.map else None
            if wrong and token.map and token.map[0] not in told:
                told.add(token.map[0])
                problems.append(Problem(Place(origin.file, origin.line + token.map[0]), wrong))
                break
        else:
            return tokens


def _mended(token: Token, lines: list[str]) -> str | None:
    """What is wrong with where a block begins or ends, after the lines are mended as far as they can be."""
    assert token.map, "a fence has lines"
    start, end = token.map
    if token.level:
        if token.info.strip().partition(" ")[0] not in BLOCKS:
            return None
        indent = len(lines[start]) - len(lines[start].lstrip())
        lines[start:end] = [line[:indent].lstrip() + line[indent:] for line in lines[start:end]]
        return "this block is indented and so belongs to the list above it: its lines must start at the margin"
    if _is_closed(token, lines):
        return None
    blank = next((number for number in range(start + 1, end) if not lines[number].strip()), None)
    if blank is not None:
        lines[blank] = token.markup
    return f"this block is not closed: a line {token.markup} is missing below it"


def _is_closed(token: Token, lines: list[str]) -> bool:
    assert token.map, "a fence has lines"
    start, end = token.map
    opens_another = re.compile(rf"{token.markup} *({'|'.join(BLOCKS)})\b")
    has_end = end - 1 > start and set(lines[end - 1].strip()) == {token.markup[0]}
    return has_end and not any(opens_another.match(line) for line in lines[start + 1 : end])


def _front_matter(text: str, file: str, problems: list[Problem]) -> tuple[str, str, int]:
    lines = text.split("\n")
    if lines[0].rstrip() == "---" and "---" in (rest := [line.rstrip() for line in lines[1:]]):
        end = rest.index("---") + 1
        if not any(rest[: end - 1]):
            problems.append(Problem(Place(file, 2), "nothing is written here"))
        return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2
    problems.append(Problem(Place(file), "the file must start with front matter between two lines `---`"))
    return "", text, 1


def _block(info: str, body: str, place: Place, problems: list[Problem]) -> Block:
    kind, _, rest = info.strip().partition(" ")
    name, _, title = rest.strip().partition(" ")
    if kind not in BLOCKS:
        message = f"a block is {listed(BLOCKS)}, not `{kind}`{did_you_mean(kind, BLOCKS)}"
        problems.append(Problem(place, message))
        kind = nearest(kind, BLOCKS) or "aside"
    elif kind != "aside" and not name:
        problems.append(Problem(place, f"this `{kind}` block has no name: write `{kind} NAME`"))
    elif kind == "aside" and not body.strip():
        problems.append(Problem(place, "this `aside` is empty: say in a sentence why the text asks for nothing"))
    return Block(kind, name, title.strip(), body, place)


@dataclass(frozen=True, slots=True)
class Group:
    """Pieces of text and the blocks under them, up to the next text."""

    pieces: tuple[Piece, ...]
    blocks: tuple[Block, ...]

    @property
    def subject(self) -> tuple[Piece, ...]:
        """The piece directly above the blocks, with the paragraphs ending in a colon that introduce it."""
        pieces = [piece for piece in self.pieces if piece.kind != "heading"]
        start = len(pieces) - 1
        while start > 0 and pieces[start - 1].text.rstrip("*_ ").endswith(":"):
            start -= 1
        return tuple(pieces[max(start, 0) :])

    @property
    def table(self) -> Piece | None:
        """The nearest table above the blocks."""
        return next((piece for piece in reversed(self.pieces) if piece.kind == "table"), None)

    @property
    def unaccounted(self) -> tuple[Piece, ...]:
        """The pieces that no block accounts for. A heading needs no account; an aside accounts for all."""
        if any(block.kind == "aside" for block in self.blocks):
            return ()
        subject = self.subject if self.blocks else ()
        return tuple(piece for piece in self.pieces if piece.kind not in ("heading", "hr") and piece not in subject)


def groups_of(parts: tuple[Part, ...]) -> list[Group]:
    """The document as groups, in order."""
    groups: list[tuple[list[Piece], list[Block]]] = [([], [])]
    for part in parts:
        if isinstance(part, Block):
            groups[-1][1].append(part)
        else:
            if groups[-1][1]:
                groups.append(([], []))
            groups[-1][0].append(part)
    return [Group(tuple(pieces), tuple(blocks)) for pieces, blocks in groups]
