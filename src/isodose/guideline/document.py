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

_UNKNOWN = "(unknown)"
"""Stands for the first line of a block that lacks it."""
_FENCE = re.compile(r"`{3,}|~{3,}")
_OPENING = re.compile(rf"(?:{_FENCE.pattern}) *({'|'.join(BLOCKS)})\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, list, table or HTML of the text, as it is written; ``kind`` is Markdown's name for it."""

    kind: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: ``rule 1.a Title`` has kind ``rule``, name ``1.a``, and the title. ``place`` is that of the fence.

    A block of a misspelt kind is read as the nearest kind, so that what rests on it is not blamed. One without a name, or
    of a kind that is not near any, has an empty one.
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
        wrong = (_mended(token, lines) for token in tokens if token.type == "fence")
        number, message = next((found for found in wrong if found and found[0] not in told), (-1, ""))
        if not message:
            return tokens
        told.add(number)
        problems.append(Problem(Place(origin.file, origin.line + number), message))


def _mended(token: Token, lines: list[str]) -> tuple[int, str] | None:
    """The line where a block is wrong and how, after the lines are mended as far as they can be; None if it is right."""
    assert token.map, "a fence has lines"
    start, end = token.map
    if token.level:
        return _at_the_margin(token, lines)
    if _is_closed(token, lines):
        return None
    above = lines[start - 1].strip() if start else ""
    if above and not token.info.strip():
        return _without_its_opening(start, lines)
    if start + 1 < len(lines) and _OPENING.match(lines[start + 1]):
        lines[start] = ""
        return start, "this line opens a block, and so does the next: keep one of them"
    blank = next((number for number in range(start + 1, end) if not lines[number].strip()), None)
    if blank is not None:
        lines[blank] = token.markup
    return start, f"this block is not closed: a line {token.markup} is missing below it"


def _at_the_margin(token: Token, lines: list[str]) -> tuple[int, str] | None:
    assert token.map, "a fence has lines"
    start, end = token.map
    if token.info.strip().partition(" ")[0] not in BLOCKS:
        return None
    indent = len(lines[start]) - len(lines[start].lstrip())
    lines[start:end] = [line[:indent].lstrip() + line[indent:] for line in lines[start:end]]
    message = "this block is indented and so belongs to the list above it: its lines must start at the margin"
    return start, message


def _without_its_opening(end: int, lines: list[str]) -> tuple[int, str]:
    """A line that is meant to close a block and opens one: the block above is closed, or its first line is missing."""
    if _FENCE.fullmatch(lines[end - 1].strip()):
        lines[end] = ""
        return end, "this line closes a block that is closed already: remove it"
    blank = next((number for number in range(end - 1, -1, -1) if not lines[number].strip()), None)
    if blank is None:
        return end, "this line closes a block that nothing opens"
    lines[blank] = f"```{_UNKNOWN}"
    return (
        blank + 1,
        "a line that opens this block is missing above it: ```rule NAME, ```data NAME, ```reading NAME or ```aside",
    )


def _is_closed(token: Token, lines: list[str]) -> bool:
    assert token.map, "a fence has lines"
    start, end = token.map
    has_end = end - 1 > start and set(lines[end - 1].strip()) == {token.markup[0]}
    return has_end and not any(_OPENING.match(line) for line in lines[start + 1 : end])


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
        if kind != _UNKNOWN:
            message = f"a block is {listed(BLOCKS)}, not `{kind}`{did_you_mean(kind, BLOCKS)}"
            problems.append(Problem(place, message))
        kind = nearest(kind, BLOCKS) or ""
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
        if any(block.kind in ("aside", "") for block in self.blocks):
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
