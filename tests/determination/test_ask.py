"""What one leaf asks of a case: met, not met, or unknown and who can settle it."""

from datetime import date
from fractions import Fraction

import pytest
from tests.guideline.samples import facts, vocabulary

from isodose.determination.ask import FactAnswers, ask_diagnoses, ask_from
from isodose.determination.illness import Illness
from isodose.determination.values import ABSENT, Coding, Value
from isodose.guideline.facts import Answerer
from isodose.guideline.phrase import ListedCodes, Vocabulary, leaf_from
from isodose.guideline.tree import InDiagnoses, Period

FACTS = facts()
NOTHING: frozenset[str] = frozenset()
DAY = date(2025, 11, 3)
UNSAID = Illness(is_spoken_of=False, clear=NOTHING, open=NOTHING, homes=NOTHING)
REQUESTER, REVIEWER = Answerer.REQUESTER, Answerer.REVIEWER


def truth(phrase: str, value: Value | None, day: date = DAY) -> tuple[str, Answerer | None]:
    """What the leaf answers alone, and among the leaves of its fact."""
    leaf = leaf_from(phrase, vocabulary())
    fact = FACTS[phrase.split(maxsplit=1)[0]]
    alone = ask_from(leaf, fact.answered_by)(value, day)
    [among] = FactAnswers(fact, [leaf]).of(value, day).findings
    for found in (alone, among):
        assert found.node == leaf
        assert (found.parts, found.judgement) == ((), None)
    assert (alone.truth, alone.asks) == (among.truth, among.asks)
    return alone.truth.value, alone.asks


MET, NOT_MET = ("met", None), ("not-met", None)


@pytest.mark.parametrize(
    ("phrase", "value", "answer"),
    [
        ("symptoms", True, MET),
        ("symptoms", False, NOT_MET),
        ("severity is severe", "severe", MET),
        ("severity is severe", "mild", NOT_MET),
        ("setting is laboratory", "elsewhere", NOT_MET),
        ("bmi < 30 kg/m2", Fraction("29.999"), MET),
        ("bmi < 30 kg/m2", Fraction(30), NOT_MET),
        ("bmi <= 30 kg/m2", Fraction(30), MET),
        ("bmi <= 30 kg/m2", Fraction("30.001"), NOT_MET),
        ("bmi > 30 kg/m2", Fraction("30.001"), MET),
        ("bmi > 30 kg/m2", Fraction(30), NOT_MET),
        ("bmi >= 30 kg/m2", Fraction(30), MET),
        ("bmi >= 30 kg/m2", Fraction("29.999"), NOT_MET),
        ("bmi = 30 kg/m2", Fraction(30), MET),
        ("bmi = 30 kg/m2", Fraction("30.001"), NOT_MET),
        ("age < 8 months", Fraction(2, 3), NOT_MET),
        ("studies = 0", Fraction(0), MET),
        ("last_study < 2025-01-01", date(2024, 12, 31), MET),
        ("last_study < 2025-01-01", date(2025, 1, 1), NOT_MET),
        ("last_study >= 2025-01-01", date(2025, 1, 1), MET),
        ("last_study is absent", ABSENT, MET),
        ("last_study is absent", date(2025, 1, 1), NOT_MET),
        ("procedure_code in codes.required", "95810", MET),
        ("procedure_code in codes.required", "95812", NOT_MET),
        ("procedure_code in codes.required", Coding("x", "95810"), NOT_MET),
        ("setting in codes.places", "home", MET),
        ("setting in codes.places", "elsewhere", NOT_MET),
    ],
)
def test_what_is_known_makes_a_leaf_met_or_not(phrase: str, value: Value, answer: object) -> None:
    assert truth(phrase, value) == answer


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "="])
def test_a_comparison_with_what_is_absent_is_not_met(operator: str) -> None:
    assert truth(f"last_study {operator} 2025-01-01", ABSENT) == NOT_MET
    assert truth(f"since_last_study {operator} 0 months", ABSENT) == NOT_MET


@pytest.mark.parametrize(
    "phrase",
    [
        "symptoms",
        "severity is severe",
        "bmi < 30 kg/m2",
        "last_study < 2025-01-01",
        "last_study is absent",
        "procedure_code in codes.required",
    ],
)
def test_what_is_unknown_leaves_it_unknown_for_who_can_say(phrase: str) -> None:
    assert truth(phrase, None) == ("unknown", REQUESTER)


def test_some_facts_only_a_reviewer_can_say() -> None:
    assert truth("abnormal_airway", None) == ("unknown", REVIEWER)
    assert truth("abnormal_airway", value=True) == MET


