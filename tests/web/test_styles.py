"""Each area's style sheet is its own: what it names is used by no other area, and what all use stands in a shared sheet."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src" / "isodose" / "web"
PAGES = WEB.parent / "pages"
_QUOTED = r"'([^']*)'"
SHARED = ("layout", "forms", "truth", "lists")
AREAS = {
    "public": ("public", "home"),
    "practice": ("practice",),
    "desk": ("reviewer",),
    "author": ("author",),
    "claims": ("claims",),
    "administrator": ("administrator",),
}
"""The sheet of each area, with how the names of its templates begin."""


def sheet(name: str) -> str:
    return (WEB / "styles" / f"{name}.css").read_text("utf-8")


def outermost(css: str) -> Iterator[str]:
    """The class that each selector begins with."""
    for selectors in re.findall(r"([^{}]+)\{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        for one in selectors.split(","):
            if found := re.match(r"\s*[a-z]*\.([a-z][\w-]*)", one):
                yield found[1]


def used(folder: Path, *beginnings: str) -> set[str]:
    """The classes of the templates whose names begin so."""
    files = [file for file in folder.glob("*.html") if file.name.startswith(beginnings)]
    attributes = (words for file in files for words in re.findall(r'class="([^"]*)"', file.read_text("utf-8")))
    return {word for words in attributes for word in re.findall(r"[a-z][\w-]*", _said(words))}


def _said(attribute: str) -> str:
    """An attribute without what a template computes, but for the words in it."""
    return re.sub(r"\{[{%](.*?)[}%]\}", lambda found: f" {' '.join(re.findall(_QUOTED, found[1]))} ", attribute)


DOCUMENTS = {
    name
    for one in ("base", "guideline", "diff")
    for name in outermost((PAGES / "styles" / f"{one}.css").read_text("utf-8"))
}
OF_ALL = DOCUMENTS | {name for shared in SHARED for name in outermost(sheet(shared))}


@pytest.mark.parametrize("area", AREAS)
def test_what_an_area_styles_no_other_uses(area: str) -> None:
    own = set(outermost(sheet(area))) - OF_ALL
    others = tuple(start for other, starts in AREAS.items() if other != area for start in starts)
    assert own & used(WEB / "templates", *others) == set()


def test_nothing_of_the_guideline_is_left_out_on_paper() -> None:
    """Documents are shown within pages: what a page leaves out in print is none of theirs."""
    [printed] = re.findall(r"@media print \{(.*)\}", sheet("layout"))
    [left_out] = re.findall(r"([^{}]+)\{ display: none; \}", printed)
    hidden = set(outermost(left_out + "{"))
    assert "acts" in hidden
    assert hidden & used(PAGES / "templates", "guideline_body", "guideline_parts", "diff_body") == set()


def test_it_sees_what_selectors_begin_with() -> None:
    assert list(outermost("a.b .c, .d > e { } @media print { .f, g { } }")) == ["b", "d", "f"]
    assert _said("a{{ ' b' if c.d }} {% if e == 'f' %}g").split() == ["a", "b", "f", "g"]
