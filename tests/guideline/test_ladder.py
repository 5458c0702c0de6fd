"""The ladder: conditions in order, each with the outcome it leads to; the last is otherwise."""

from textwrap import dedent

import pytest
from tests.guideline.samples import told, vocabulary, yaml

from isodose.guideline.edition import Rung
from isodose.guideline.ladder import ladder_from
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.problem import Place, Problem
from isodose.guideline.tree import ClauseMet, NoneOf, Otherwise

LAST = "- {otherwise: clinical-review, reason: criteria-not-met}\n"


def read(text: str) -> tuple[tuple[Rung, ...], list[str]]:
    problems: list[Problem] = []
    return ladder_from(yaml(text), vocabulary(), problems), told(problems)


def test_rungs_keep_their_order_conditions_outcomes_reasons_and_grants() -> None:
    rungs, problems = read("""\
        - when: {none: clause 1}
          outcome: not-applicable
        - when: clause 2
          outcome: clinical-review
          reason: limitation
        - when: clause 1
          outcome: approved
          grants: {period: 12 months, units: 30}
        - otherwise: clinical-review
          reason: criteria-not-met
        """)
    one, two = ClauseMet("1", "clause 1"), ClauseMet("2", "clause 2")
    place = [Place("x.yaml", line, 3) for line in (1, 3, 6, 9)]
    assert rungs == (
        Rung(NoneOf((one,)), Outcome.NOT_APPLICABLE, None, {}, place[0]),
        Rung(two, Outcome.CLINICAL_REVIEW, Reason.LIMITATION, {}, place[1]),
        Rung(one, Outcome.APPROVED, None, {"period": "12 months", "units": "30"}, place[2]),
        Rung(Otherwise(), Outcome.CLINICAL_REVIEW, Reason.CRITERIA_NOT_MET, {}, place[3]),
    )
    assert problems == []


@pytest.mark.parametrize("outcome", ["not-applicable", "not-required", "covered-without-review", "approved"])
def test_a_rung_leads_to_an_outcome_of_the_text(outcome: str) -> None:
    rungs, problems = read(f"- {{when: symptoms, outcome: {outcome}}}\n{LAST}")
    assert rungs[0].outcome == outcome
    assert problems == []


@pytest.mark.parametrize("reason", ["limitation", "criteria-not-met", "judgement"])
def test_a_review_names_its_reason(reason: str) -> None:
    rungs, problems = read(f"- {{otherwise: clinical-review, reason: {reason}}}")
    assert rungs[0].reason == reason
    assert problems == []


OUTCOMES = "`not-applicable`, `not-required`, `covered-without-review`, `clinical-review` or `approved`"


