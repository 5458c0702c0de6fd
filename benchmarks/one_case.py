"""One IMRT case with its full finding tree, as a library call, against the rules engine ZEN with its trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import isodose
from benchmarks.cases import Row, cases
from benchmarks.measure import medians, table
from benchmarks.zen_peer import Answer, peer
from isodose.guideline.outcome import Outcome

CHECKED = 3000
TIMED = 1000
ROUNDS = 9

OURS = "Isodose, finding tree"
EQUAL_WORK = "ZEN, trace on, every clause"
"""The peer of the goal: as Isodose's tree does, its trace holds the truth of every clause."""

LESS_WORK = "ZEN, trace on"
"""It goes by the one list that a code is in, and finds the truth of no clause of the diagnosis list."""


def report() -> str:
    """Check that the peers agree, then time them on cases that neither has seen: each round brings new ones."""
    program, sieve = isodose.program("imrt"), isodose.program("imrt")

    def decide(row: Row) -> Answer:
        determination = program.determine(row)
        reason = determination.review_reason
        return determination.outcome.value, reason.value if reason else None

    rivals: dict[str, Callable[[Row], Answer]] = {
        OURS: decide,
        LESS_WORK: peer(trace=True),
        EQUAL_WORK: peer(trace=True, every_clause=True),
        "ZEN, trace on, as in its first example": peer(trace=True, as_first_example=True),
        "ZEN, trace off": peer(trace=False),
    }
    seen = _checked(rivals, cases(sieve, CHECKED, seed=0))
    rounds = [cases(sieve, TIMED, seed) for seed in range(1, ROUNDS + 2)]
    costs = medians({name: _turn(rival, rounds) for name, rival in rivals.items()}, ROUNDS)
    ours = costs[OURS]
    against = [f"{costs[name].cpu / ours.cpu:.2f} times as many as {name}" for name in (EQUAL_WORK, LESS_WORK)]
    return (
        f"## One case\n\nAll agree on {CHECKED} cases: {seen}.\n\n"
        + table(costs, "µs", 1e6 / TIMED)
        + f"\nCases that Isodose decides in a CPU second: {', '.join(against)}.\n"
    )


def _turn(rival: Callable[[Row], Answer], rounds: list[list[Row]]) -> Callable[[int], None]:
    def turn(number: int) -> None:
        for row in rounds[number]:
            rival(row)

    return turn


def _checked(rivals: dict[str, Callable[[Row], Answer]], rows: list[Row]) -> str:
    """How often each outcome came; fails if the rivals differ, or if an outcome that a text can lead to never came."""
    outcomes: Counter[str] = Counter()
    for row in rows:
        answers = {name: rival(row) for name, rival in rivals.items()}
        assert len(set(answers.values())) == 1, f"the peers differ: {answers} on {row}"
        outcomes[answers[OURS][0]] += 1
    assert set(outcomes) == {outcome.value for outcome in Outcome} - {Outcome.INVALID.value}
    return ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
