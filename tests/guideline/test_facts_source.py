"""What a facts.yaml declares, and every way in which it can be wrong."""

from textwrap import dedent

import pytest
from tests.guideline.samples import SHARED, facts, told

from isodose.guideline.facts import Answerer, Fact, FactType, FhirSource
from isodose.guideline.facts_source import facts_from, formula_problems
from isodose.guideline.formula import Formula
from isodose.guideline.problem import ANY_NAME, Place, Problem


def read(text: str) -> tuple[dict[str, Fact], list[str], set[str]]:
    problems: list[Problem] = []
    unreadable: set[str] = set()
    declared = facts_from(dedent(text), "facts.yaml", problems, unreadable)
    assert {problem.place.file for problem in problems} <= {"facts.yaml"}
    return declared, told(problems), unreadable


def test_a_fact_with_everything() -> None:
    text = """\
        # what is asked
        intent:
          type: choice
          values:
            curative: treatment is with curative intent
            palliative: treatment is palliative
          open: true
          title: Treatment  intent
          question: >-
            With what intent
            is the patient treated?
          help: Salvage counts as curative.
          column: treatment_intent
          answered by: reviewer
          evidence: [consultation note, treatment plan]
          fhir:
            path: ServiceRequest.extension('http://example.org/intent')
            codes: {"http://snomed.info/sct|373808002": curative}
        """
    declared, problems, unreadable = read(text)
    assert (problems, unreadable) == ([], set())
    assert declared == {
        "intent": Fact(
            name="intent",
            type=FactType.CHOICE,
            title="Treatment intent",
            question="With what intent is the patient treated?",
            column="treatment_intent",
            place=Place("facts.yaml", 2, 1),
            help="Salvage counts as curative.",
            answered_by=Answerer.REVIEWER,
            evidence=("consultation note", "treatment plan"),
            fhir=FhirSource(
                "ServiceRequest.extension('http://example.org/intent')",
                {"http://snomed.info/sct|373808002": "curative"},
            ),
            values={
                "curative": "treatment is with curative intent",
                "palliative": "treatment is palliative",
            },
            open=True,
        )
    }


def test_a_fact_with_no_more_than_it_needs() -> None:
    declared, problems, _ = read("seen: {type: date, title: Seen, question: When seen?}")
    assert problems == []
    assert declared == {"seen": Fact("seen", FactType.DATE, "Seen", "When seen?", "seen", Place("facts.yaml", 1, 1))}
    fact = declared["seen"]
    assert (fact.answered_by, fact.open, fact.unit, fact.absent, fact.formula, fact.fhir) == (
        Answerer.REQUESTER, False, "", "", None, None,
    )  # fmt: skip
    assert (fact.help, fact.evidence, dict(fact.values), dict(fact.sets)) == ("", (), {}, {})


def test_each_type_with_what_belongs_to_it() -> None:
    declared = facts()
    assert declared["symptoms"].values == {
        "yes": "there are symptoms",
        "no": "there are no symptoms",
    }
    assert declared["age"].formula == Formula("whole years", "member_birth_date", "date_of_service")
    assert declared["age"].unit == "years"
    assert declared["last_study"].absent == "no earlier study was done"
    assert declared["setting"].open
    assert declared["diagnosis"].sets["airway-tumor"] == "a tumor of the airway"
    assert [declared[name].type for name in ("symptoms", "severity", "bmi", "last_study")] == [
        FactType.YES_NO,
        FactType.CHOICE,
        FactType.NUMBER,
        FactType.DATE,
    ]
    assert declared["procedure_code"].type is FactType.CODE
    assert declared["diagnosis"].type is FactType.CODES


def test_facts_keep_their_order() -> None:
    assert list(facts(SHARED)) == [
        "date_of_service",
        "member_birth_date",
        "product",
        "procedure_code",
    ]


def test_a_unit_may_be_written_in_the_singular() -> None:
    declared, _, _ = read("wait: {type: number, unit: week, title: W, question: W?}")
    assert declared["wait"].unit == "weeks"


