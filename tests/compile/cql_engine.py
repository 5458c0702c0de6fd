"""CQL and ELM in their own tools: the official translator, and cql-execution, each run once for many cases."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from tests.determination.imrt_cases import imrt

from isodose.compile.elm.cql import cql_text
from isodose.compile.elm.expressions import DETERMINATION, parameter_name
from isodose.compile.elm.library import ABSENCE, library_of
from isodose.compile.elm.nodes import Elm
from isodose.compile.elm.statements import Library, library_json
from isodose.guideline.facts import FactType
from isodose.guideline.guideline import Guideline

Row = Mapping[str, Any]

PROJECT = Path(__file__).parents[1] / "cql"


class Translated(NamedTuple):
    """What the translator has to say of a library, and its ELM."""

    said: list[str]
    elm: Elm


def elm_answers(rows: Iterable[Row], elm: Elm | None = None, definition: str = DETERMINATION) -> list[Any]:
    """What a library of ELM (that of `imrt`, if none is given) says of rows of parameters or of typed flat cases, in order.

    By default the six added columns. Needs Node: without it the test skips, but in CI it fails.
    """
    library = elm or imrt_elm()
    with TemporaryDirectory() as folder:
        file, given, told = (Path(folder) / name for name in ("library.json", "rows.jsonl", "answers.jsonl"))
        file.write_text(json.dumps(library), "utf-8")
        with given.open("w", encoding="utf-8") as lines:
            lines.writelines(f"{json.dumps(_parameters(row), default=str)}\n" for row in rows)
        with given.open("rb") as source, told.open("wb") as target:
            _node("answers.mjs", str(file), definition, stdin=source, stdout=target)
        with told.open(encoding="utf-8") as answers:
            return [json.loads(line) for line in answers]


def translated(library: Library) -> Translated:
    """The library's text, compiled by the official translator."""
    ended = _node("translate.mjs", input=cql_text(library).encode(), stdout=subprocess.PIPE)
    told = json.loads(ended.stdout)
    return Translated(told["said"], told["elm"])


def imrt_elm() -> Elm:
    """The guideline `imrt`, all editions."""
    return _elm_of(imrt().guideline)


@cache
def _elm_of(guideline: Guideline) -> Elm:
    return library_json(library_of(guideline))


def holdable(row: Row, guideline: Guideline) -> Row | None:
    """A flat case as the library's parameters hold it; None if a cell is of another type than its parameter."""
    cells = {}
    for column, fact in guideline.columns.items():
        value = row.get(column)
        if fact.absent and value == "absent" and fact.type is not FactType.CHOICE:
            column, value = column + ABSENCE, True  # noqa: PLW2901
        elif value is not None and not _HOLDS[fact.type](value):
            return None
        cells[column] = value
    return cells


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, date) or str(date.fromisoformat(str(value))) == value
    except ValueError:
        return False


_HOLDS: Mapping[FactType, Callable[[Any], bool]] = {
    FactType.YES_NO: lambda value: isinstance(value, bool),
    FactType.CHOICE: lambda value: isinstance(value, str),
    FactType.CODE: lambda value: isinstance(value, str),
    FactType.NUMBER: lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    FactType.DATE: _is_date,
    FactType.CODES: lambda value: isinstance(value, list) and all(isinstance(code, str | None) for code in value),
}


def _parameters(row: Row) -> dict[str, object]:
    return {parameter_name(column): value for column, value in row.items()}


def _node(script: str, *arguments: str, **streams: Any) -> subprocess.CompletedProcess[bytes]:
    node = shutil.which("node")
    if node is None or not (PROJECT / "node_modules" / ".lock").is_file():
        reason = "Node with the packages of tests/cql is not here; ./test installs them where npm is"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    # Node 18 has the web's crypto behind this flag, and the translator needs it; newer ones take the flag and ignore it.
    command = [node, "--experimental-global-webcrypto", script, *arguments]
    return subprocess.run(command, cwd=PROJECT, check=True, **streams)
