"""What a fact can be."""

from isodose.determination.values import ABSENT, Coding, Value


def test_absent_is_a_value_of_its_own_and_says_so() -> None:
    assert repr(ABSENT) == "ABSENT"
    values: list[Value | None] = [None, "absent", "", False]
    assert ABSENT not in values


def test_a_code_of_another_system_is_in_no_list_of_a_guideline() -> None:
    coding = Coding("http://snomed.info/sct", "77386")
    listed: frozenset[object] = frozenset({"77386"})
    assert coding not in listed
    assert (coding.system, coding.code) == ("http://snomed.info/sct", "77386")
