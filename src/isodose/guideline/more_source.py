"""The `more` of a fact in a ``facts.yaml``, with all that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from isodose.guideline import yaml_source
from isodose.guideline.more import Detail, DetailType, More
from isodose.guideline.problem import did_you_mean, listed
from isodose.guideline.units import SIZES, unit_named
from isodose.guideline.yaml_source import Fields

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def more_from(fields: Fields) -> More | None:
    """What the fact's yes is told with; None where nothing is asked beside it."""
    value = fields.value("more")
    if value is None:
        return None
    inner = Fields(value, "`more`", ("each", "tell"), fields.problems)
    each, tell = inner.text("each", required=True), inner.value("tell", required=True)
    if not isinstance(tell, yaml_source.Mapping) or not tell.entries:
        if tell is not None:
            inner.wrong(tell.place, "`tell` must be details by name")
        return None
    return More(each, tuple(_details(tell, inner)))


def _details(tell: yaml_source.Mapping, of: Fields) -> Iterator[Detail]:
    for name, body in tell.entries:
        if not _NAME.fullmatch(name.text):
            of.wrong(name.place, f"`{name.text}` cannot be a detail's name: lower case, digits and `_`")
            continue
        fields = Fields(body, f"the detail `{name.text}`", ("type", "title", "help", "unit"), of.problems)
        title = fields.text("title", required=True)
        if kind := _type(fields):
            yield Detail(name.text, kind, title, fields.text("help"), _unit(fields, kind))


def _type(fields: Fields) -> DetailType | None:
    scalar = fields.scalar("type", required=True)
    if scalar is None:
        return None
    if scalar.text not in tuple(DetailType):
        near = did_you_mean(scalar.text, tuple(DetailType))
        fields.wrong(scalar.place, f"`type` is {listed(tuple(DetailType))}, not `{scalar.text}`{near}")
        return None
    return DetailType(scalar.text)


def _unit(fields: Fields, kind: DetailType) -> str:
    scalar = fields.scalar("unit")
    unit = unit_named(scalar.text) if scalar else ""
    if scalar and unit is None:
        fields.wrong(scalar.place, f"no unit `{scalar.text}` is known{did_you_mean(scalar.text, SIZES)}")
    elif scalar and kind is not DetailType.NUMBER:
        fields.wrong(scalar.place, f"only a number has a unit; this is {kind}")
    return unit or ""
