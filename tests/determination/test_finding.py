"""A finding: which fact a leaf is about."""

import pytest
from tests.guideline.samples import vocabulary

from isodose.determination.finding import Finding, fact_of, id_of
from isodose.guideline.edition import Clause
from isodose.guideline.phrase import leaf_from
from isodose.guideline.problem import Place
from isodose.guideline.tree import All, Otherwise
from isodose.guideline.truth import MET, UNKNOWN


@pytest.mark.parametrize(
    ("phrase", "fact"),
    [
        ("symptoms", "symptoms"),
        ("bmi >= 30 kg/m2", "bmi"),
        ("last_study is absent", "last_study"),
        ("diagnosis in 1.a", "diagnosis"),
        ("procedure_code in codes.required", "procedure_code"),
    ],
)
def test_a_leaf_is_about_its_fact(phrase: str, fact: str) -> None:
    assert fact_of(Finding(leaf_from(phrase, vocabulary()), UNKNOWN)) == fact


def test_what_is_no_leaf_is_about_none() -> None:
    clause = leaf_from("clause 1", vocabulary())
    for node in (Otherwise(), clause, All((clause,))):
        with pytest.raises(AssertionError, match="only a leaf asks about a fact"):
            fact_of(Finding(node, MET))


def test_findings_are_told_apart_by_identity() -> None:
    one, other = (Finding(Otherwise(), MET) for _ in range(2))
    assert one != other
    assert len({one, other, one}) == 2


def test_a_clause_s_finding_is_about_its_clause() -> None:
    node = Clause("1.a", "T", "Q", "criterion", Otherwise(), (), Place("e.md"))
    assert id_of(Finding(node, MET)) == "1.a"
    with pytest.raises(AssertionError, match="only a clause has an id"):
        id_of(Finding(Otherwise(), MET))