@pytest.mark.parametrize(
    ("rung", "problems"),
    [
        ("{when: symptoms, outcome: denied}", [f"1:29 a rung leads to {OUTCOMES}, not `denied`"]),
        ("{when: symptoms, outcome: invalid}", [f"1:29 a rung leads to {OUTCOMES}, not `invalid`"]),
        (
            "{when: symptoms, outcome: aproved}",
            [f"1:29 a rung leads to {OUTCOMES}, not `aproved`; did you mean `approved`?"],
        ),
        ("{when: symptoms}", ["1:3 a rung lacks `outcome`"]),
        ("{outcome: approved}", ["1:3 a rung lacks `when`"]),
        ("{when: simptoms, outcome: approved}", ["1:10 no fact `simptoms` is declared in facts.yaml; did you mean `symptoms`?"]),
        ("{when: symptoms, outcome: clinical-review}", ["1:3 a rung lacks `reason`"]),
        (
            "{when: symptoms, outcome: clinical-review, reason: limit}",
            ["1:54 `reason` is `limitation`, `criteria-not-met` or `judgement`, not `limit`; did you mean `limitation`?"],
        ),
        (
            "{when: symptoms, outcome: approved, reason: limitation}",
            ["1:47 only `clinical-review` has a reason"],
        ),
        (
            "{when: symptoms, outcome: approved, grants: {unit: 1, perod: 1 year, to: x}}",
            [
                "1:48 a rung grants `period` and `units`, not `unit`; did you mean `units`?",
                "1:57 a rung grants `period` and `units`, not `perod`; did you mean `period`?",
                "1:72 a rung grants `period` and `units`, not `to`",
            ],
        ),
        (
            "{when: symptoms, outcome: approved, grants: all}",
            ["1:47 `grants` must be names with a word or phrase each"],
        ),
        ("{when: symptoms, outcome: approved, then: x}", ["1:39 a rung has no `then`; did you mean `when`?"]),
        (
            "symptoms",
            [
                ("1:3 a rung must be names with values, one a line: `when`, `otherwise`, `outcome`, `reason` or "
                "`grants`"),
            ],
        ),
        (
            "{otherwise: approved}",
            ["1:3 the last rung, and no other, is `otherwise: OUTCOME`"],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_rung_is_told(rung: str, problems: list[str]) -> None:
    assert read(f"- {rung}\n{LAST}")[1] == problems


def test_a_rung_that_cannot_be_read_is_left_out_and_the_others_stay() -> None:
    rungs, _ = read(f"- {{when: symptoms, outcome: denied}}\n- {{when: nonsense, outcome: approved}}\n{LAST}")
    assert [rung.when for rung in rungs] == [Otherwise()]


def test_the_last_rung_must_be_otherwise() -> None:
    _, problems = read("- {when: symptoms, outcome: approved}")
    assert problems == ["1:3 the last rung, and no other, is `otherwise: OUTCOME`"]


def test_what_is_wrong_in_several_rungs_is_told_at_once() -> None:
    _, problems = read(
        dedent("""\
        - {when: symptoms, outcome: denied}
        - {otherwise: approved}
        - {when: nonsense, outcome: approved}
        """)
    )
    assert [problem.split(" ", 1)[0] for problem in problems] == ["1:29", "3:10", "2:3"]


@pytest.mark.parametrize("text", ["x", "{}", "[]"])
def test_a_ladder_is_a_list_of_rungs(text: str) -> None:
    assert read(text) == ((), ["1:1 `ladder` must be a list of rungs"])


def test_no_ladder_at_all_has_no_rungs_and_is_told_elsewhere() -> None:
    problems: list[Problem] = []
    assert ladder_from(None, vocabulary(), problems) == ()
    assert problems == []


@pytest.mark.parametrize(
    "grants", ["period: 12 months", "period: 1 year", "period: 90 days", "units: 30", "period: 6 weeks"]
)
def test_what_a_rung_may_grant(grants: str) -> None:
    rungs, problems = read(f"- {{when: symptoms, outcome: approved, grants: {{{grants}}}}}\n{LAST}")
    name, _, text = grants.partition(": ")
    assert rungs[0].grants == {name: text}
    assert problems == []


@pytest.mark.parametrize(
    ("grants", "problem"),
    [
        ("period: 12", "1:56 `period` is a span of time like `12 months`, not `12`"),
        ("period: 12 Gy", "1:56 `period` is a span of time like `12 months`, not `12 Gy`"),
        ("period: 12 moons", "1:56 `period` is a span of time like `12 months`, not `12 moons`"),
        ("period: a year", "1:56 `period` is a span of time like `12 months`, not `a year`"),
        ("period: 0 months", "1:56 `period` is a span of time like `12 months`, not `0 months`"),
        ("period: ٣ months", "1:56 `period` is a span of time like `12 months`, not `٣ months`"),
        ("units: many", "1:55 `units` is a whole number, not `many`"),
        ("units: 1.5", "1:55 `units` is a whole number, not `1.5`"),
        ("units: 3 times", "1:55 `units` is a whole number, not `3 times`"),
        ("units: 0", "1:55 `units` is a whole number, not `0`"),
    ],
)
def test_what_it_may_not(grants: str, problem: str) -> None:
    assert read(f"- {{when: symptoms, outcome: approved, grants: {{{grants}}}}}\n{LAST}")[1] == [problem]


def test_a_misspelt_otherwise_is_told_alone() -> None:
    _, problems = read("- {when: symptoms, outcome: approved}\n- {othrwise: approved}\n")
    assert problems == ["2:4 a rung has no `othrwise`; did you mean `otherwise`?"]
