"""A letter's HTML as somebody reads it: its prose, without letterhead, numbers to copy and tables."""

import re
from html import unescape
from html.parser import HTMLParser

PROSE, NOT_PROSE = {"p", "li"}, {"date", "from", "to", "plan", "running", "address", "signed"}


class _Prose(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.inside: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in PROSE:
            self.inside.append(dict(attrs).get("class") not in NOT_PROSE)
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in PROSE:
            self.inside.pop()
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1]:
            self.blocks[-1] += data


def prose(html: str) -> str:
    """Paragraphs and items, a line each, every one ended as a sentence."""
    reader = _Prose()
    reader.feed(html)
    blocks = (" ".join(block.split()) for block in reader.blocks)
    return "\n".join(block if re.search(r"[.!?:]”?$", block) else f"{block}." for block in blocks if block)


def whole_text(html: str) -> str:
    """All text of the body, white space as one blank."""
    body = re.sub(r"(?s)^.*<body[^>]*>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
