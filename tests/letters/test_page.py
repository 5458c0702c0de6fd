"""The page on letters is held to the code."""

import re
from pathlib import Path

import pytest

from isodose.letters.kind import Kind
from isodose.letters.outbox import PROVES, Channel

PAGE = (Path(__file__).parents[2] / "docs" / "letters.md").read_text("utf-8")


def test_the_example_prints_what_the_page_prints(capsys: pytest.CaptureFixture[str]) -> None:
    example, printed = re.findall(r"^```(?:python)?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[:2]
    exec(compile(example, "letters.md", "exec"), {})  # noqa: S102 (the page's own example)
    assert capsys.readouterr().out == printed


@pytest.mark.parametrize("name", [*Kind, *Channel])
def test_each_kind_and_channel_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_each_channel_has_its_proof() -> None:
    for channel, proof in PROVES.items():
        assert re.search(rf"^\| `{channel}` \|.*\| {re.escape(proof)} \|$", PAGE, re.MULTILINE)