GOOD = "title: X, question: X?"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "X: {type: date, title: X, question: X?}",
            ["1:1 `X` cannot be a fact's name: lower case, digits and `_`"],
        ),
        (
            "last-study: {type: date, title: X, question: X?}",
            ["1:1 `last-study` cannot be a fact's name: lower case, digits and `_`"],
        ),
        (
            "2nd: {type: date, title: X, question: X?}",
            ["1:1 `2nd` cannot be a fact's name: lower case, digits and `_`"],
        ),
        (
            "clause: {type: date, title: X, question: X?}",
            ["1:1 `clause` cannot be a fact's name: lower case, digits and `_`"],
        ),
        (
            f"x: {{type: dates, {GOOD}}}",
            [
                (
                    "1:11 `type` is `yes/no`, `choice`, `number`, `date`, `code` or `codes`, not `dates`; "
                    "did you mean `date`?"
                )
            ],
        ),
        (
            f"x: {{type: boolean, {GOOD}}}",
            ["1:11 `type` is `yes/no`, `choice`, `number`, `date`, `code` or `codes`, not `boolean`"],
        ),
        (
            "x: {}",
            [
                "1:4 the fact `x` lacks `type`",
                "1:4 the fact `x` lacks `title`",
                "1:4 the fact `x` lacks `question`",
            ],
        ),
        (
            "x: yes/no",
            [
                (
                    "1:4 the fact `x` must be names with values, one a line: `type`, `title`, `question`, `help`, "
                    "`answered by`, `evidence`, `fhir`, `column`, `values`, `open`, `says`, `unit`, `from`, "
                    "`absent`, `sets` or `more`"
                ),
            ],
        ),
        (
            f"x: {{type: date, {GOOD}, titel: Y}}",
            ["1:41 the fact `x` has no `titel`; did you mean `title`?"],
        ),
        (f"x: {{type: choice, {GOOD}}}", ["1:4 the fact `x` lacks `values`"]),
        (f"x: {{type: yes/no, {GOOD}}}", ["1:4 the fact `x` lacks `says`"]),
        (
            f"x: {{type: yes/no, {GOOD}, says: {{yes: y}}}}",
            ["1:4 `says` needs a sentence for `yes` and one for `no`"],
        ),
        (
            f"x: {{type: yes/no, {GOOD}, says: {{yes: y, no: n, perhaps: p}}}}",
            ["1:4 `says` needs a sentence for `yes` and one for `no`"],
        ),
        (
            f"x: {{type: choice, {GOOD}, values: {{Curative: c}}}}",
            ["1:52 a value is written in lower case: `curative`, not `Curative`"],
        ),
        (
            f"x: {{type: choice, {GOOD}, open: maybe}}",
            ["1:49 `open` is `true` or `false`, not `maybe`", "1:4 the fact `x` lacks `values`"],
        ),
        (f"x: {{type: number, {GOOD}, unit: yeers}}", ["1:49 no unit `yeers` is known; did you mean `years`?"]),
        (f"x: {{type: number, {GOOD}, unit: °C}}", ["1:49 no unit `°C` is known"]),
        (
            f"x: {{type: number, {GOOD}, from: a + b}}",
            [
                (
                    "1:49 `from` must be `whole years from A to B`, `whole months from A to B`, `days from A to B` "
                    "or `A / B`, not `a + b`"
                )
            ],
        ),
        (
            f"x: {{type: number, {GOOD}, unit: months, from: whole years from a to b}}",
            ["1:49 the formula gives years, not months"],
        ),
        (
            f"x: {{type: number, {GOOD}, unit: week, from: days from a to b}}",
            ["1:49 the formula gives days, not weeks"],
        ),
        (
            f"x: {{type: date, {GOOD}, answered by: doctor}}",
            ["1:54 `answered by` is `requester` or `reviewer`, not `doctor`"],
        ),
        (f"x: {{type: date, {GOOD}, fhir: {{codes: {{}}}}}}", ["1:47 `fhir` lacks `path`"]),
        (
            f"x: {{type: date, {GOOD}, fhir: {{path: p, code: c}}}}",
            ["1:57 `fhir` has no `code`; did you mean `codes`?"],
        ),
        (
            f"x: {{type: date, {GOOD}, evidence: {{a: b}}}}",
            ["1:51 `evidence` must be a list of words"],
        ),
        ("[a]", ["1:1 facts.yaml must be facts by name"]),
        ("a", ["1:1 facts.yaml must be facts by name"]),
        ("", ["1:1 nothing is written here"]),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(text: str, problems: list[str]) -> None:
    assert read(text)[1] == problems


def test_an_open_choice_needs_no_values() -> None:
    declared, problems, _ = read(f"x: {{type: choice, open: true, {GOOD}}}")
    assert problems == []
    assert declared["x"].open
    closed, problems, _ = read(f"x: {{type: choice, open: false, values: {{a: b}}, {GOOD}}}")
    assert problems == []
    assert not closed["x"].open


