"""The outcomes are words of the format, in order of precedence, and none of them denies."""

from isodose.guideline.outcome import LADDER_OUTCOMES, Outcome, Reason


def test_the_seven_outcomes_in_their_order() -> None:
    assert list(Outcome) == [
        "invalid",
        "not-applicable",
        "not-required",
        "covered-without-review",
        "clinical-review",
        "information-needed",
        "approved",
    ]


def test_a_rung_may_lead_to_all_but_the_two_that_the_engine_finds() -> None:
    assert set(Outcome) - set(LADDER_OUTCOMES) == {Outcome.INVALID, Outcome.INFORMATION_NEEDED}


def test_the_reasons_of_a_review() -> None:
    assert list(Reason) == ["limitation", "criteria-not-met", "judgement"]
