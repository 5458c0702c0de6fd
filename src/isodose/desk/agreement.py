"""What is asked for and what is determined are the same: lines beside the facts that are stated of them.

Without this an approval could certify a code, a date or a line that no determination was about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from isodose.desk.line import Line, Lines
from isodose.guideline.text import as_code
from isodose.store.event import Json


def disagreements(lines: Lines, content: Mapping[str, Json]) -> Iterator[str]:
    """Where lines and facts differ, in words. Facts that cannot be read are no matter here: they are returned."""
    stated = content.get("lines")
    if not isinstance(stated, Sequence) or isinstance(stated, str) or not stated:
        return
    if len(stated) != len(lines):
        yield f"{len(lines)} lines are asked for, and facts are stated of {len(stated)}"
        return
    for line, facts in zip(lines, stated, strict=True):
        if isinstance(facts, Mapping):
            yield from _of_line(line, facts)


def _of_line(line: Line, facts: Mapping[str, Json]) -> Iterator[str]:
    number, code, day = facts.get("line"), facts.get("procedure_code"), facts.get("date_of_service")
    if number is not None and number != line.number:
        yield f"line {line.number} stands beside the facts of line {number}"
    if isinstance(code, str) and as_code(code) not in {*line.codes, ""}:
        yield f"line {line.number} asks for {', '.join(sorted(line.codes))}, and its facts name {as_code(code)}"
    if isinstance(day, str) and day.strip() and day.strip() != str(line.start):
        yield f"line {line.number} starts on {line.start}, and its facts say {day.strip()}"
