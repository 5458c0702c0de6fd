"""An ``around.yaml`` as what stands around the guideline, with all that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator

from isodose.guideline import yaml_source
from isodose.guideline.around import AROUND, NOTHING, Around, Beginning, Delegate, Integrated
from isodose.guideline.problem import Place, Problem
from isodose.guideline.text import as_word
from isodose.guideline.tree import Period
from isodose.guideline.yaml_source import Fields

_PERIOD = ("since", "until")


def around_from(text: str, problems: list[Problem]) -> Around:
    """What the file states; what cannot be read is left out, and told."""
    value = yaml_source.parse(text, Place(AROUND), problems)
    if value is None:
        return NOTHING
    fields = Fields(value, AROUND, ("begins", "delegates", "integrated"), problems)
    return Around(_beginning(fields), tuple(_delegates(fields)), tuple(_integrated(fields)))


def _beginning(of: Fields) -> Beginning | None:
    value = of.value("begins")
    if value is None:
        return None
    fields = Fields(value, "`begins`", ("since", "source"), of.problems)
    since, source = fields.day("since", required=True), fields.text("source", required=True)
    return Beginning(since, source) if since else None


def _delegates(of: Fields) -> Iterator[Delegate]:
    for fields in _rows(of, "delegates", "a delegate", ("name", "groups", *_PERIOD, "source")):
        name, groups = fields.text("name", required=True), fields.words("groups", required=True)
        period, source = _period(fields), fields.text("source", required=True)
        if name and period:
            yield Delegate(name, frozenset(group.text for group in groups), period, source)


def _integrated(of: Fields) -> Iterator[Integrated]:
    for fields in _rows(of, "integrated", "an integrated product", ("product", *_PERIOD, "source")):
        product, period = fields.text("product", required=True), _period(fields)
        source = fields.text("source", required=True)
        if product and period:
            yield Integrated(as_word(product), period, source)


def _rows(of: Fields, name: str, what: str, allowed: tuple[str, ...]) -> Iterator[Fields]:
    """The rows of a list, each by its names."""
    value = of.value(name)
    if value is not None and not isinstance(value, yaml_source.Sequence):
        of.wrong(value.place, f"`{name}` must be a list, each with {', '.join(f'`{one}`' for one in allowed)}")
    for item in value.items if isinstance(value, yaml_source.Sequence) else ():
        yield Fields(item, what, allowed, of.problems)


def _period(fields: Fields) -> Period | None:
    """From the day on which it begins to its last one, which may be left out."""
    since, until = fields.day("since", required=True), fields.day("until")
    if since and until and until < since:
        fields.wrong(fields.place, f"it ends on {until}, before it begins on {since}")
    return Period(since, until) if since else None
