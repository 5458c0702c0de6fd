"""How text is read, everywhere the same: ASCII white space is trimmed, codes are upper-cased, other words lower-cased.

Only A-Z and a-z change case: ``str.upper`` would turn a long s or a dotless i into an ASCII letter.
"""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase

WHITE_SPACE = " \t\n\r\v\f"
UPPER = str.maketrans(ascii_lowercase, ascii_uppercase)
LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)

_MARKUP = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!|-])|\*|</?[a-z]+[^<>]*>|^\s*(#{1,6}|[-+])(?=\s)|\|", re.MULTILINE)
_RULE = r"[ \t]*:?-+:?[ \t]*"
_RULES_OF_TABLES = re.compile(rf"^(?=.*(?:\||--))[ \t]*\|?{_RULE}(?:\|{_RULE})*\|?[ \t]*$", re.MULTILINE)
_TICKED = re.compile(r"<input\b[^>]*\bchecked\b[^>]*>")
_UNTICKED = re.compile(r"<input\b[^>]*>")
_WEB_ADDRESS = re.compile(r"<(https?://[^<>\s]+)>")


def trimmed(text: str) -> str:
    """Without ASCII white space around it."""
    return text.strip(WHITE_SPACE)


def as_code(text: str) -> str:
    """A code as it is compared: trimmed and upper-cased."""
    return trimmed(text).translate(UPPER)


def as_word(text: str) -> str:
    """Any other word as it is compared: trimmed and lower-cased."""
    return trimmed(text).translate(LOWER)


def without_markup(text: str) -> str:
    """The words of a Markdown or HTML passage, white space as it stands; a box to tick becomes ☒ or ☐."""
    text = _UNTICKED.sub("☐", _TICKED.sub("☒", _WEB_ADDRESS.sub(r"\1", text)))
    return _MARKUP.sub("", _RULES_OF_TABLES.sub("", text))


def shortened(text: str, longest: int) -> str:
    """The text as it is, or its first words and ``…`` within so many letters."""
    return text if len(text) <= longest else text[: longest - 2].rsplit(" ", 1)[0] + " …"


def words(text: str) -> list[str]:
    """The words of a passage, markup and white space apart: what two forms of one text are compared by."""
    return without_markup(text).split()


def plain(text: str) -> str:
    """A passage on one line, as it is quoted."""
    return " ".join(words(text))
