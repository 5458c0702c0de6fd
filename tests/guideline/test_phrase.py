"""Each form of a leaf, and each thing that can be wrong with one."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from tests.guideline.samples import facts, vocabulary

from isodose.guideline.phrase import ListedCodes, PhraseError, RestsOnUnreadableError, Vocabulary, leaf_from
from isodose.guideline.problem import ANY_CLAUSE, ANY_LIST, ANY_NAME
from isodose.guideline.tree import (
    ClauseMet,
    Compare,
    InDiagnoses,
    InList,
    Is,
    IsAbsent,
    Leaf,
    Period,
    Yes,
)


def leaf(text: str) -> Leaf:
    return leaf_from(text, vocabulary())


def wrong(text: str) -> str:
    with pytest.raises(PhraseError) as error:
        leaf_from(text, vocabulary())
    return str(error.value)


def test_a_yes_no_fact_is_asked_by_its_name() -> None:
    assert leaf("symptoms") == Yes("symptoms", "symptoms")


def test_a_choice_is_asked_for_one_of_its_values_in_any_case() -> None:
    assert leaf("severity is severe") == Is("severity", "severe", "severity is severe")
    assert leaf("severity is Severe") == Is("severity", "severe", "severity is Severe")
    assert leaf("setting is laboratory") == Is("setting", "laboratory", "setting is laboratory")


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "="])
def test_a_number_is_compared_with_a_number_and_its_unit(operator: str) -> None:
    phrase = f"bmi {operator} 30.5 kg/m2"
    assert leaf(phrase) == Compare("bmi", operator, Fraction("30.5"), phrase)


@pytest.mark.parametrize(
    ("phrase", "bound"),
    [
        ("age < 21 years", Fraction(21)),
        ("age < 1 year", Fraction(1)),
        ("age < 252 months", Fraction(21)),
        ("age < 8 months", Fraction(2, 3)),
        ("since_last_study >= 1 year", Fraction(12)),
        ("studies >= 2", Fraction(2)),
        ("studies >= 2 times", Fraction(2)),
        ("studies > -1", Fraction(-1)),
        ("age<21 years", Fraction(21)),
        ("age <21 years", Fraction(21)),
    ],
)
def test_the_bound_is_kept_in_the_fact_s_own_unit_exactly(phrase: str, bound: Fraction) -> None:
    found = leaf(phrase)
    assert isinstance(found, Compare)
    assert found.bound == bound
    assert found.phrase == phrase


def test_a_date_is_compared_with_a_date() -> None:
    phrase = "date_of_service >= 2026-01-01"
    assert leaf(phrase) == Compare("date_of_service", ">=", date(2026, 1, 1), phrase)


def test_a_fact_that_can_be_absent_is_asked_for_it() -> None:
    assert leaf("last_study is absent") == IsAbsent("last_study", "last_study is absent")


def test_what_is_derived_is_absent_where_its_input_is() -> None:
    phrase = "since_last_study is absent"
    assert leaf(phrase) == IsAbsent("since_last_study", phrase)


def test_a_code_is_looked_for_in_a_list_as_codes_are_written() -> None:
    phrase = "procedure_code in codes.required"
    found = InList("procedure_code", frozenset({"95810", "95811"}), Period(), "codes.required", phrase)
    assert leaf(phrase) == found


def test_a_choice_is_looked_for_in_a_list_as_words_are_written() -> None:
    found = leaf("setting in codes.places")
    assert isinstance(found, InList)
    assert found.members == {"laboratory", "home"}


def test_codes_of_a_list_are_upper_cased_and_its_dates_kept() -> None:
    period = Period(date(2026, 1, 1), None)
    lists = {"l": ListedCodes(frozenset({"g0399"}), period)}
    found = leaf_from("procedure_code in l", Vocabulary(facts(), (), lists))
    assert found == InList("procedure_code", frozenset({"G0399"}), period, "l", "procedure_code in l")


def test_a_diagnosis_is_looked_for_in_a_clause_or_in_a_named_set() -> None:
    phrase = "diagnosis in 1.a"
    assert leaf(phrase) == InDiagnoses("diagnosis", "1.a", is_set=False, phrase=phrase)
    phrase = "diagnosis in airway-tumor"
    assert leaf(phrase) == InDiagnoses("diagnosis", "airway-tumor", is_set=True, phrase=phrase)


def test_a_clause_is_referred_to_by_its_number() -> None:
    assert leaf("clause 1.a") == ClauseMet("1.a", "clause 1.a")


def test_white_space_is_one_blank_in_the_phrase_that_is_kept() -> None:
    assert leaf("  severity   is\n severe ") == Is("severity", "severe", "severity is severe")


EXAMPLES = "write `FACT`, `FACT is VALUE`, `FACT < 21 years`, `FACT is absent`, `FACT in LIST` or `clause ID`"


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("simptoms", "no fact `simptoms` is declared in facts.yaml; did you mean `symptoms`?"),
        ("tall", "no fact `tall` is declared in facts.yaml"),
        ("severe is mild", "no fact `severe` is declared in facts.yaml; did you mean `severity`?"),
        ("ages < 21 years", "no fact `ages` is declared in facts.yaml; did you mean `age`?"),
        ("bmi", "`bmi` is a number fact and cannot be asked by its name alone; only a yes/no fact can"),
        ("symptoms is yes", "`symptoms` is a yes/no fact and cannot be `yes`; only a choice can; write `symptoms`"),
        (
            "severity is sever",
            "`severity` offers no `sever`: it is `mild`, `moderate` or `severe`; did you mean `severe`?",
        ),
        ("severity is 3", "`severity` offers no `3`: it is `mild`, `moderate` or `severe`"),
        ("bmi is absent", "`bmi` cannot be absent: its fact does not declare `absent`"),
        ("severity < 3", "`severity` is a choice fact and cannot be compared; only a number or a date can"),
        ("clause 1.b", "no clause `1.b` has a rule in this edition; did you mean `1.a`?"),
        ("clause x", "no clause `x` has a rule in this edition"),
        (
            "procedure_code in codes.requird",
            "no data block states a list `codes.requird`; did you mean `codes.required`?",
        ),
        ("procedure_code in drugs", "no data block states a list `drugs`"),
        (
            "symptoms in codes.required",
            "`symptoms` is a yes/no fact and cannot be in a list; only a code, a choice or a diagnosis can",
        ),
        (
            "diagnosis in airway_tumour",
            (
                "`airway_tumour` is neither a clause of this edition nor a set of `diagnosis`; "
                "did you mean `airway-tumor`?"
            ),
        ),
        ("diagnosis in 3", "`3` is neither a clause of this edition nor a set of `diagnosis`"),
        (
            "diagnosis in codes.required",
            "`codes.required` is neither a clause of this edition nor a set of `diagnosis`",
        ),
        (
            "last_study > 2025",
            "`last_study` is a date: compare it with a date like 2026-01-01, not `2025`",
        ),
        (
            "last_study > 2025-01-01 days",
            "`last_study` is a date: compare it with a date like 2026-01-01, not `2025-01-01`",
        ),
        ("age < 21 yeas", "no unit `yeas` is known; did you mean `years`?"),
        ("age < 21 °C", "no unit `°C` is known"),
        ("age < 21 days", "`age` is in years and cannot be compared with days; write `years` or `months`"),
        ("age < 21", "`age` is in years and cannot be compared with a plain number; write `21 years`"),
        ("age < 21 kg", "`age` is in years and cannot be compared with kg; write `years` or `months`"),
        ("studies < 2 days", "`studies` is in plain numbers and cannot be compared with days; write the number alone"),
        ("age < many years", "`many` is not a number"),
        ("age < NaN years", "`NaN` is not a number"),
        ("age < Infinity years", "`Infinity` is not a number"),
        ("age < 21,5 years", "`21,5` is not a number"),
        ("age is not severe", f"`age is not severe` is not a phrase of the format: {EXAMPLES}"),
        ("age =< 21 years", f"`age =< 21 years` is not a phrase of the format: {EXAMPLES}"),
        ("21 years > age", f"`21 years > age` is not a phrase of the format: {EXAMPLES}"),
        ("age < 21 whole years", f"`age < 21 whole years` is not a phrase of the format: {EXAMPLES}"),
        ("not symptoms", f"`not symptoms` is not a phrase of the format: {EXAMPLES}"),
        ("clause 1 or 2", f"`clause 1 or 2` is not a phrase of the format: {EXAMPLES}"),
        ("age between 3", f"`age between 3` is not a phrase of the format: {EXAMPLES}"),
        ("", f"`` is not a phrase of the format: {EXAMPLES}"),
    ],
)
def test_what_is_wrong_is_said_with_the_nearest_right_word(phrase: str, message: str) -> None:
    assert wrong(phrase) == message


@pytest.mark.parametrize(
    ("phrase", "unreadable"),
    [
        ("height < 2 m", {"height"}),
        ("symptoms", {"symptoms"}),
        ("height < 2 m", {ANY_NAME}),
        ("procedure_code in drugs.listed", {"drugs"}),
        ("procedure_code in drugs", {"drugs"}),
        ("procedure_code in codes.required", {"codes"}),
    ],
)
def test_a_phrase_about_what_could_not_be_read_is_not_blamed_for_it(phrase: str, unreadable: set[str]) -> None:
    known = replace(vocabulary(), unreadable=unreadable)
    with pytest.raises(RestsOnUnreadableError):
        leaf_from(phrase, known)


def test_where_all_facts_could_not_be_read_those_of_every_guideline_are_still_known() -> None:
    known = replace(vocabulary(), unreadable={ANY_NAME})
    assert leaf_from("symptoms", known) == Yes("symptoms", "symptoms")
    with pytest.raises(PhraseError, match="`symptoms` is a yes/no fact"):
        leaf_from("symptoms is yes", known)


def test_what_else_is_wrong_is_told_also_where_something_could_not_be_read() -> None:
    known = replace(vocabulary(), unreadable={"height", "drugs"})
    with pytest.raises(PhraseError, match="no fact `tall` is declared") as error:
        leaf_from("tall", known)
    assert not isinstance(error.value, RestsOnUnreadableError)
    with pytest.raises(PhraseError, match="no data block states a list `drug`"):
        leaf_from("procedure_code in drug", known)


@pytest.mark.parametrize(
    ("phrase", "unknown"),
    [
        ("simptoms", "simptoms"),
        ("clause 1.b", "1.b"),
        ("severity is sever", "severity is sever"),
        ("severity is Sever", "severity is sever"),
        ("procedure_code in codes.requird", "codes.requird"),
        ("procedure_code in code.required", "code"),
        ("diagnosis in 3", "3"),
        ("age < 21 kg", ""),
        ("age < many years", ""),
        ("not a phrase", ""),
    ],
)
def test_an_unknown_name_is_said_apart_so_that_it_is_told_once(phrase: str, unknown: str) -> None:
    with pytest.raises(PhraseError) as error:
        leaf_from(phrase, vocabulary())
    assert error.value.unknown == unknown


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("symptoms is no", "`symptoms` is a yes/no fact and cannot be `no`; only a choice can; write `none: symptoms`"),
        ("symptoms is NO", "`symptoms` is a yes/no fact and cannot be `NO`; only a choice can; write `none: symptoms`"),
        ("symptoms is perhaps", "`symptoms` is a yes/no fact and cannot be `perhaps`; only a choice can"),
        ("bmi is yes", "`bmi` is a number fact and cannot be `yes`; only a choice can"),
        (
            "severity",
            (
                "`severity` is a choice fact and cannot be asked by its name alone; only a yes/no fact can; "
                "write `severity is VALUE`"
            ),
        ),
        (
            "severity = severe",
            (
                "`severity` is a choice fact and cannot be compared; only a number or a date can; "
                "write `severity is severe`"
            ),
        ),
        ("product is hmo", "`product` declares no values; write `product in LIST`"),
        (
            "procedure_code in code.required",
            "no data block is named `code`, so that nothing states `code.required`; did you mean `codes`?",
        ),
        (
            "procedure_code in drugs.listed",
            "no data block is named `drugs`, so that nothing states `drugs.listed`",
        ),
    ],
)
def test_what_would_be_right_is_said_where_it_can_be(phrase: str, message: str) -> None:
    assert wrong(phrase) == message


@pytest.mark.parametrize(
    ("phrase", "any_of_them"),
    [
        ("clause 9", ANY_CLAUSE),
        ("diagnosis in 9", ANY_CLAUSE),
        ("diagnosis in tumour", ANY_NAME),
        ("severity is bad", ANY_NAME),
        ("procedure_code in drugs", ANY_LIST),
        ("procedure_code in drugs.listed", ANY_LIST),
    ],
)
def test_where_some_names_are_lost_an_unknown_one_may_be_among_them(phrase: str, any_of_them: str) -> None:
    known = replace(vocabulary(), unreadable={any_of_them})
    with pytest.raises(RestsOnUnreadableError) as error:
        leaf_from(phrase, known)
    assert str(error.value) in phrase
    with pytest.raises(PhraseError) as error_without:
        leaf_from(phrase, vocabulary())
    assert not isinstance(error_without.value, RestsOnUnreadableError)


def test_and_what_is_known_is_read_all_the_same() -> None:
    known = replace(vocabulary(), unreadable={ANY_CLAUSE, ANY_LIST})
    for phrase in ("clause 1", "diagnosis in 1.a", "procedure_code in codes.required"):
        assert leaf_from(phrase, known) == leaf_from(phrase, vocabulary())
