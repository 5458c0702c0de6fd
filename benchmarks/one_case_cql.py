"""One IMRT case with the truth of every clause, against the same guideline as ELM on cql-execution."""

from __future__ import annotations

import time
from statistics import median

import isodose
from benchmarks import cql_peer
from benchmarks.cases import cases
from isodose.determination.program import Determination
from isodose.determination.record import added
from isodose.guideline.edition import Clause
from isodose.guideline.truth import Truth

TIMED = 1000
ROUNDS = 5
GOAL = 10

_MET = {Truth.MET: True, Truth.NOT_MET: False, Truth.UNKNOWN: None}


def report() -> str:
    """Both answer the same cases, each case once; in each round they take turns."""
    if not cql_peer.is_available():
        return "## One case, cql-execution\n\nNot run: there is no Node, or `./test` has not installed its packages.\n"
    program, sieve = isodose.program("imrt"), isodose.program("imrt")
    ours, theirs = [], []
    for number in range(ROUNDS):
        rows = cases(sieve, TIMED, seed=200 + number)
        before = time.process_time()
        determined = [program.determine(row) for row in rows]
        ours.append((time.process_time() - before) / TIMED)
        answered, seconds = cql_peer.answers(rows)
        theirs.append(seconds / TIMED)
        assert answered == [_answer(one) for one in determined], "the peers differ"
    mine, other = median(ours) * 1e6, median(theirs) * 1e6
    return (
        f"## One case, cql-execution\n\nAll agree on {TIMED * ROUNDS} cases, in every added column and every finding.\n\n"
        "| | CPU µs | CPU ratio |\n| --- | --: | --: |\n"
        f"| Isodose, finding tree | {mine:.1f} | 1.00 |\n| cql-execution, every clause | {other:.1f} | {other / mine:.2f} |\n\n"
        f"Goal: {GOAL} times as many cases a CPU second; it is {other / mine:.0f} times.\n"
    )


def _answer(determination: Determination) -> cql_peer.CqlAnswer:
    met = {
        finding.node.id: _MET[finding.truth] for finding in determination.clauses if isinstance(finding.node, Clause)
    }
    return added(determination) | {"findings": [{"clause": clause, "met": is_met} for clause, is_met in met.items()]}
