"""The words of facts.yaml."""

from isodose.guideline.facts import Answerer, Fact, FactType
from isodose.guideline.problem import Place


def test_the_types_of_facts() -> None:
    assert list(FactType) == ["yes/no", "choice", "number", "date", "code", "codes"]


def test_who_can_say() -> None:
    assert list(Answerer) == ["requester", "reviewer"]


def test_a_fact_is_the_requester_s_to_answer_unless_said_otherwise() -> None:
    fact = Fact("seen", FactType.DATE, "Seen", "When?", "seen", Place("facts.yaml"))
    assert fact.answered_by is Answerer.REQUESTER
    assert (fact.help, fact.evidence, fact.fhir, fact.open, fact.unit, fact.formula, fact.absent) == (
        "", (), None, False, "", None, "",
    )  # fmt: skip
    assert (dict(fact.values), dict(fact.sets)) == ({}, {})
