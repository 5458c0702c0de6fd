"""Each part of src/isodose imports only from parts above it, and the core stays pure."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PARTS = [
    "guideline",
    "determination",
    "compile",
    "proof",
    "batch",
    "store",
    "desk",
    "claims",
    "report",
    "fhir",
    "pages",
    "letters",
    "fax",
    "web",
    "terminal",
    "settings",
    "kept",
    "commands",
    "cli",
]
OUTSIDE_THE_ORDER = {"__init__", "__main__"}
STRANGERS = {("fhir", "batch")}  # the other way round is a step backwards anyway

# The core reads no clock and logs nothing, and beside the standard library imports only this:
CORE = {"guideline": {"markdown_it", "yaml"}, "determination": set[str]()}
CLOCKS = {"now", "today", "utcnow"}
IMPURE = {"logging", "time"}


def problems(package: Path) -> Iterator[str]:
    """Each breach of the rules in one package, as `file:line: what`."""
    for file in sorted(package.rglob("*.py")):
        inside = file.relative_to(package.parent).with_suffix("").parts
        part = inside[1]
        if part in OUTSIDE_THE_ORDER:
            continue
        if part not in PARTS:
            yield f"{file}:1: {part} has no place in the order of parts"
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            for what in breaches(node, part, inside):
                yield f"{file}:{getattr(node, 'lineno', 1)}: {part} {what}"


def breaches(node: ast.AST, part: str, inside: tuple[str, ...]) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and part in CORE and node.attr in CLOCKS:
        yield f"reads the clock, {ast.unparse(node)}; dates are arguments"
    for module in imported(node, inside):
        top, *below = module.split(".")
        if top == inside[0]:
            target = below[0] if below else ""
            if (part, target) in STRANGERS or target in PARTS[PARTS.index(part) + 1 :]:
                yield f"imports {module}, and may not know {target}"
        elif part in CORE and top in IMPURE:
            yield f"imports {module}; it reads no clock and logs nothing"
        elif part in CORE and top not in sys.stdlib_module_names | CORE[part]:
            yield f"imports {module}, which is not in the standard library"


def imported(node: ast.AST, inside: tuple[str, ...]) -> list[str]:
    """Full names of what a statement imports: `from ..web import x` in fhir is isodose.web.x."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        package = inside[: -node.level] if node.level else ()
        return [".".join(filter(None, (*package, node.module, a.name))) for a in node.names]
    return []


def test_the_parts_import_in_one_direction() -> None:
    assert list(problems(ROOT / "src" / "isodose")) == []


@pytest.mark.parametrize(
    ("file", "line", "what"),
    [
        ("guideline/load.py", "from isodose.web import pages", "may not know web"),
        ("guideline/load.py", "from isodose import cli", "may not know cli"),
        ("guideline/load.py", "def f():\n    from ..determination import x", "may not know"),
        ("batch/run.py", "import isodose.fhir.bundle", "may not know fhir"),
        ("fhir/bundle.py", "import isodose.batch", "may not know batch"),
        ("determination/__init__.py", "from .. import compile", "may not know compile"),
        ("determination/decide.py", "import yaml", "not in the standard library"),
        ("guideline/load.py", "import fhirpathpy", "not in the standard library"),
        ("guideline/load.py", "from time import monotonic", "reads no clock"),
        ("determination/decide.py", "import logging.config", "logs nothing"),
        ("determination/decide.py", "import datetime\ndatetime.date.today()", "reads the clock"),
        ("helpers.py", "x = 1", "no place in the order"),
    ],
)
def test_a_step_backwards_is_found(tmp_path: Path, file: str, line: str, what: str) -> None:
    path = tmp_path / "isodose" / file
    path.parent.mkdir(parents=True)
    path.write_text(line)
    [problem] = problems(tmp_path / "isodose")
    assert problem.startswith(f"{path}:{line.count(chr(10)) + 1}: ")
    assert what in problem


def test_steps_forwards_are_fine(tmp_path: Path) -> None:
    for file, line in {
        "__init__.py": "from isodose.cli import main",
        "cli.py": "from isodose import __version__, guideline, web\nimport time",
        "determination/decide.py": "import isodose\nfrom isodose.guideline import x\nimport datetime",
        "fhir/bundle.py": "import fhirpathpy\nfrom ..guideline import x",
        "guideline/load.py": "import yaml\nfrom markdown_it import MarkdownIt\nfrom . import facts",
    }.items():
        path = tmp_path / "isodose" / file
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(line)
    assert list(problems(tmp_path / "isodose")) == []
