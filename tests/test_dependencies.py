"""docs/dependencies.md has a row for each package that pyproject.toml asks for, of every extra, with a reason and a license."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAME = re.compile(r"[A-Za-z0-9._-]+")
ROW = re.compile(
    r"^\| (?P<packages>[^|]+) \| (?P<reason>[^|]+) \| (?P<license>[^|]+) \| (?P<size>[^|]+) \|", re.MULTILINE
)

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS: dict[str, list[str]] = {
    "always": PROJECT["project"]["dependencies"],
    **PROJECT["project"]["optional-dependencies"],
    **PROJECT["dependency-groups"],
}


def rows() -> dict[str, re.Match[str]]:
    """The rows by the names of the packages that stand in them."""
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    return {name.lower(): row for row in ROW.finditer(text) for name in NAME.findall(row["packages"])}


@pytest.mark.parametrize("group", GROUPS)
def test_each_package_has_a_row_with_a_reason_a_license_and_a_weight(group: str) -> None:
    told, asked = rows(), [NAME.match(needs) for needs in GROUPS[group]]
    names = [found[0].lower() for found in asked if found]
    assert names
    assert [name for name in names if name not in told] == []
    for name in names:
        assert all(told[name][cell].strip() for cell in ("reason", "license", "size")), name
        assert re.search(r"[0-9] [kM]B", told[name]["size"]), name
