"""A request: a member, service lines, and what reviewers found; each line is a case."""

from datetime import date
from typing import Any

import pytest
from tests.determination.imrt_cases import imrt

from isodose.determination.case import Case, Dispute, Judgement, case_from
from isodose.determination.cells import JSON_CELLS
from isodose.determination.request import ShapeError, cases_from, disputed, is_request, json_kind, with_findings
from isodose.guideline.truth import MET, NOT_MET

GUIDELINE = imrt().guideline
LINE = {"line": 1, "date_of_service": "2025-11-03", "procedure_code": "77386", "diagnosis_codes": ["C61"]}
MEMBER = {"member_id": "M-1", "member_birth_date": "1955-03-14", "product": "ma-hmo"}
SIGNED = {"by": "M. Reyes RN", "on": "2025-10-20", "why": "the consult note documents it"}
ON = date(2025, 10, 20)


def request(**parts: Any) -> dict[str, Any]:
    whole = {"request_id": "R-1", "member": MEMBER, "lines": [LINE]} | parts
    return {name: part for name, part in whole.items() if part is not None}


def cases(**parts: Any) -> list[Case]:
    found = list(cases_from(request(**parts), GUIDELINE))
    assert all(isinstance(one, Case) for one in found)
    return [one for one in found if isinstance(one, Case)]


def case(**parts: Any) -> Case:
    [only] = cases(**parts)
    return only


def problems(**parts: Any) -> list[tuple[str, str]]:
    return [(wrong.fact, wrong.message) for wrong in case(**parts).problems]


def test_each_line_is_a_case_with_what_the_member_says() -> None:
    first, second = cases(lines=[LINE, LINE | {"line": 2, "diagnosis_codes": ["C50.911"]}])
    assert (first.request_id, first.line, second.line) == ("R-1", 1, 2)
    assert first.facts["member_birth_date"] == date(1955, 3, 14)
    assert first.facts["product"] == second.facts["product"] == "ma-hmo"
    assert (first.facts["diagnosis"], second.facts["diagnosis"]) == (("C61",), ("C50911",))
    assert (first.problems, first.notes) == ((), ())


def test_a_request_may_say_nothing_of_the_member() -> None:
    found = case(member=None)
    assert "product" not in found.facts
    assert found.problems == ()


@pytest.mark.parametrize(
    ("value", "is_one"),
    [({"lines": []}, True), ({"member": {}}, True), ({"date_of_service": "x"}, False), ({}, False)],
)
def test_lines_or_a_member_make_a_request(value: dict[str, object], *, is_one: bool) -> None:
    assert is_request(value) is is_one


@pytest.mark.parametrize(
    ("parts", "place", "message"),
    [
        ({"lines": None}, "lines", "a request needs `lines`: a list of service lines, each an object"),
        ({"lines": []}, "lines", "a request needs `lines`: a list of service lines, each an object"),
        ({"lines": {"line": 1}}, "lines", "a request needs `lines`: a list of service lines, each an object"),
        ({"member": ["M-1"]}, "member", "the member must be an object, not a list"),
        ({"member": "M-1"}, "member", "the member must be an object, not a text"),
    ],
)
def test_a_request_that_cannot_be_read_at_all(parts: dict[str, Any], place: str, message: str) -> None:
    with pytest.raises(ShapeError) as error:
        list(cases_from(request(**parts), GUIDELINE))
    assert (error.value.place, str(error.value)) == (place, message)


def test_a_line_that_cannot_be_read_leaves_the_others() -> None:
    lines = [LINE, 7, None, LINE | {"outcome": "approved", "basis": []}, LINE | {"line": 5}]
    first, second, third, fourth, fifth = cases_from(request(lines=lines), GUIDELINE)
    assert isinstance(first, Case)
    assert isinstance(fifth, Case)
    assert fifth.line == 5
    told = [(one.place, str(one)) for one in (second, third, fourth) if isinstance(one, ShapeError)]
    assert told == [
        ("lines[1]", "a line must be an object, not a number"),
        ("lines[2]", "a line must be an object, not null"),
        ("lines[3]", "the answer adds `outcome` or `basis` itself; rename what was sent under that name"),
    ]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        ("x", "a text"),
        ([], "a list"),
        ({}, "an object"),
        (1, "a number"),
        (1.5, "a number"),
    ],
)
def test_what_a_json_value_is(value: object, kind: str) -> None:
    assert json_kind(value) == kind


