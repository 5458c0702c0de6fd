"""The page on letters is held to the code."""

import re
from pathlib import Path

import pytest

from isodose.desk.transitions import Do
from isodose.letters.kind import LETTERS, Kind
from isodose.letters.outbox import PROVES, Channel

PAGE = (Path(__file__).parents[2] / "docs" / "letters.md").read_text("utf-8")


def test_the_example_prints_what_the_page_prints(capsys: pytest.CaptureFixture[str]) -> None:
    example, printed = re.findall(r"^```(?:python)?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[:2]
    exec(compile(example, "letters.md", "exec"), {})  # noqa: S102 (the page's own example)
    assert capsys.readouterr().out == printed


def test_every_event_has_its_row_with_its_letter_or_why_there_is_none() -> None:
    shown: dict[str, set[str]] = {}
    for events, kind in re.findall(r"^\| (`.*?) \| (`[a-z-]+`|none) \| \S.* \| \S.* \|$", PAGE, re.MULTILINE):
        for event in re.findall(r"`([a-z-]+)`", events):
            shown.setdefault(event, set()).add(kind.strip("`"))
    expected = {do.value: {LETTERS[do].kind.value if do in LETTERS else "none"} for do in Do}
    assert shown == expected | {"overdue": {"overdue", "none"}}


@pytest.mark.parametrize("name", [*Kind, *Channel])
def test_each_kind_and_channel_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_each_channel_has_its_proof() -> None:
    for channel, proof in PROVES.items():
        assert re.search(rf"^\| `{channel}` \|.*\| {re.escape(proof)} \|$", PAGE, re.MULTILINE)
