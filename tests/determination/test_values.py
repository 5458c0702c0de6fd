"""What a fact can be."""

from isodose.determination.values import ABSENT, Coding


def test_absent_is_a_value_of_its_own_and_says_so() -> None:
    assert repr(ABSENT) == "ABSENT"
    assert ABSENT is not None
    assert ABSENT != "absent"


def test_a_code_of_another_system_is_in_no_list_of_a_guideline() -> None:
    coding = Coding("http://snomed.info/sct", "77386")
    assert coding not in frozenset({"77386"})
    assert (coding.system, coding.code) == ("http://snomed.info/sct", "77386")
