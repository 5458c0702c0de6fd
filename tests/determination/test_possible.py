"""Which rungs are possible, whether they agree, and which unknown leaves decide if they do not."""

import pytest

from isodose.determination.finding import Finding, fact_of
from isodose.determination.possible import Open, answer_from, unknown_leaves
from isodose.guideline.edition import Clause, Rung
from isodose.guideline.facts import Answerer
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.problem import Place
from isodose.guideline.tree import All, ClauseMet, Otherwise, Yes
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN, Truth

NOWHERE = Place("x.md")
OUTCOMES = {
    "A": (Outcome.APPROVED, None),
    "N": (Outcome.NOT_APPLICABLE, None),
    "L": (Outcome.CLINICAL_REVIEW, Reason.LIMITATION),
    "C": (Outcome.CLINICAL_REVIEW, Reason.CRITERIA_NOT_MET),
    "J": (Outcome.CLINICAL_REVIEW, Reason.JUDGEMENT),
}
TRUTHS = {"T": MET, "F": NOT_MET, "?": UNKNOWN}


def leaf(name: str, asks: Answerer = Answerer.REQUESTER, truth: Truth = UNKNOWN) -> Finding:
    return Finding(Yes(name, name), truth, (), asks if truth is UNKNOWN else None)


def both(*parts: Finding, truth: Truth = UNKNOWN) -> Finding:
    return Finding(All(tuple(part.node for part in parts)), truth, parts)  # type: ignore[misc]


def clause(name: str, rule: Finding) -> Finding:
    node = Clause(name, "", "", "criterion", rule.node, (), NOWHERE)  # type: ignore[arg-type]
    return Finding(ClauseMet(name, f"clause {name}"), rule.truth, (Finding(node, rule.truth, (rule,)),))


def ladder(outcomes: str) -> list[Rung]:
    return [Rung(Otherwise(), *OUTCOMES[letter], {}, NOWHERE) for letter in outcomes]


def rungs(truths: str) -> list[Finding]:
    """One leaf a rung, `a` for the first; a capital `R` is unknown and for the reviewer."""
    return [
        leaf(chr(ord("a") + number), Answerer.REVIEWER, UNKNOWN)
        if letter == "R"
        else leaf(chr(ord("a") + number), truth=TRUTHS[letter])
        for number, letter in enumerate(truths)
    ]


@pytest.mark.parametrize(
    ("outcomes", "truths", "outcome", "reason", "rung"),
    [
        # the first rung that is surely met decides
        ("NAC", "TTT", "not-applicable", None, 0),
        ("NAC", "FTT", "approved", None, 1),
        ("NAC", "FFT", "clinical-review", "criteria-not-met", 2),
        # what comes after it is not possible
        ("NAC", "T?T", "not-applicable", None, 0),
        # an unknown rung that leads to the same outcome does not matter
        ("AAC", "?TT", "approved", None, 1),
        ("NAAC", "F?TT", "approved", None, 2),
        # the reason of a review that holds whatever is missing is that of the first rung surely met
        ("LAC", "?FT", "clinical-review", "criteria-not-met", 2),
        ("LJC", "??T", "clinical-review", "criteria-not-met", 2),
        ("LJC", "?TT", "clinical-review", "judgement", 1),
        ("LLC", "?TT", "clinical-review", "limitation", 1),
    ],
)
def test_if_all_possible_rungs_lead_to_one_outcome_that_is_it(
    outcomes: str, truths: str, outcome: str, reason: str | None, rung: int
) -> None:
    answer = answer_from(ladder(outcomes), rungs(truths))
    assert (answer.outcome, answer.reason, answer.rung) == (outcome, reason, rung)
    assert answer.open == ()


@pytest.mark.parametrize(
    ("outcomes", "truths", "asked"),
    [
        ("NAC", "??T", "ab"),
        ("NAC", "F?T", "b"),
        ("NAC", "?TT", "a"),
        # no rung with another outcome is possible after b: it cannot decide
        ("NLC", "??T", "a"),
        ("ANA", "?FT", ""),
        ("ANA", "??T", "ab"),
        ("NANA", "???T", "abc"),
        ("NAAC", "F??T", "bc"),
        ("NAAA", "???T", "a"),
        # what is not met is not possible
        ("NALC", "?F?T", "a"),
        ("NACA", "??FT", "a"),
    ],
)
def test_else_the_unknown_rungs_that_can_decide_are_open(outcomes: str, truths: str, asked: str) -> None:
    answer = answer_from(ladder(outcomes), rungs(truths))
    assert [found.leaf.node for found in answer.open] == [Yes(letter, letter) for letter in asked]
    if asked:
        assert (answer.outcome, answer.reason) == ("information-needed", None)
        assert answer.rung == truths.index("T")


@pytest.mark.parametrize(
    ("truths", "outcome", "reason"),
    [
        ("R?T", "information-needed", None),
        ("?RT", "information-needed", None),
        ("RRT", "clinical-review", "judgement"),
        ("FRT", "clinical-review", "judgement"),
        ("RTT", "clinical-review", "judgement"),
        # what the requester can give does not decide here
        ("RTT?", "clinical-review", "judgement"),
    ],
)
def test_a_reviewer_judges_where_the_requester_can_give_nothing_that_decides(
    truths: str, outcome: str, reason: str | None
) -> None:
    answer = answer_from(ladder("NAC" + "A" * (len(truths) - 3)), rungs(truths))
    assert (answer.outcome, answer.reason) == (outcome, reason)
    assert answer.rung == truths.index("T")
    assert [found.leaf.node for found in answer.open] == [
        Yes(letter, letter) for letter, truth in zip("abc", truths[: answer.rung], strict=False) if truth in "R?"
    ]


class TestTheWalkDown:
    def walked(self, finding: Finding) -> list[tuple[str, str | None]]:
        return [(fact_of(found.leaf), found.clause.id if found.clause else None) for found in unknown_leaves(finding)]

    def test_it_goes_through_parts_that_are_themselves_unknown(self) -> None:
        tree = both(
            leaf("a"),
            leaf("b", truth=MET),
            both(leaf("c"), leaf("d", truth=NOT_MET), truth=NOT_MET),
            both(leaf("e"), leaf("f")),
        )
        assert self.walked(tree) == [("a", None), ("e", None), ("f", None)]

    def test_what_is_known_has_nothing_open(self) -> None:
        assert self.walked(leaf("a", truth=MET)) == []
        assert self.walked(both(leaf("a"), truth=NOT_MET)) == []

    def test_a_leaf_belongs_to_the_clause_in_whose_rule_it_stands(self) -> None:
        tree = both(leaf("a"), clause("1", both(leaf("b"), clause("2", leaf("c")), leaf("d"))), leaf("e"))
        assert self.walked(tree) == [("a", None), ("b", "1"), ("c", "2"), ("d", "1"), ("e", None)]

    def test_each_leaf_is_open_once_at_its_first_place(self) -> None:
        findings = [clause("1", leaf("a")), both(leaf("b"), leaf("a")), leaf("z", truth=MET)]
        answer = answer_from(ladder("NAC"), findings)
        assert [(found.leaf.node, found.clause and found.clause.id) for found in answer.open] == [
            (Yes("a", "a"), "1"),
            (Yes("b", "b"), None),
        ]
        assert isinstance(answer.open[0], Open)
