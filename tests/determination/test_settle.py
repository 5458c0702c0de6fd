"""A reviewer's judgements in place of what is unknown, never of what is known."""

from datetime import date

import pytest
from tests.guideline.samples import vocabulary

from isodose.determination.case import Judgement
from isodose.determination.finding import Finding
from isodose.determination.illness import Illness
from isodose.determination.settle import Settled
from isodose.guideline.edition import Clause
from isodose.guideline.facts import Answerer
from isodose.guideline.phrase import leaf_from
from isodose.guideline.problem import Place
from isodose.guideline.tree import Leaf
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN, Truth

NOTHING: frozenset[str] = frozenset()


def leaf(phrase: str) -> Leaf:
    return leaf_from(phrase, vocabulary())


def settled(**truths: Truth) -> Settled:
    on = date(2025, 10, 20)
    return Settled(
        {target: Judgement(target, truth, "M. Reyes RN", on, "so it is") for target, truth in truths.items()}
    )


def unknown(phrase: str) -> Finding:
    return Finding(leaf(phrase), UNKNOWN, (), Answerer.REQUESTER)


@pytest.mark.parametrize("truth", [MET, NOT_MET])
def test_an_unknown_leaf_takes_what_was_found_on_its_phrase(truth: Truth) -> None:
    judgements = settled(symptoms=truth)
    found = judgements.leaf(unknown("symptoms"))
    assert (found.node, found.truth, found.parts, found.asks) == (leaf("symptoms"), truth, (), None)
    assert found.judgement is not None
    assert found.judgement.truth is truth
    assert judgements.used == {"symptoms"}


def test_a_known_leaf_and_one_that_nobody_judged_stay_what_they_are() -> None:
    judgements = settled(symptoms=MET)
    for found in (Finding(leaf("symptoms"), NOT_MET), unknown("abnormal_airway")):
        assert judgements.leaf(found) is found
    assert judgements.used == set()


def test_of_the_leaves_of_a_fact_the_one_that_was_judged() -> None:
    judgements = settled(**{"bmi < 40 kg/m2": MET})
    found = [judgements.leaf(unknown(phrase)) for phrase in ("bmi >= 30 kg/m2", "bmi < 40 kg/m2")]
    assert [one.truth for one in found] == [UNKNOWN, MET]


def test_a_clause_takes_what_was_found_on_it_and_keeps_what_its_rule_found() -> None:
    rule = unknown("symptoms")
    clause = Clause("1", "T", "Q", "criterion", leaf("symptoms"), (), Place("e.md"))
    found = settled(**{"1": MET}).clause(clause, rule)
    assert (found.node, found.truth, found.parts) == (clause, MET, (rule,))
    assert found.judgement is not None
    known = Finding(clause, NOT_MET, (rule,))
    assert settled(**{"1": MET}).finding(known) is known
    assert settled(**{"2": MET}).clause(clause, rule).truth is UNKNOWN


def test_of_the_judgements_those_on_lists_that_the_codes_leave_unknown() -> None:
    stated = Illness(is_spoken_of=True, clear=frozenset({"1.a"}), open=frozenset({"1.b"}), homes=NOTHING)
    judgements = settled(**{"1.a": MET, "1.b": NOT_MET, "1.c": MET, "2": MET, "symptoms": MET})
    assert list(judgements.lists({"1.a", "1.b", "1.c"}, stated)) == ["1.b"]
    unsaid = Illness(is_spoken_of=False, clear=NOTHING, open=NOTHING, homes=NOTHING)
    assert list(judgements.lists({"1.a", "2"}, unsaid)) == ["1.a", "2"]


def test_a_leaf_that_asks_for_a_judged_list_takes_what_was_found_on_the_list() -> None:
    judgements = settled(**{"1.a": MET, "airway-tumor": MET})
    found = judgements.in_list(unknown("diagnosis in 1.a"), {"1.a"})
    assert (found.truth, found.node) == (MET, leaf("diagnosis in 1.a"))
    assert judgements.used == {"1.a"}
    for other in ("diagnosis in airway-tumor", "diagnosis in 2", "symptoms"):
        assert judgements.in_list(unknown(other), {"1.a", "airway-tumor"}).truth is UNKNOWN
    assert judgements.in_list(unknown("diagnosis in 1.a"), {"1.b"}).truth is UNKNOWN
    known = Finding(leaf("diagnosis in 1.a"), NOT_MET)
    assert judgements.in_list(known, {"1.a"}) is known
