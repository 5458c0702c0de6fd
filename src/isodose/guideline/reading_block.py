"""A reading block: how an unclear place of the text is read."""

from __future__ import annotations

from isodose.guideline import yaml_source
from isodose.guideline.dates import date_from
from isodose.guideline.document import Block
from isodose.guideline.edition import Reading
from isodose.guideline.problem import Problem
from isodose.guideline.yaml_source import Fields

_FIELDS = ("quote", "unclear", "read as", "because", "answered by", "since", "could also mean", "settles", "no case")


def reading_from(block: Block, problems: list[Problem]) -> Reading | None:
    """The reading that the block states, or None where something required is missing."""
    value = yaml_source.parse(block.body, block.body_place, problems)
    if value is None:
        return None
    fields = Fields(value, f"the reading `{block.name}`", _FIELDS, problems)
    read_as, because, answered_by = (fields.text(name, required=True) for name in ("read as", "because", "answered by"))
    since = fields.scalar("since", required=True)
    day = date_from(since.text) if since else None
    if since and day is None:
        fields.wrong(since.place, f"`since` must be a date like 2026-11-24, not `{since.text}`")
    others = tuple(word.text for word in fields.words("could also mean", required=True))
    if not (read_as and because and answered_by and day and others):
        return None
    return Reading(
        block.name, read_as, because, answered_by, day, others,
        unclear=fields.text("unclear"),
        quote=fields.text("quote"),
        settles=tuple(word.text for word in fields.words("settles")),
        no_case=fields.text("no case"),
        place=block.place,
    )  # fmt: skip