def test_parts_that_are_not_known_are_noted_and_not_used() -> None:
    found = case(membre={}, member=MEMBER | {"technique": "imrt", "procedure_code": "99213", "birth": "x"})
    assert found.notes == (
        "the request has a part `membre` that was not used; did you mean `member`?",
        "`member` has a part `technique` that was not used",
        "`member` has a part `procedure_code` that was not used",
        "`member` has a part `birth` that was not used",
    )
    assert "technique" not in found.facts
    assert found.facts["procedure_code"] == "77386"


def test_notes_of_a_line_are_kept_as_they_are() -> None:
    found = case(lines=[LINE | {"notes": ["urgent", 7, "by fax"], "techniqe": "imrt"}])
    assert found.notes == (
        "urgent",
        "by fax",
        "the column `techniqe` is no fact of this guideline and was not used; did you mean `technique`?",
    )
    assert case(lines=[LINE | {"notes": "urgent"}]).notes == ()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("ma-hmo", False), ("ma-ppo", True)],
)
def test_what_line_and_member_say_differently_is_wrong(said: str, *, wrong: bool) -> None:
    told = [("product", "`product` is said by the line and differently by `member`")]
    assert problems(lines=[LINE | {"product": said}]) == (told if wrong else [])


def test_a_line_may_say_what_the_member_does_not() -> None:
    found = case(member={"member_id": "M-1"}, lines=[LINE | {"product": "ma-ppo"}])
    assert (found.facts["product"], found.problems) == ("ma-ppo", ())


