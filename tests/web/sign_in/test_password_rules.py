"""New passwords: long enough and not what is tried first; every refusal is a sentence, and nothing else is asked."""

import random
import string

import pytest

from isodose.web.sign_in.common_words import COMMON
from isodose.web.sign_in.password import LONGEST
from isodose.web.sign_in.password_rules import password_problems

OWN = ("mlopez", "Maria Lopez-Ortega", "Isodose")


def problems(typed: str, *, second_factor: bool = False) -> list[str]:
    return password_problems(typed, OWN, second_factor=second_factor)


@pytest.mark.parametrize(
    "typed",
    [
        "seven green tractors hum",
        "correct horse battery staple",
        "all small letters and no digit",
        "928374650192837465",
        "ЖЁЛТЫЙ ЧАЙНИК НА КРЫШЕ",
        "青い自転車で海まで行った朝ごはん",
        "🦔 🚲 🌋 🧲 🪁 🥁 🦑 🛶 🧦",
        "        blanks  count  too        ",
        "my password is a heron on stilts",
        "Maria Lopez fishes in the Elbe",
    ],
)
def test_what_is_long_and_ones_own_is_taken(typed: str) -> None:
    assert problems(typed) == []


@pytest.mark.parametrize(("length", "second_factor"), [(15, False), (8, True)])
def test_how_long_it_must_be_depends_on_the_second_factor(length: int, *, second_factor: bool) -> None:
    typed = "kgwzrtvbxnqmhcy"
    assert problems(typed[:length], second_factor=second_factor) == []
    [problem] = problems(typed[: length - 1], second_factor=second_factor)
    assert problem.startswith(f"It has {length - 1} characters; use at least {length}")


def test_letters_are_counted_and_not_bytes() -> None:
    assert "It has 14 characters" in problems("ж" * 14)[0]
    assert "It has 14 characters" in problems("e\N{COMBINING ACUTE ACCENT}" * 14)[0]


def test_the_longest_are_taken_and_longer_ones_refused() -> None:
    chance = random.Random(7)  # noqa: S311
    typed = "".join(chance.choices(string.ascii_letters, k=LONGEST))
    assert problems(typed) == []
    assert problems(typed + "x") == [f"It has {LONGEST + 1} characters; use {LONGEST} at most."]
    assert problems(typed * 1000) != []


@pytest.mark.parametrize(
    "typed",
    [
        "passwordpassword",
        "Password12345678!",
        "P4ssw0rd12345678",
        "p@$$w0rd p@$$w0rd",
        "123456789012345",
        "qwertyuiopasdfgh",
        "1qaz2wsx3edc4rfv",
        "zyxwvutsrqponmlk",
        "aaaabbbbccccdddd",
        "Summer2026Summer",
        "WelcomeWelcome2026",
        "isodose isodose 1",
        "mlopez-mlopez-123",
        "Maria.Lopez.2026!",
        "Ortega1985Ortega",
        "Radiation-Oncology-2026",
        "changeme changeme",
        "letmein letmein 99",
        "ＰＡＳＳＷＯＲＤ１２３４５６７８",
    ],
)
def test_what_is_tried_first_is_refused(typed: str) -> None:
    [problem] = problems(typed)
    assert problem.startswith("It is made of what is tried first")


@pytest.mark.parametrize(
    "typed", ["kgw kgw kgw kgw ", "xk7!xk7!xk7!xk7!", "tzwkptzwkptzwkpt", "a" * 16, " " * 20, "!" * 15]
)
def test_one_part_again_and_again_is_refused(typed: str) -> None:
    assert problems(typed) == ["It is one short part again and again; use words that differ."]


@pytest.mark.parametrize("ending", ["", "1", "12345678", "!", "2026", "!!!!!!!!!!!", "99"])
def test_no_common_word_becomes_good_by_an_ending(ending: str) -> None:
    taken = [
        word for word in COMMON for typed in ((word + ending) * 9, word.title() + ending) if not problems(typed[:40])
    ]
    assert taken == []


def test_half_a_character_is_refused_in_words() -> None:
    assert problems("seven green \ud800 tractors") == [
        "It holds half of a character, which cannot be typed again; use whole ones."
    ]


@pytest.mark.parametrize(("length", "second_factor"), [(15, False), (12, True)])
def test_chance_is_never_refused(length: int, *, second_factor: bool) -> None:
    chance = random.Random(length)  # noqa: S311
    for letters in (string.ascii_lowercase, string.printable.strip(), "абвгдежзийклмнопрст"):
        refused = [
            typed
            for typed in ("".join(chance.choices(letters, k=length)) for _ in range(1000))
            if problems(typed, second_factor=second_factor)
        ]
        assert refused == []


def test_whatever_is_typed_gets_sentences() -> None:
    chance = random.Random(11)  # noqa: S311
    letters = [*string.printable, "\0", "\ud800", "é", "\N{COMBINING ACUTE ACCENT}", "🦔", "ß", "İ"]
    for _ in range(3000):
        for problem in problems("".join(chance.choices(letters, k=chance.randrange(40)))):
            assert problem[0].isupper()
            assert problem.endswith(".")
