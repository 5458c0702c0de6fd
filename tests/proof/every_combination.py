"""Each difference held against brute force on every combination of classes that it tells apart, and on no sample.

    python -m tests.proof.every_combination                          # the editions with each other, and each revision
    python -m tests.proof.every_combination editions age-moved
    python -m tests.proof.every_combination --one-case               # asked of the engine of one case: some ten times slower
    python -m tests.proof.every_combination --one-case --every 7     # of what comes with each beginning, every seventh alone

Each combination is answered under both editions by DuckDB. Which sentences tell of it is found for many combinations at once, as
arrays.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache, reduce
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tests.parity.combinations import FIRST, Combinations
from tests.proof.brute_force import SHOWN, Row, Stated, combinations_of
from tests.proof.revisions import REVISIONS, revised
from tests.proof.witnesses import ANSWERS, Numbers, Witness, by_duckdb, one_case

from isodose.compile.conditions.among import About, Among
from isodose.compile.expression import AllOf, AnyOf, Boolean, Constant, CountAtLeast, Not
from isodose.guideline.content import shipped
from isodose.guideline.load import load_or_raise
from isodose.proof.difference.answers import INVALID
from isodose.proof.difference.difference import Difference, difference
from isodose.proof.difference.units import Version, ruling_all

EDITIONS = "editions"

Flags = npt.NDArray[np.bool_]


class Held(NamedTuple):
    """How many combinations were asked, how many are answered otherwise, and the first of which something wrong is said."""

    asked: int
    differing: int
    wrong: list[Row]


class Asked:
    """Beginnings (``starts``), each with every combination of all else, and the combinations that stand for themselves.

    ``every`` takes some of the former alone, evenly spread; a prime leaves no class out.
    """

    def __init__(
        self, rows: Combinations, witness: Witness, starts: Sequence[Row] | None = None, every: int = 1
    ) -> None:
        self._rows, self._starts = rows, rows.ruled if starts is None else starts
        self._places = range(0, rows.for_each, every)
        self._answered = cache(lambda version: witness(version, rows, self._starts, self._places))

    def held(self, found: Difference) -> Held:
        """What is told of a difference, held against what either edition answers to each combination."""
        stated, rows = Stated(found), self._rows
        before, after = self._of(found.old), self._of(found.new)
        wrong = stated.wrong(rows.others)
        for start, was, becomes in zip(self._starts, before, after, strict=True):
            told_wrongly = _told_wrongly(stated, _Points(stated, rows, start, self._places), was, becomes)
            wrong += [rows.beside(start, self._places[one]) for one in np.flatnonzero(told_wrongly)[:SHOWN]]
        return Held(before.size + len(rows.others), int((before != after).sum()), wrong)

    def _of(self, version: Version) -> Numbers:
        assert not any(rung.grants for rung in version.edition.ladder), "what is granted is no part of these answers"
        return self._answered(version)


def _told_wrongly(stated: Stated, holds: _Points, before: Numbers, after: Numbers) -> Flags:
    """Not by exactly one sentence of what differs, or with other answers, or of what does not differ."""
    times, wrongly = np.zeros(len(before), np.uint8), np.zeros(len(before), np.bool_)
    for (was, becomes), condition in stated.told:
        is_told = holds(condition)
        times += is_told
        wrongly |= is_told & ((before != ANSWERS.index(was)) | (after != ANSWERS.index(becomes)))
    wrongly |= times != (before != after)
    invalid = ANSWERS.index(INVALID)
    valid: Flags = (before != invalid) | (after != invalid)  # sentences speak of requests that are valid
    return wrongly & valid


class _Points:
    """One beginning with combinations of all else, as numbers of classes; when a condition holds of them."""

    def __init__(self, stated: Stated, rows: Combinations, start: Row, taken: range) -> None:
        self._universe = stated.universe
        first = stated.read(start).facts
        self._numbers: dict[About, npt.NDArray[np.int_]] = {
            about: np.array([stated.class_of(about, first)]) for about in stated.universe if about in FIRST
        }
        share, places = 1, np.array(taken)
        for values in rows.columns.values():
            rests = range(0, share * len(values), share)
            facts = [stated.read(rows.beside({**start}, rest)).facts for rest in rests]
            for about in stated.universe.keys() - set(FIRST):
                classes = np.array([stated.class_of(about, one) for one in facts])
                if about not in self._numbers or len(set(classes)) > 1:
                    self._numbers[about] = classes[places // share % len(values)]
            share *= len(values)
        self._known: dict[Boolean, Flags] = {}

    def __call__(self, asked: Boolean) -> Flags:
        if asked not in self._known:
            self._known[asked] = self._found(asked)
        return self._known[asked]

    def _found(self, asked: Boolean) -> Flags:
        match asked:
            case Constant(value):
                return np.array([value])
            case Not(part):
                return ~self(part)
            case AllOf(parts):
                return reduce(np.logical_and, map(self, parts))
            case AnyOf(parts):
                return reduce(np.logical_or, map(self, parts))
            case CountAtLeast(count, parts):
                return np.asarray(np.sum(np.broadcast_arrays(*map(self, parts)), axis=0) >= count)
            case Among(about, classes):
                is_in: Flags = np.array([one in classes for one in self._universe[about]])[self._numbers[about]]
                return is_in
            case _:
                raise AssertionError(f"{asked} is no condition over answers")


def _differences(name: str, folder: Path, witness: Witness, every: int) -> Iterator[tuple[str, Difference, Asked]]:
    """The differences of a name: of the editions each with each, of a revision with the newest edition."""
    imrt = load_or_raise(shipped("imrt"))
    if name == EDITIONS:
        versions = [ruling_all(imrt, edition) for edition in imrt.editions]
        asked = Asked(combinations_of(*versions), witness, every=every)
        for (old, before), (new, after) in combinations(zip(imrt.editions, versions, strict=True), 2):
            yield f"{old.id} → {new.id}", difference(before, after), asked
    else:
        guideline = load_or_raise(revised(name, folder))
        before, after = (ruling_all(one, one.editions[-1]) for one in (imrt, guideline))
        yield name, difference(before, after), Asked(combinations_of(after, before), witness, every=every)


def main() -> int:
    """A line of a table for each difference as soon as it is known; 1 if something wrong is said of any combination."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help=f"`{EDITIONS}`, or revisions: {', '.join(REVISIONS)}")
    parser.add_argument("--one-case", action="store_true", help="ask the engine of one case")
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="of what comes with each beginning every Nth alone"
    )
    options = parser.parse_args()
    witness, is_right = one_case if options.one_case else by_duckdb, True
    print("| difference | sentences | combinations | answered otherwise | told wrongly | CPU s |")
    print("| --- | --: | --: | --: | --: | --: |")
    with TemporaryDirectory() as folder:
        for name in options.names or [EDITIONS, *REVISIONS]:
            for title, found, asked in _differences(name, Path(folder), witness, options.every):
                since = time.process_time()
                result = asked.held(found)
                counts = result.asked, result.differing, len(result.wrong), round(time.process_time() - since)
                print(f"| {title} | {len(found.changes)} | {' | '.join(f'{one:,}' for one in counts)} |", flush=True)
                print(*result.wrong, sep="\n", end="", flush=True)
                is_right = is_right and found.is_proved and not result.wrong
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