class TestJudgements:
    def test_on_a_clause_or_on_a_leaf(self) -> None:
        found = case(
            judgements=[
                {"clause": "1", "truth": "met", **SIGNED},
                {"leaf": " diagnosis  in 1 ", "truth": "not-met", **SIGNED},
            ]
        )
        assert found.problems == ()
        assert found.judgements == {
            "1": Judgement("1", MET, "M. Reyes RN", ON, "the consult note documents it"),
            "diagnosis in 1": Judgement("diagnosis in 1", NOT_MET, "M. Reyes RN", ON, "the consult note documents it"),
        }

    def test_one_may_be_about_one_line(self) -> None:
        judgement = {"clause": "1", "truth": "met", "line": 2, **SIGNED}
        first, second = cases(lines=[LINE, LINE | {"line": 2}], judgements=[judgement])
        assert (list(first.judgements), list(second.judgements)) == ([], ["1"])
        assert first.problems == second.problems == ()

    @pytest.mark.parametrize(
        ("item", "told"),
        [
            (
                {"truth": "met", **SIGNED},
                ["`judgements[0]` needs a `clause` or a `leaf`, as text, and not both"],
            ),
            (
                {"clause": "1", "leaf": "diagnosis in 1", "truth": "met", **SIGNED},
                ["`judgements[0]` needs a `clause` or a `leaf`, as text, and not both"],
            ),
            (
                {"clause": 1, "truth": "met", **SIGNED},
                ["`judgements[0]` needs a `clause` or a `leaf`, as text, and not both"],
            ),
            (
                {"clause": "1.z", "truth": "met", **SIGNED},
                ["`judgements[0]`: no clause `1.z` is in the guideline; did you mean `"],
            ),
            (
                {"leaf": "age < 19 years", "truth": "met", **SIGNED},
                ["`judgements[0]`: no leaf `age < 19 years` is in the guideline; did you mean `age < 21 years`?"],
            ),
            (
                {"clause": "1", "truth": "yes", **SIGNED},
                ["`judgements[0]`: `truth` is `met` or `not-met`, not `yes`"],
            ),
            (
                {"clause": "1", "truth": True, **SIGNED},
                ["`judgements[0]`: `truth` is `met` or `not-met`, not `true`"],
            ),
            ({"clause": "1", **SIGNED}, ["`judgements[0]` lacks `truth`: `met` or `not-met`"]),
            (
                {"clause": "1", "truth": "met"},
                [
                    "`judgements[0]` lacks `by`: who found it",
                    "`judgements[0]` lacks `why`: the reason, in words",
                    "`judgements[0]`: `on` must be a date like 2025-11-03",
                ],
            ),
            (
                {"clause": "1", "truth": "met", "by": " ", "on": "20.10.2025", "why": 7},
                [
                    "`judgements[0]` lacks `by`: who found it",
                    "`judgements[0]` lacks `why`: the reason, in words",
                    "`judgements[0]`: `on` must be a date like 2025-11-03",
                ],
            ),
            (
                {"clause": "1", "truth": "met", "whi": "x", **SIGNED},
                ["`judgements[0]` has no part `whi`; did you mean `why`?"],
            ),
            (
                {"clause": "1", "truth": "met", "line": 3, **SIGNED},
                ["`judgements[0]`: the request has no line `3`"],
            ),
            (
                {"clause": "1", "truth": "met", "line": "1", **SIGNED},
                ["`judgements[0]`: `line` must be a whole number, not `1`"],
            ),
            (
                {"clause": "1", "truth": "met", "line": True, **SIGNED},
                ["`judgements[0]`: `line` must be a whole number, not `true`"],
            ),
        ],
    )
    def test_what_is_wrong_with_one_is_told(self, item: dict[str, Any], told: list[str]) -> None:
        found = problems(judgements=[item])
        assert [place for place, _ in found] == ["judgements[0]"] * len(told)
        for (_, message), start in zip(found, told, strict=True):
            assert message.startswith(start)
            assert message == start or start.endswith("did you mean `")

    def test_without_who_when_and_why_it_is_none(self) -> None:
        for name in SIGNED:
            item = {"clause": "1", "truth": "met"} | {key: part for key, part in SIGNED.items() if key != name}
            assert case(judgements=[item]).judgements == {}

    def test_two_that_contradict_each_other(self) -> None:
        one = {"clause": "1", "truth": "met", **SIGNED}
        other = one | {"truth": "not-met"}
        assert problems(judgements=[one, one]) == []
        assert problems(judgements=[one, other]) == [
            ("judgements[1]", "`judgements[1]` contradicts an earlier judgement on `1`; keep one")
        ]

    @pytest.mark.parametrize("name", ["judgements", "disputes"])
    def test_they_are_a_list_of_objects(self, name: str) -> None:
        assert problems(**{name: {"clause": "1"}}) == [(name, f"`{name}` must be a list of objects, not an object")]
        assert problems(**{name: ["1"]}) == [(name, f"`{name}[0]` must be an object, not a text")]