@pytest.mark.parametrize("fact", ["procedure_code", "setting"])
@pytest.mark.parametrize(("day", "answer"), [(2, NOT_MET), (3, MET), (4, NOT_MET)])
def test_a_dated_list_holds_on_its_dates_of_service(fact: str, day: int, answer: object) -> None:
    lists = {"listed": ListedCodes(frozenset({"95810", "laboratory"}), Period(DAY, DAY))}
    leaf = leaf_from(f"{fact} in listed", Vocabulary(FACTS, (), lists))
    asked = FactAnswers(FACTS[fact], [leaf])
    value = "95810" if fact == "procedure_code" else "laboratory"
    [found] = asked.of(value, date(2025, 11, day)).findings
    assert (found.truth.value, found.asks) == answer
    assert [one.truth.value for one in asked.of("elsewhere", DAY).findings] == ["not-met"]
    assert [one.truth.value for one in asked.of(None, DAY).findings] == ["unknown"]


class TestAllLeavesOfAFact:
    def test_they_are_answered_in_their_order(self) -> None:
        phrases = ["bmi >= 30 kg/m2", "bmi < 40 kg/m2", "bmi < 35 kg/m2"]
        asked = FactAnswers(FACTS["bmi"], [leaf_from(phrase, vocabulary()) for phrase in phrases])
        assert asked.fact == "bmi"
        assert [leaf.phrase for leaf in asked.leaves] == phrases
        truths = [[found.truth.value for found in asked.of(Fraction(bmi), DAY).findings] for bmi in (20, 36, 41)]
        assert truths == [["not-met", "met", "met"], ["met", "met", "not-met"], ["met", "not-met", "not-met"]]

    @pytest.mark.parametrize(
        ("fact", "phrases", "same", "other"),
        [
            ("bmi", ["bmi >= 30 kg/m2"], (Fraction(31), Fraction(32)), Fraction(29)),
            ("symptoms", ["symptoms"], (True, True), False),
            ("severity", ["severity is severe"], ("mild", "moderate"), "severe"),
            ("setting", ["setting is laboratory"], ("home", "elsewhere"), "laboratory"),
            ("last_study", ["last_study is absent"], (DAY, date(2020, 1, 1)), ABSENT),
        ],
    )
    def test_the_same_answers_are_the_same_object(
        self, fact: str, phrases: list[str], same: tuple[Value, Value], other: Value
    ) -> None:
        asked = FactAnswers(FACTS[fact], [leaf_from(phrase, vocabulary()) for phrase in phrases])
        first, second = (asked.of(value, DAY) for value in same)
        assert first is second
        assert asked.of(other, DAY) is not first
        assert asked.of(None, DAY) is asked.of(None, date(2026, 1, 1))
        assert asked.of(None, DAY) is not first


@pytest.mark.parametrize("phrase", ["diagnosis in 1.a", "diagnosis in airway-tumor"])
def test_a_list_of_diagnoses_asks_the_requester_only_where_no_code_says_anything(phrase: str) -> None:
    leaf = leaf_from(phrase, vocabulary())
    assert isinstance(leaf, InDiagnoses)
    here, there = frozenset({leaf.target}), frozenset({"1.b"})
    ask = ask_diagnoses(leaf)
    answers = [
        ask(Illness(is_spoken_of=True, clear=clear, open=unsettled, homes=NOTHING))
        for clear, unsettled in ((here, NOTHING), (here, here), (NOTHING, here), (there, there))
    ]
    assert [(found.truth.value, found.asks) for found in (*answers, ask(UNSAID))] == [
        MET,
        MET,
        ("unknown", REVIEWER),
        NOT_MET,
        ("unknown", REQUESTER),
    ]
    assert {found.node for found in answers} == {leaf}
    assert ask(UNSAID) is ask(UNSAID)


def test_only_what_is_at_hand_needs_no_asking_and_gives_the_same_answer() -> None:
    """Yes, no, a choice's values, absent and unknown are answered once; other words and numbers when they come."""
    for fact, phrase, values in (
        ("symptoms", "symptoms", (True, False, None)),
        ("severity", "severity is mild", ("mild", "severe", "other", ABSENT, None)),
        ("setting", "setting is laboratory", ("laboratory", "home", None)),
        ("studies", "studies = 1", (1, 0, Fraction(1, 2), ABSENT, None)),
        ("last_study", "last_study is absent", (ABSENT, DAY, None)),
    ):
        leaf = leaf_from(phrase, vocabulary())
        asked = FactAnswers(FACTS[fact], [leaf])
        for value in values:
            [found] = asked.of(value, DAY).findings
            assert found.truth is ask_from(leaf, FACTS[fact].answered_by)(value, DAY).truth
            assert asked.of(value, DAY) is asked.of(value, date(2026, 1, 1))
