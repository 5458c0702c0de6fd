"""What a large guideline leaves open: it is counted and said, nothing is found of it, and nothing claimed."""

from functools import partial
from itertools import count

import pytest
from tests.determination.imrt_cases import imrt

from isodose.guideline.problem import Level
from isodose.proof.limit import Limit, Limits
from isodose.proof.report import Proof, prove


class Clock:
    """A processor that spends as many seconds as it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def work(self, seconds: float) -> str:
        self.now += seconds
        return f"{seconds} s"


def test_what_is_asked_is_found_until_the_seconds_are_spent() -> None:
    clock = Clock()
    limit = Limit(10, "{} of the clauses are right", clock=clock)
    found = [limit.within(partial(clock.work, seconds)) for seconds in (4, 5, 0.5, 3, 1, 1)]
    assert found == ["4 s", "5 s", "0.5 s", "3 s", None, None]
    assert limit.open == 2
    assert limit.says == "not settled within 10 s: whether 2 of the clauses are right"


def test_what_is_begun_is_asked_to_its_end_and_only_that_counts() -> None:
    clock = Clock()
    limit = Limit(10, "{} of the clauses are right", clock=clock)
    clock.work(50)
    assert limit.within(lambda: clock.work(10)) == "10 s"
    assert limit.within(lambda: clock.work(1)) is None


def test_when_the_seconds_are_spent_something_else_is_tried_for_as_long_as_is_said() -> None:
    clock = Clock()
    limit = Limit(2, "{} of the clauses are right", clock=clock, trying=3)
    ask, attempt = partial(clock.work, 2), partial(clock.work, 1.5)
    found = [limit.within(ask, attempt) for _ in range(4)]
    assert found == ["2 s", "1.5 s", "1.5 s", None]
    assert limit.open == 1


def test_what_an_attempt_leaves_open_is_asked_after_all_while_there_is_time_for_attempts() -> None:
    clock = Clock()
    limit = Limit(2, "{} of the clauses are right", clock=clock, trying=3)
    found = [limit.within(partial(clock.work, 2), lambda: None) for _ in range(4)]
    assert found == ["2 s", "2 s", "2 s", None]
    assert limit.says == "not settled within 5 s: whether 1 of the clauses are right"


def test_an_attempt_that_takes_all_the_time_and_finds_nothing_leaves_the_question_open() -> None:
    clock = Clock()
    limit = Limit(0, "{}", clock=clock, trying=3)

    def attempt() -> None:
        clock.work(4)

    assert limit.within(partial(clock.work, 2), attempt) is None
    assert limit.open == 1


def test_an_answer_of_no_is_no_open_question() -> None:
    limit = Limit(1, "{}", clock=Clock())
    assert limit.within(lambda: False) is False
    assert limit.open == 0


def test_questions_that_all_were_asked_are_not_spoken_of() -> None:
    clock = Clock()
    limits = Limits(clock=clock)
    limits.facts.within(lambda: clock.work(100))
    assert limits.open == []
    limits.facts.within(lambda: clock.work(1))
    assert [limit.says for limit in limits.open] == [
        "not settled within 4 s: whether 1 of the facts change some outcome"
    ]


@pytest.fixture(scope="module")
def proof() -> Proof:
    """Of IMRT, where each question is asked of one thing before its seconds are spent, and of one more a case is tried."""
    ticks = count()
    return prove(imrt().guideline, limits=Limits(lambda: 100.0 * next(ticks)))


def test_of_what_stays_open_there_is_no_finding_and_no_proof(proof: Proof) -> None:
    assert len(proof.decides) == 2
    assert "overtaken" not in {finding.topic for finding in proof.findings}
    decide = proof.statements[-1]
    assert decide.startswith("2 of ")
    assert decide.endswith(" rungs and clauses decide some case by themselves")
    rungs_and_clauses = int(decide.split()[2])
    assert proof.not_settled[0] == (
        f"not settled within 24 s: whether {rungs_and_clauses - 2} of the rungs and clauses decide some case by themselves"
    )
    assert [sentence.partition(":")[0] for sentence in proof.not_settled[1:]] == ["not settled within 4 s"] * 3


def test_all_else_is_asked_to_its_end(proof: Proof) -> None:
    assert {finding.topic for finding in proof.findings} == {
        "coverage-and-limitation",
        "criterion-and-limitation",
        "exception-shut-out",
        "uncovered",
    }


def test_a_reading_on_what_stayed_open_is_not_said_to_settle_in_vain(proof: Proof) -> None:
    """Nothing was found because nothing was asked: the rules have not changed under it."""
    assert {problem.level for problem in proof.problems} == {Level.SETTLED}
