"""Passwords are right in every way a keyboard writes them, and nothing tells an account that is not there."""

import subprocess
import sys
from time import perf_counter

import pytest
from tests.web.sign_in.people import CHEAP, PASSWORD, WRONG

from isodose.web.sign_in.password import LONGEST, hash_of, is_right, temporary_password
from isodose.web.sign_in.password_rules import password_problems
from isodose.web.sign_in.policy import RECOMMENDED, Cost

SOME = Cost(8 << 10, 2, 1)
"""Long enough to be measured."""


def test_the_right_password_is_right_and_every_other_is_wrong() -> None:
    stored = hash_of(PASSWORD, CHEAP)
    assert is_right(stored, PASSWORD, CHEAP)
    for typed in (WRONG, "", PASSWORD + " ", PASSWORD.upper(), PASSWORD[:-1]):
        assert not is_right(stored, typed, CHEAP)


def test_many_at_once_are_all_answered_within_the_memory_of_a_few() -> None:
    """Forty hashes of 32 MiB each would take 1,280 MiB together; four take 128. (What `getrusage` tells holds the parent's too.)"""
    script = (
        "from concurrent.futures import ThreadPoolExecutor as Threads; from pathlib import Path\n"
        "from isodose.web.sign_in.password import is_right; from isodose.web.sign_in.policy import Cost\n"
        "with Threads(40) as threads: print(*threads.map(lambda _: is_right(None, 'x', Cost(32 << 10, 1, 1)), range(40)))\n"
        "[peak] = [line.split()[1] for line in Path('/proc/self/status').open() if line.startswith('VmHWM')]\n"
        "print(int(peak) >> 10)"
    )
    ended = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    answers, mebibytes = ended.stdout.splitlines()
    assert answers.split() == ["False"] * 40
    assert int(mebibytes) < 500


def test_two_hashes_of_one_password_differ() -> None:
    assert hash_of(PASSWORD, CHEAP) != hash_of(PASSWORD, CHEAP)


def test_the_hash_says_argon2id_with_what_rfc_9106_recommends() -> None:
    stored = hash_of(PASSWORD, RECOMMENDED)
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PASSWORD not in stored
    assert is_right(stored, PASSWORD, CHEAP), "an older hash is checked at the cost it was made at"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cafe\N{COMBINING ACUTE ACCENT} am fluss", "caf\N{LATIN SMALL LETTER E WITH ACUTE} am fluss"),
        ("\N{LATIN SMALL LIGATURE FI}ve", "five"),
        ("\N{FULLWIDTH LATIN SMALL LETTER A}bc", "abc"),
        ("no\N{NO-BREAK SPACE}break", "no break"),
    ],
)
def test_one_password_on_two_keyboards_is_one(one: str, other: str) -> None:
    assert one != other
    assert is_right(hash_of(one, CHEAP), other, CHEAP)
    assert is_right(hash_of(other, CHEAP), one, CHEAP)


@pytest.mark.parametrize(
    "typed", ["x" * (LONGEST + 1), "x" * 2_000_000, "\ud800", "a\0b", "\N{COMBINING ACUTE ACCENT}" * 300_000]
)
def test_what_cannot_be_a_password_is_wrong_at_once(typed: str) -> None:
    began = perf_counter()
    assert not is_right(hash_of(PASSWORD, CHEAP), typed, CHEAP)
    assert perf_counter() - began < 1


def test_the_longest_password_is_taken_however_it_is_written() -> None:
    letter = "\N{LATIN SMALL LETTER E WITH ACUTE}"
    typed = "e\N{COMBINING ACUTE ACCENT}" * LONGEST
    assert is_right(hash_of(letter * LONGEST, CHEAP), typed, CHEAP)


@pytest.mark.parametrize("stored", ["", "plain", "$argon2id$v=19$m=8,t=1,p=1$AAAA", "$2b$12$abc"])
def test_what_is_no_hash_lets_nobody_in(stored: str) -> None:
    assert not is_right(stored, PASSWORD, CHEAP)


def test_no_account_takes_as_long_as_a_wrong_password() -> None:
    stored = hash_of(PASSWORD, SOME)

    def shortest(of: str | None) -> float:
        times = []
        for _ in range(7):
            began = perf_counter()
            assert not is_right(of, WRONG, SOME)
            times.append(perf_counter() - began)
        return min(times)

    with_account, without = shortest(stored), shortest(None)
    assert 0.5 < with_account / without < 2
    began = perf_counter()
    is_right(stored, WRONG, CHEAP)
    assert perf_counter() - began > shortest_of_nothing(), "and it is the hash that takes the time"


def shortest_of_nothing() -> float:
    began = perf_counter()
    is_right(None, WRONG, CHEAP)
    return perf_counter() - began


def test_a_temporary_password_is_one_of_many_and_would_be_taken() -> None:
    given = {temporary_password() for _ in range(1000)}
    assert len(given) == 1000
    assert all(password_problems(one, ("ann",), second_factor=False) == [] for one in given)
