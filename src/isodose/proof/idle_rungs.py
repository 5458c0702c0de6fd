"""No rung is idle: each is the one that decides some case, which would be answered otherwise without it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from isodose.compile.expression import all_of, negated
from isodose.proof.difference.changed import Alive, change_says, changed, changed_among, decided_example, first_among
from isodose.proof.example import Row
from isodose.proof.finding import Finding
from isodose.proof.limit import Limit
from isodose.proof.made import Made
from isodose.proof.ruling import Ruling
from isodose.proof.shows import leads, meets
from isodose.proof.words import example_says, rung_says, told

_WITHOUT = "without this rung"


def idle_rungs(ruling: Ruling, limit: Limit, made: Made) -> Iterator[Alive | Finding | None]:
    """Each rung with a case that it changes; the last, which nothing can replace, with one that it decides.

    None if that was not settled within the limit.
    """
    last = len(ruling.edition.ladder) - 1
    for number in range(last):
        yield limit.within(partial(_rung, ruling, number), partial(_tried, ruling, made, number))
    yield limit.within(partial(_last, ruling, last), partial(_last_tried, ruling, made, last))


def _rung(ruling: Ruling, number: int) -> Alive | Finding:
    variant = ruling.without_rung(number)
    says, rung = rung_says(ruling.edition, number), ruling.edition.ladder[number]
    row = changed(ruling, variant, ruling.leads(number))
    if row is not None:
        return Alive(says, None, row, change_says(ruling, variant, row, _WITHOUT))
    row = ruling.search.smallest(ruling.leads(number), partial(leads, ruling, number))
    if row is not None:
        return told(ruling, "idle", rung, f"{says} changes no answer: without it, later rungs say the same", row)
    return _never_first(ruling, number, says)


def _tried(ruling: Ruling, made: Made, number: int) -> Alive | None:
    """What cases that are made from the rules show: where none does, nothing is found."""
    variant = ruling.without_rung(number)
    row = changed_among(ruling, variant, made.for_rung(number))
    if row is None:
        return None
    return Alive(rung_says(ruling.edition, number), None, row, change_says(ruling, variant, row, _WITHOUT))


def _never_first(ruling: Ruling, number: int, says: str) -> Finding:
    """A rung that decides nothing because it is never met, or never before another one."""
    rung, met = ruling.edition.ladder[number], ruling.flags.rungs[number].true
    row = decided_example(ruling, ruling.formula(met), partial(meets, ruling, number))
    if row is None:
        return told(ruling, "idle", rung, f"{says} can never be met, whatever the case")
    earlier = [
        other
        for other in range(number)
        if not ruling.search.is_possible(ruling.formula(all_of((met, negated(ruling.flags.rungs[other].true)))))
    ]
    before = rung_says(ruling.edition, earlier[0]) if earlier else "an earlier rung"
    return told(ruling, "idle", rung, f"{says} never decides: whenever it is met, {before} can come first", row)


def _last(ruling: Ruling, number: int) -> Alive | Finding:
    row = ruling.search.smallest(ruling.leads(number), partial(leads, ruling, number))
    if row is not None:
        return _decides(ruling, number, row)
    says, rung = rung_says(ruling.edition, number), ruling.edition.ladder[number]
    return told(ruling, "idle", rung, f"{says} decides no case: an earlier rung can always come first")


def _last_tried(ruling: Ruling, made: Made, number: int) -> Alive | None:
    row = first_among(ruling, partial(leads, ruling, number), made.for_rung(number))
    return None if row is None else _decides(ruling, number, row)


def _decides(ruling: Ruling, number: int, row: Row) -> Alive:
    return Alive(rung_says(ruling.edition, number), None, row, example_says(ruling, row))
