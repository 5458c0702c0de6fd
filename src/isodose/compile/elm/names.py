"""What the parts of a CQL library are called, so that it can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from isodose.compile.elm.codes import words
from isodose.compile.elm.findings import Ruling
from isodose.compile.elm.writer import is_plain
from isodose.compile.expression import Belongs, Choose, Expression, Literal, in_order
from isodose.compile.rows.flat_case import Added
from isodose.compile.rows.reading import Reading
from isodose.guideline.guideline import Guideline
from isodose.guideline.outcome import Outcome


def names_of(
    guideline: Guideline,
    readings: Mapping[str, Reading],
    added: Added,
    rulings: Sequence[Ruling],
    roots: Iterable[Expression],
) -> dict[Expression, str]:
    """What has a name of its own below the roots. The first name of an expression counts, and a name is given once."""
    found: dict[Expression, str] = {}
    given = set[str]()
    for expression, name in (*_named(guideline, readings, added, rulings), *_named_traits(roots)):
        if not is_plain(expression) and name not in given:
            found.setdefault(expression, name)
            given.add(name)
    return found


def _named(
    guideline: Guideline, readings: Mapping[str, Reading], added: Added, rulings: Sequence[Ruling]
) -> Iterator[tuple[Expression, str]]:
    for ruling in reversed(rulings):
        for finding in ruling.findings:
            yield finding.rails.true, finding.met
            yield finding.rails.false, finding.not_met
    yield from _named_answers(added)
    for name, reading in readings.items():
        title = guideline.facts[name].title
        yield reading.known, f"{title}: known"
        yield reading.wrong, f"{title}: cannot be read"
        if reading.value is not None:
            yield reading.value, f"{title}: as read"


def _named_answers(added: Added) -> Iterator[tuple[Expression, str]]:
    """Which edition rules, and each of its outcomes."""
    assert isinstance(added.edition, Choose), "which edition rules is a choice"
    assert isinstance(added.outcome, Choose), "an outcome is a choice"
    labels = dict(added.edition.branches)
    for condition, outcomes in reversed(added.outcome.branches):
        label = labels.get(condition)
        if isinstance(label, Literal) and isinstance(outcomes, Choose):
            yield condition, f"Ruled by {label.text}"
            for flag, outcome in outcomes.branches:
                assert isinstance(outcome, Literal), "an outcome has a name"
                yield flag, f"Outcome: {outcome.text} ({label.text})"
        elif isinstance(outcomes, Literal) and outcomes.text == Outcome.INVALID.value:
            yield condition, "Outcome: invalid"


def _named_traits(roots: Iterable[Expression]) -> Iterator[tuple[Expression, str]]:
    for node in in_order(roots):
        if isinstance(node, Belongs):
            yield node, f"Diagnosis: {words(node.trait)}"
