"""One IMRT case with the truth of every clause, against Open Policy Agent asked through its Go library."""

from __future__ import annotations

import time
from statistics import median

import isodose
from benchmarks import opa_peer
from benchmarks.cases import cases
from benchmarks.zen_peer import Answer

TIMED = 1000
ROUNDS = 5


def report() -> str:
    """Both answer the same cases, each case once; in each round they take turns."""
    if not opa_peer.is_available():
        return "## One case, Open Policy Agent\n\nNot run: there is no Go toolchain.\n"
    program, sieve = isodose.program("imrt"), isodose.program("imrt")
    ours, theirs = [], []
    for number in range(ROUNDS):
        rows = cases(sieve, TIMED, seed=100 + number)
        before = time.process_time()
        determined = [program.determine(row) for row in rows]
        ours.append((time.process_time() - before) / TIMED)
        answered, seconds = opa_peer.answers(rows)
        theirs.append(seconds / TIMED)
        expected: list[Answer] = [
            (one.outcome.value, one.review_reason and one.review_reason.value) for one in determined
        ]
        assert answered == expected, "the peers differ"
    mine, other = median(ours) * 1e6, median(theirs) * 1e6
    return (
        f"## One case, Open Policy Agent\n\nAll agree on {TIMED * ROUNDS} cases.\n\n| | CPU µs | CPU ratio |\n| --- | --: | --: |\n"
        f"| Isodose, finding tree | {mine:.1f} | 1.00 |\n| OPA, every clause | {other:.1f} | {other / mine:.2f} |\n"
    )
