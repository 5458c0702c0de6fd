"""An edition's file as front matter, pieces of text, and the blocks under them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from isodose.guideline.problem import Place, Problem, did_you_mean, listed

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

BLOCKS = ("rule", "data", "reading", "aside")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, list, table or HTML of the text, as it is written; ``kind`` is Markdown's name for it."""

    kind: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: ``rule 1.a Title`` has kind ``rule``, name ``1.a``, and the title. ``place`` is that of the fence."""

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
    """Split an edition's file. Blocks of an unknown kind and blocks without a name are problems."""
    front, body, first_line = _front_matter(text, file, problems)
    lines = body.split("\n")
    parts: list[Part] = []
    for token in _markdown().parse(body):
        if token.level == 0 and token.map and token.nesting >= 0:
            start, end = token.map
            place = Place(file, first_line + start)
            if token.type == "fence":
                parts.extend(_block(token.info, token.content, place, problems))
            else:
                kind = token.type.removesuffix("_open")
                parts.append(Piece(kind, "\n".join(lines[start:end]).strip("\n"), place))
    return Document(front, tuple(parts))


def _front_matter(text: str, file: str, problems: list[Problem]) -> tuple[str, str, int]:
    lines = text.split("\n")
    if lines[0].rstrip() == "---" and "---" in (rest := [line.rstrip() for line in lines[1:]]):
        end = rest.index("---") + 1
        return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2
    problems.append(Problem(Place(file), "the file must start with front matter between two lines `---`"))
    return "", text, 1


def _block(info: str, body: str, place: Place, problems: list[Problem]) -> list[Block]:
    kind, _, rest = info.strip().partition(" ")
    name, _, title = rest.strip().partition(" ")
    if kind not in BLOCKS:
        message = f"a block is {listed(BLOCKS)}, not `{kind}`{did_you_mean(kind, BLOCKS)}"
        problems.append(Problem(place, message))
        return []
    if kind != "aside" and not name:
        problems.append(Problem(place, f"this `{kind}` block has no name: write `{kind} NAME`"))
        return []
    return [Block(kind, name, title.strip(), body, place)]


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
