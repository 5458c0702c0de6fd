"""What several diagnosis codes say of the illness: which are set aside, and which clauses and sets they belong to."""

from collections.abc import Iterable
from datetime import date

import pytest

from isodose.determination.case import Judgement
from isodose.determination.illness import CodeClass, Illness, Illnesses
from isodose.guideline.diagnoses import DiagnosisMap, diagnoses_from
from isodose.guideline.load import release
from isodose.guideline.problem import Problem
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN, Truth

ROWS = """\
in,codes,status,title,note
1.h,C61,clear,Prostate,
1.a.i,C00,clear,Lip,
1.a,C30.1,ambiguous,Middle ear,
1,C80,ambiguous,Without site,
1.e,C34,clear,Lung,
2,C61.9,clear,not a code of the release,
,Z51.0,treatment,Radiation,
,Z85,aside,History,
neoplasm,C00-D49,clear,Neoplasms,
neoplasm,A00-ZZZ,ambiguous,Anything else,
metastasis,C78,ambiguous,Metastasis,
"""
CLAUSES = ("1", "1.a", "1.a.i", "1.e", "1.h", "2")
CLAUSES_AND_ALIKE = (*CLAUSES, "1.a.ii", "10")


def the_map() -> DiagnosisMap:
    problems: list[Problem] = []
    found = diagnoses_from(ROWS, "diagnoses.csv", CLAUSES, ("neoplasm", "metastasis"), problems)
    assert problems == []
    return found


RELEASE = release([])


def judged(**truths: Truth) -> dict[str, Judgement]:
    """Judgements by clause, its dots written as `_`."""
    on = date(2025, 11, 3)
    named = {clause.strip("_").replace("_", "."): truth for clause, truth in truths.items()}
    return {clause: Judgement(clause, truth, "M. Reyes RN", on, "the note says so") for clause, truth in named.items()}


def illness(codes: str, judgements: dict[str, Judgement] | None = None) -> Illness:
    given = codes.replace(".", "").split()
    reader = Illnesses(the_map(), RELEASE)
    return reader.of(given) if judgements is None else reader.judged(given, judgements)


def met(found: Illness, clauses: Iterable[str] = CLAUSES_AND_ALIKE) -> dict[str, str]:
    """The clauses that are not surely not met, with their truth as one letter."""
    letters = {MET: "T", UNKNOWN: "?"}
    return {clause: letters[found.truth(clause)] for clause in clauses if found.truth(clause) is not NOT_MET}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("C61", {"1": "T", "1.h": "T"}),
        ("C00.1", {"1": "T", "1.a": "T", "1.a.i": "T"}),
        ("C30.1", {"1": "?", "1.a": "?"}),
        ("C80.1", {"1": "?"}),
        ("E11.9", {}),
        # any code that is clear suffices, one that is ambiguous or not listed does not defeat it
        ("C61 E11.9", {"1": "T", "1.h": "T"}),
        ("E11.9 C61 C30.1", {"1": "T", "1.a": "?", "1.h": "T"}),
        ("C30.1 C00.1", {"1": "T", "1.a": "T", "1.a.i": "T"}),
        ("C80.1 E11.9", {"1": "?"}),
    ],
)
def test_a_code_belongs_to_its_clause_and_to_those_above_it(codes: str, expected: dict[str, str]) -> None:
    assert met(illness(codes)) == expected


def test_a_code_that_the_release_does_not_hold_as_billable_is_never_clear() -> None:
    assert met(illness("C61.9")) == {"2": "?"}
    assert illness("C61.99").truth("neoplasm") is UNKNOWN
    assert met(illness("C34")) == {"1": "?", "1.e": "?"}
    assert illness("C34").truth("neoplasm") is UNKNOWN
    assert illness("C61").truth("neoplasm") is MET


def test_where_it_would_not_be_clear_it_stays_what_it_is() -> None:
    assert met(illness("C80.99")) == {"1": "?"}
    assert illness("C61.99").truth("metastasis") is NOT_MET
    assert illness("C78.99").truth("metastasis") is UNKNOWN


@pytest.mark.parametrize(
    ("codes", "neoplasm", "metastasis"),
    [
        ("C61", MET, NOT_MET),
        ("E11.9", UNKNOWN, NOT_MET),
        ("E11.9 C61", MET, NOT_MET),
        ("C61 E11.9", MET, NOT_MET),
        ("C61 C78.02", MET, UNKNOWN),
        ("", UNKNOWN, UNKNOWN),
        ("Z85.46", UNKNOWN, UNKNOWN),
    ],
)
def test_a_named_set_is_looked_at_for_each_code(codes: str, neoplasm: Truth, metastasis: Truth) -> None:
    found = illness(codes)
    assert found.truth("neoplasm") is neoplasm
    assert found.truth("metastasis") is metastasis


