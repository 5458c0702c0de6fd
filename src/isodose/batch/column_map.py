"""A payer's own names for the columns of a flat case or a claim line: a small YAML file, `column: name in the table` a line."""

from __future__ import annotations

from pathlib import Path

from isodose.batch.job import JobError
from isodose.guideline.problem import Place, Problem, did_you_mean
from isodose.guideline.yaml_source import Mapping, Scalar, Value, parse

_SHAPE = "write a line for each column, such as `procedure_code: CPT_CODE`"


def column_map(file: Path, known: tuple[str, ...], what: str = "flat case") -> dict[str, str]:
    """Known columns of such a thing with the names that the table has for them. Raises ``JobError`` with all that is wrong."""
    problems: list[Problem] = []
    value = parse(_text(file), Place(str(file)), problems)
    names = _names(value, known, what, problems) if value is not None else {}
    if problems:
        raise JobError(*(_line(problem) for problem in sorted(problems, key=lambda problem: problem.place)))
    return names


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise JobError(f"{file}: this is not UTF-8 text; save the file as UTF-8") from None
    except OSError as error:
        raise JobError(f"{file}: cannot be read: {(error.strerror or str(error)).lower()}") from None


def _names(value: Value, known: tuple[str, ...], what: str, problems: list[Problem]) -> dict[str, str]:
    if not isinstance(value, Mapping):
        problems.append(Problem(value.place, f"this says nothing of columns; {_SHAPE}"))
        return {}
    names = {}
    for column, name in value.entries:
        if column.text not in known:
            wrong = f"`{column.text}` is no column of a {what}{did_you_mean(column.text, known) or _turned(name, known, what)}"
            problems.append(Problem(column.place, wrong))
        if isinstance(name, Scalar) and name.text:
            names[column.text] = name.text
        else:
            problems.append(Problem(name.place, f"`{column.text}` needs the name of one column; {_SHAPE}"))
    return names


def _turned(name: Value, known: tuple[str, ...], what: str) -> str:
    """Said where the line is the wrong way round."""
    is_turned = isinstance(name, Scalar) and name.text in known
    return f"; the {what}'s name comes first, `{name.text}: …`" if is_turned and isinstance(name, Scalar) else ""


def _line(problem: Problem) -> str:
    place = problem.place
    return f"{place.file}:{place.line}:{place.column}: {problem.message}"
