"""The documentation is held to the code: its commands run, their output is what it prints, and nothing goes without a word."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from isodose.cli import COMMANDS, parser
from isodose.determination.program import Determination
from isodose.guideline import document, edition_source, facts, facts_source, outcome, reading_block, units, worked_case
from isodose.settings import Settings
from tests.command_line import Run

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^(`{3,})[^\n`]*\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(page: Path) -> list[str]:
    return [found[2] for found in FENCE.finditer(page.read_text("utf-8"))]


SESSIONS = [
    (page.name, session)
    for page in PAGES
    for block in blocks(page)
    if block.startswith("$ ./isodose ")
    for session in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
]
COMMAND_LINES = [
    (page.name, line)
    for page in PAGES
    for block in blocks(page)
    for line in block.splitlines()
    if line.startswith("./isodose ")
]


def arguments(line: str) -> list[str]:
    """What a documented command line hands to the program; comment and redirection are the shell's."""
    words = shlex.split(line, comments=True)[1:]
    return words[: words.index(">")] if ">" in words else words


@pytest.mark.parametrize(("page", "session"), SESSIONS)
def test_a_printed_command_prints_what_the_page_prints(page: str, session: str) -> None:
    """In a process of its own: what Z3 was asked before has a part in which of its examples it finds."""
    command, _, printed = session.partition("\n")
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "isodose", *arguments(command)],
        env={"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, page
    if printed:
        assert without_hash(ended.stdout) == without_hash(printed), page


def without_hash(page: str) -> str:
    """A page says which content it rests on; each change of the content changes that."""
    return re.sub(r"content [0-9a-f]{16}", "content …", page)


@pytest.mark.slow
@pytest.mark.parametrize(("page", "line"), COMMAND_LINES)
def test_a_command_that_a_page_names_runs(run: Run, tmp_path: Path, page: str, line: str) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    if "new" not in line:
        run("new", "my-guideline")
    ended = run(*arguments(line))
    assert (ended.status, page) == (0, page)


def test_the_readme_shows_a_determination() -> None:
    assert ("README.md", "decide") in {(page, arguments(session.partition("\n")[0])[0]) for page, session in SESSIONS}


def test_the_library_does_what_the_readme_says() -> None:
    [example] = [block for block in blocks(ROOT / "README.md") if block.startswith("import isodose")]
    known: dict[str, object] = {}
    exec(example, known)  # noqa: S102 (our own page)
    said = re.findall(r"^(determination\.\w+)  # (.+)$", example, re.MULTILINE)
    assert [name for name, _ in said] == ["determination.outcome", "determination.missing"]
    determination = known["determination"]
    assert isinstance(determination, Determination)
    assert said[0][1] == f"Outcome.{determination.outcome.name}"
    assert repr(determination.missing).startswith(said[1][1].removesuffix("…)"))


def test_the_lines_of_the_readme_are_short() -> None:
    prose = FENCE.sub("", text("README.md")).split("\n")
    assert [line for line in prose if len(line) > 110 and not line.startswith("|")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", FENCE.sub("", page.read_text("utf-8")))
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_its_heading(name: str) -> None:
    assert re.search(rf"^## isodose {name}$", text("docs/commands.md"), re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_option_is_named(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args([name, "--help"])
    options = set(re.findall(r"(?<![\w-])--[a-z-]+", capsys.readouterr().out.split("examples:")[0])) - {"--help"}
    assert [option for option in sorted(options) if f"`{option}" not in text("docs/commands.md")] == []


@pytest.mark.parametrize("name", [one.name for one in fields(Settings)])
def test_each_setting_has_its_row(name: str) -> None:
    [row] = re.findall(rf"^\| `{name}` .*\|$", text("docs/settings.md"), re.MULTILINE)
    assert f"`ISODOSE_{name.upper()}`" in row or "only in the file" in row


def names(module: object, name: str = "_FIELDS") -> list[str]:
    """The fields that a part of the format takes; nobody else needs to know them by this name."""
    found: Iterable[str] = vars(module)[name]
    return list(found)


LEAVES: Mapping[str, str] = {
    "Yes": "`radiation_required`",
    "Is": "`treatment_intent is curative`",
    "Compare": "`age < 21 years`",
    "IsAbsent": "`prior_study is absent`",
    "InList": "`procedure_code in codes.required`",
    "InDiagnoses": "`diagnosis in 1.a`",
    "ClauseMet": "`clause 2`",
    "All": "`all: […]`",
    "Any": "`any: […]`",
    "NoneOf": "`none: […]`",
    "AtLeast": "`at least N: […]`",
    "Otherwise": "`otherwise`",
}

CONSTRUCTS = [
    *(f"`{block}" for block in document.BLOCKS),
    *LEAVES.values(),
    *(f"`{field}`" for field in names(facts_source)),
    *(f"{kind.value}" for kind in facts.FactType),
    *(f"`{unit}`" for unit in units.SIZES if unit),
    *(f"{field}:" for field in names(edition_source, "_FRONT")),
    *(f"{field}:" for field in names(reading_block)),
    *(f"{field}:" for field in names(worked_case)),
    *(f"{field}:" for field in names(worked_case, "_EXPECT")),
    *(f"`{reason}`" for reason in outcome.Reason),
]


@pytest.mark.parametrize("construct", dict.fromkeys(CONSTRUCTS))
def test_each_construct_is_in_the_page_on_the_format(construct: str) -> None:
    assert construct in text("docs/guideline-format.md")


def test_each_node_of_a_tree_has_its_phrase_here() -> None:
    from isodose.guideline import tree

    assert {node.__name__ for node in vars(tree)["Node"].__args__} == set(LEAVES)


def test_each_outcome_has_its_row() -> None:
    page = text("docs/determination.md")
    assert [one for one in outcome.Outcome if f"| `{one}`" not in page] == []


def test_each_part_of_the_record_is_named(run: Run) -> None:
    [record] = run("decide", "--json", ROOT / "examples" / "request.json").answers
    page = text("docs/determination.md")
    assert [part for part in record if f"`{part}`" not in page] == []