class TestWhatIsSetAside:
    @pytest.mark.parametrize(
        ("codes", "left"),
        [
            ("C61 Z85.46", "C61"),
            ("Z51.0 C61", "C61"),
            ("Z85.46", ""),
            ("Z51.0", ""),
            ("", ""),
            # beside a treatment code, codes without a row are set aside too: the tumor was left out
            ("Z51.0 E11.9", ""),
            ("E11.9 Z51.0", ""),
            ("Z51.0 E11.9 C61", "C61"),
            ("Z85.46 E11.9", "E11.9"),
            ("E11.9", "E11.9"),
        ],
    )
    def test_codes_that_say_nothing_of_the_illness(self, codes: str, left: str) -> None:
        assert illness(codes) == illness(left)
        assert illness(codes).is_spoken_of == bool(left)
        assert illness(codes, {}) == illness(left)

    @pytest.mark.parametrize("codes", ["", "Z85.46", "Z51.0 E11.9"])
    def test_if_none_is_left_nothing_is_known(self, codes: str) -> None:
        found = illness(codes)
        assert {found.truth(clause) for clause in CLAUSES} == {UNKNOWN}
        assert {found.truth(name) for name in ("neoplasm", "metastasis")} == {UNKNOWN}


def test_homes_are_the_clauses_in_which_a_code_is_clear_themselves() -> None:
    assert illness("C00.1 C61 C30.1 E11.9 C34").homes == {"1.a.i", "1.h"}
    assert illness("C30.1").homes == frozenset()


class TestJudgementsOnLists:
    """A reviewer's finding on a clause that only asks for a diagnosis."""

    def test_one_that_is_met_makes_those_above_it_met(self) -> None:
        assert met(illness("C30.1", judged(_1_a=MET))) == {"1": "T", "1.a": "T"}
        assert illness("C30.1", judged(_1_a=MET)).homes == {"1.a"}

    def test_one_that_is_not_met_rules_its_codes_out_and_those_of_clauses_below_it(self) -> None:
        assert met(illness("C30.1", judged(_1_a=NOT_MET))) == {}
        assert met(illness("C34", judged(_1=NOT_MET))) == {}

    def test_what_it_does_not_rule_out_stays_open_above(self) -> None:
        assert met(illness("C30.1 C80.1", judged(_1_a=NOT_MET))) == {"1": "?"}
        assert met(illness("C30.1 C34", judged(_1_a=NOT_MET))) == {"1": "?", "1.e": "?"}

    def test_the_nearest_above_a_code_s_clause_counts(self) -> None:
        assert met(illness("C34 C80.1", judged(_1=NOT_MET, _1_e=MET))) == {"1": "T", "1.e": "T"}

    def test_what_is_clear_stays_clear(self) -> None:
        assert met(illness("C61 C30.1", judged(_1_a=NOT_MET))) == {"1": "T", "1.h": "T"}

    def test_of_no_code_only_what_is_found_is_known(self) -> None:
        assert met(illness("", judged(_1_a=MET)), ("1", "1.a", "1.e")) == {"1": "T", "1.a": "T", "1.e": "?"}
        assert met(illness("", judged(_1_a=NOT_MET)), ("1", "1.a")) == {"1": "?", "1.a": "?"}

    def test_named_sets_are_not_touched(self) -> None:
        assert illness("C30.1 C78.02", judged(_1_a=NOT_MET)).truth("metastasis") is UNKNOWN
        assert illness("C30.1 E11.9", judged(_1_a=NOT_MET)).truth("neoplasm") is MET


def test_what_one_code_belongs_to_is_found_once() -> None:
    reader = Illnesses(the_map(), RELEASE)
    assert reader.class_of("C001") == CodeClass(
        home="1.a.i", is_treatment=False, clear=frozenset({"1", "1.a", "1.a.i", "neoplasm"}), open=frozenset()
    )
    assert reader.class_of("C301") == CodeClass(
        home="1.a", is_treatment=False, clear=frozenset({"neoplasm"}), open=frozenset({"1", "1.a"})
    )
    assert reader.class_of("Z510") == CodeClass(
        home="", is_treatment=True, clear=frozenset(), open=frozenset({"neoplasm"})
    )
    assert reader.class_of("Z8546").is_treatment is False
    assert reader.class_of("E119").home is None
    assert reader.class_of("E119") is reader.class_of("E119")


def test_a_judgement_never_takes_away_what_a_clear_code_says() -> None:
    """Lip is clear in 1.a.i: that 1.a is found not met does not touch it, nor what lies above."""
    assert met(illness("C00.1", judged(_1_a=NOT_MET))) == {"1": "T", "1.a": "T", "1.a.i": "T"}
    assert met(illness("C00.1 C30.1", judged(_1_a=NOT_MET))) == {"1": "T", "1.a": "T", "1.a.i": "T"}


def test_of_a_code_that_is_found_met_nothing_is_ruled_out() -> None:
    assert met(illness("C30.1 C80.1", judged(_1_a=MET))) == {"1": "T", "1.a": "T"}
    assert illness("C30.1", judged(_1_a=MET)).open == {"1", "1.a"}