class TestDisputes:
    def test_a_disputed_fact_is_unknown_and_kept_with_who_when_and_why(self) -> None:
        found = case(lines=[LINE | {"technique": "imrt"}], disputes=[{"fact": "technique", **SIGNED}])
        assert "technique" not in found.facts
        assert found.disputes == (Dispute("technique", "M. Reyes RN", ON, "the consult note documents it"),)
        assert found.problems == ()

    def test_so_is_what_is_derived_from_it(self) -> None:
        found = case(disputes=[{"fact": "member_birth_date", **SIGNED}])
        assert "age" not in found.facts
        assert "member_birth_date" not in found.facts
        found = case(disputes=[{"fact": "age", **SIGNED}])
        assert "age" not in found.facts
        assert "member_birth_date" in found.facts

    def test_one_may_be_about_one_line(self) -> None:
        lines = [LINE | {"technique": "imrt"}, LINE | {"technique": "imrt", "line": 2}]
        first, second = cases(lines=lines, disputes=[{"fact": "technique", "line": 1, **SIGNED}])
        assert ("technique" in first.facts, "technique" in second.facts) == (False, True)

    @pytest.mark.parametrize(
        ("item", "told"),
        [
            (SIGNED, "`disputes[0]` lacks `fact`: the name of the fact that is disputed"),
            ({"fact": 7, **SIGNED}, "`disputes[0]` lacks `fact`: the name of the fact that is disputed"),
            (
                {"fact": "techniqe", **SIGNED},
                "`disputes[0]`: no fact `techniqe` is in the guideline; did you mean `technique`?",
            ),
            (
                {"fact": "procedure_code", **SIGNED},
                "`disputes[0]`: `procedure_code` is what was asked for; return the request for correction instead",
            ),
            (
                {"fact": "date_of_service", **SIGNED},
                "`disputes[0]`: `date_of_service` is what was asked for; return the request for correction instead",
            ),
            ({"fact": "technique", "truth": "met", **SIGNED}, "`disputes[0]` has no part `truth`"),
        ],
    )
    def test_what_is_wrong_with_one_is_told(self, item: dict[str, Any], told: str) -> None:
        assert problems(disputes=[item]) == [("disputes[0]", told)]

    def test_without_who_when_and_why_it_is_none(self) -> None:
        for name in SIGNED:
            item = {"fact": "product"} | {key: part for key, part in SIGNED.items() if key != name}
            found = case(disputes=[item])
            assert found.disputes == ()
            assert "product" in found.facts
            assert len(found.problems) == 1

    def test_without_disputes_a_case_stays_what_it_is(self) -> None:
        found = case()
        assert disputed(found, GUIDELINE.facts) is found


def test_findings_come_on_top_of_what_could_not_be_read() -> None:
    read = case_from({"line": 1, "technique": 7}, GUIDELINE, JSON_CELLS)
    found = with_findings(read, {"judgements": [{"clause": "1", "truth": "met"}]}, GUIDELINE)
    assert [wrong.fact for wrong in found.problems] == ["technique", *["judgements[0]"] * 3]


def test_judgements_and_disputes_count_in_the_answer() -> None:
    line = LINE | {
        "technique": "vmat", "treatment_intent": "curative", "concurrent_proton_therapy": False,
        "previously_irradiated": False, "radiation_required": True,
    }  # fmt: skip
    judgement = {"clause": "1", "truth": "met", **SIGNED}
    assert imrt().determine_case(case(lines=[line])).outcome == "information-needed"
    assert imrt().determine_case(case(lines=[line], judgements=[judgement])).outcome == "approved"
    dispute = {"fact": "concurrent_proton_therapy", **SIGNED}
    answer = imrt().determine_case(case(lines=[line], judgements=[judgement], disputes=[dispute]))
    assert answer.missing == ("concurrent_proton_therapy",)


def test_a_disputed_fact_is_noted_as_unknown_if_it_was_stated() -> None:
    dispute = {"fact": "technique", **SIGNED, "why": "The plan says otherwise."}
    found = case(lines=[LINE | {"technique": "imrt"}], disputes=[dispute])
    note = "`technique` counts as unknown: M. Reyes RN disputes it on 2025-10-20: The plan says otherwise"
    assert found.notes == (note,)
    assert case(disputes=[dispute]).notes == ("the dispute of `technique` has no effect: nothing was stated",)


def test_a_judgement_on_a_line_that_is_not_there_is_told_and_not_used() -> None:
    for line in (3, "1", True):
        found = case(judgements=[{"clause": "1", "truth": "met", "line": line, **SIGNED}])
        assert found.judgements == {}
        assert len(found.problems) == 1


def test_a_birth_date_said_differently_is_wrong_too() -> None:
    told = [("member_birth_date", "`member_birth_date` is said by the line and differently by `member`")]
    assert problems(lines=[LINE | {"member_birth_date": "1960-01-01"}]) == told