def test_a_ratio_may_have_any_unit() -> None:
    declared, problems, _ = read(f"x: {{type: number, {GOOD}, unit: kg/m2, from: a / b}}")
    assert problems == []
    assert declared["x"].formula == Formula("ratio", "a", "b")


def test_facts_that_cannot_be_read_are_named_so_that_rules_about_them_are_not_blamed() -> None:
    declared, problems, unreadable = read(
        f"""\
        a: {{type: dates, {GOOD}}}
        b: {{type: date, {GOOD}}}
        c: {{{GOOD}}}
        """
    )
    assert list(declared) == ["b"]
    assert unreadable == {"a", "c"}
    assert len(problems) == 2


@pytest.mark.parametrize("text", ["", "[a]", "a: [", "a"])
def test_a_file_that_cannot_be_read_leaves_every_name_unreadable(text: str) -> None:
    declared, _, unreadable = read(text)
    assert declared == {}
    assert unreadable == {ANY_NAME}


class TestFormulas:
    """What a derived fact is computed from must be there, and of the right type and unit."""

    BASE = f"""\
born: {{type: date, {GOOD}}}
seen: {{type: date, {GOOD}}}
tall: {{type: yes/no, {GOOD}, says: {{yes: y, no: n}}}}
weight: {{type: number, unit: kg, {GOOD}}}
height: {{type: number, unit: m, {GOOD}}}
load: {{type: number, unit: g, {GOOD}}}
"""

    def problems(self, line: str, unreadable: set[str] | None = None) -> list[str]:
        return told(formula_problems(facts(self.BASE + line), unreadable or set()))

    @pytest.mark.parametrize(
        "line",
        [
            f"x: {{type: number, unit: years, {GOOD}, from: whole years from born to seen}}",
            f"x: {{type: number, unit: days, {GOOD}, from: days from seen to born}}",
            f"x: {{type: number, {GOOD}, from: weight / weight}}",
            f"x: {{type: number, unit: kg/m2, {GOOD}, from: weight / height}}",
            (
                f"x: {{type: number, {GOOD}, from: y / weight}}\ny: {{type: number, unit: kg, {GOOD}, from: weight / n}}\n"
                f"n: {{type: number, {GOOD}}}"
            ),
        ],
    )
    def test_a_right_one_has_no_problems(self, line: str) -> None:
        assert self.problems(line) == []

    @pytest.mark.parametrize(
        ("line", "problems"),
        [
            (
                f"x: {{type: number, {GOOD}, from: days from borne to seen}}",
                ["7:1 `x`: no fact `borne` is declared in facts.yaml; did you mean `born`?"],
            ),
            (
                f"x: {{type: number, {GOOD}, from: days from weight to tall}}",
                [
                    "7:1 `x`: `weight` is a number fact; this formula needs a date",
                    "7:1 `x`: `tall` is a yes/no fact; this formula needs a date",
                ],
            ),
            (
                f"x: {{type: number, {GOOD}, from: born / weight}}",
                ["7:1 `x`: `born` is a date fact; this formula needs a number"],
            ),
            (
                f"x: {{type: number, {GOOD}, from: weight / load}}",
                ["7:1 `x`: a ratio of kg to g: give both in one unit"],
            ),
            (
                (
                    f"n: {{type: number, {GOOD}}}\nm: {{type: number, unit: times, {GOOD}}}\n"
                    f"x: {{type: number, {GOOD}, from: n / m}}\ny: {{type: number, {GOOD}, from: m / n}}"
                ),
                [
                    "9:1 `x`: a ratio of a count to times: give both in one unit",
                    "10:1 `y`: a ratio of times to a count: give both in one unit",
                ],
            ),
            (
                f"x: {{type: date, {GOOD}, from: days from born to seen}}",
                ["7:1 `x` is derived, so its type is `number`"],
            ),
            (
                f"x: {{type: number, {GOOD}, from: x / weight}}",
                ["7:1 a fact is derived from itself: x → x"],
            ),
            (
                f"y: {{type: number, {GOOD}, from: x / weight}}\nx: {{type: number, {GOOD}, from: y / height}}",
                ["7:1 a fact is derived from itself: y → x → y"],
            ),
        ],
    )
    def test_what_is_wrong_with_one_is_told(self, line: str, problems: list[str]) -> None:
        assert self.problems(line) == problems

    def test_an_input_that_could_not_be_read_is_not_blamed_again(self) -> None:
        line = f"x: {{type: number, {GOOD}, from: width / depth}}"
        assert self.problems(line, {"width"}) == ["7:1 `x`: no fact `depth` is declared in facts.yaml"]


def test_an_unknown_input_of_a_formula_is_said_apart_so_that_it_is_told_once() -> None:
    lines = f"x: {{type: number, {GOOD}, from: width / height}}\ny: {{type: number, {GOOD}, from: tall / height}}"
    problems = formula_problems(facts(TestFormulas.BASE + lines), set())
    assert [problem.unknown for problem in problems] == ["width", ""]


def test_where_all_facts_are_lost_an_unknown_input_may_be_among_them() -> None:
    lines = f"x: {{type: number, {GOOD}, from: width / tall}}"
    problems = formula_problems(facts(TestFormulas.BASE + lines), {ANY_NAME})
    assert told(problems) == ["7:1 `x`: `tall` is a yes/no fact; this formula needs a number"]


def test_a_derived_fact_of_another_type_is_unreadable_to_what_asks_it() -> None:
    unreadable: set[str] = set()
    formula_problems(facts(TestFormulas.BASE + f"x: {{type: date, {GOOD}, from: days from born to seen}}"), unreadable)
    assert unreadable == {"x"}


def test_a_fact_with_something_wrong_in_it_is_kept_and_is_unreadable_to_what_asks_it() -> None:
    declared, problems, unreadable = read(
        f"""\
        wrong_unit: {{type: number, {GOOD}, unit: yaers}}
        misspelt: {{type: number, {GOOD}, hlep: x}}
        good: {{type: number, {GOOD}}}
        """
    )
    assert problems == [
        "1:58 no unit `yaers` is known; did you mean `years`?",
        "2:50 the fact `misspelt` has no `hlep`; did you mean `help`?",
    ]
    assert list(declared) == ["wrong_unit", "misspelt", "good"]
    assert unreadable == {"wrong_unit", "misspelt"}


def test_a_fact_whose_name_cannot_be_one_is_unreadable_by_the_name_that_is_meant() -> None:
    _, problems, unreadable = read(f"Lung-Dose: {{type: number, {GOOD}}}")
    assert problems == ["1:1 `Lung-Dose` cannot be a fact's name: lower case, digits and `_`"]
    assert unreadable == {"lung_dose"}


def test_a_fact_that_says_something_twice_is_unreadable_and_so_is_every_name_for_one_may_be_lost() -> None:
    declared, problems, unreadable = read(f"a: {{type: number, {GOOD}, type: date}}\nb: {{type: number, {GOOD}}}")
    assert problems == ["1:43 `type` is given twice; keep one of them"]
    assert list(declared) == ["b"]
    assert unreadable == {"a", ANY_NAME}


CODED = "fhir: {path: p, codes: {x: %s}}"


@pytest.mark.parametrize(
    ("fact", "problems"),
    [
        (f"type: choice, values: {{one: is one}}, {CODED % 'one'}", []),
        (f"type: choice, values: {{one: is one}}, {CODED % 'ono'}", ["a code means `one`, not `ono`; did you mean `one`?"]),
        (f"type: choice, values: {{one: is one}}, open: true, {CODED % 'two'}", []),
        (f"type: choice, values: {{one: is one, two: is two}}, {CODED % 'xyz'}", ["a code means `one` or `two`, not `xyz`"]),
        (f"type: yes/no, says: {{yes: so, no: not}}, {CODED % 'no'}", []),
        (f"type: yes/no, says: {{yes: so, no: not}}, {CODED % 'yess'}", ["a code means `yes` or `no`, not `yess`; did you mean `yes`?"]),
        (f"type: code, {CODED % 'anything'}", []),
    ],
)  # fmt: skip
def test_a_code_of_fhir_means_a_value_that_there_is(fact: str, problems: list[str]) -> None:
    found: list[Problem] = []
    facts_from(f"f: {{{GOOD}, {fact}}}", "facts.yaml", found, set())
    assert [problem.message for problem in found] == problems


def test_a_value_that_only_a_code_of_fhir_means_is_told_as_what_nothing_declares() -> None:
    found: list[Problem] = []
    facts_from(f"f: {{type: choice, {GOOD}, values: {{one: is one}}, {CODED % 'two'}}}", "facts.yaml", found, set())
    assert [(problem.place, problem.unknown) for problem in found] == [(Place("facts.yaml", 1, 93), "f is two")]
