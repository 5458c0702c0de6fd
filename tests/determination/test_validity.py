"""What cannot be right, each with what would be right, and all of it at once."""

from pathlib import Path

import pytest
from tests.determination.imrt_cases import imrt
from tests.guideline.samples import write

from isodose.determination.case import case_from
from isodose.determination.cells import JSON_CELLS
from isodose.determination.program import Program
from isodose.determination.validity import problems_of
from isodose.determination.values import Coding
from isodose.guideline.load import load_or_raise

RIGHT: dict[str, object] = {
    "date_of_service": "2025-11-03",
    "member_birth_date": "1955-03-14",
    "procedure_code": "77386",
    "diagnosis_codes": ["C61"],
    "technique": "vmat",
}


def problems(program: Program | None = None, /, **changes: object) -> list[tuple[str, str]]:
    guideline = (program or imrt()).guideline
    row = {name: value for name, value in (RIGHT | changes).items() if value is not None}
    case = case_from(row, guideline, JSON_CELLS)
    return [(wrong.fact, wrong.message) for wrong in problems_of(case, guideline)]


def messages(**changes: object) -> list[str]:
    return [message for _, message in problems(**changes)]


def test_a_right_case_has_no_problems() -> None:
    assert problems() == []
    assert problems(member_birth_date=None, diagnosis_codes=None, technique=None) == []


def test_without_a_date_of_service_or_a_code_nothing_can_be_said() -> None:
    service = ("date_of_service", "`date_of_service` is missing: On what date is the first treatment planned?")
    code = (
        "procedure_code",
        "`procedure_code` is missing: Which CPT or HCPCS code will be billed for treatment delivery?",
    )
    assert problems(date_of_service=None) == [service]
    assert problems(procedure_code=None) == [code]
    assert problems(date_of_service=None, procedure_code=" ") == [service, code]


def test_what_cannot_be_read_is_not_called_missing_as_well() -> None:
    assert messages(date_of_service="tomorrow", procedure_code="IMRT") == [
        "`date_of_service`: `tomorrow` is not a date: write it as YYYY-MM-DD",
        (
            "`procedure_code`: `IMRT` is not a CPT or HCPCS code: five digits, a letter and four digits, or four digits and "
            "a letter"
        ),
    ]


@pytest.mark.parametrize(
    ("born", "service", "message"),
    [
        ("2025-11-03", "2025-11-03", None),
        (
            "2025-11-04",
            "2025-11-03",
            "`member_birth_date` 2025-11-04 lies after the date of service 2025-11-03",
        ),
        ("1905-11-03", "2025-11-03", None),
        ("1904-11-04", "2025-11-03", None),
        (
            "1904-11-03",
            "2025-11-03",
            "`member_birth_date` 1904-11-03 gives an age of 121 on 2025-11-03; check the year",
        ),
        (
            "1825-03-14",
            "2025-11-03",
            "`member_birth_date` 1825-03-14 gives an age of 200 on 2025-11-03; check the year",
        ),
    ],
)
def test_a_birth_date_gives_an_age_of_0_to_120(born: str, service: str, message: str | None) -> None:
    expected = [("member_birth_date", message)] if message else []
    assert problems(member_birth_date=born, date_of_service=service) == expected


class TestHeadings:
    """A diagnosis that the ICD-10-CM release holds as a heading, from the day when it came into force."""

    def test_the_billable_codes_below_it_are_named(self) -> None:
        assert problems(diagnosis_codes=["C34.0"]) == [
            (
                "diagnosis",
                "`C34.0` is a heading of ICD-10-CM and not billable: use `C34.00`, `C34.01` or `C34.02`",
            )
        ]

    def test_all_of_ten_and_ten_of_more(self) -> None:
        assert messages(diagnosis_codes=["C18"]) == [
            (
                "`C18` is a heading of ICD-10-CM and not billable: use `C18.0`, `C18.1`, `C18.2`, `C18.3`, `C18.4`, "
                "`C18.5`, `C18.6`, `C18.7`, `C18.8` or `C18.9`"
            )
        ]
        [message] = messages(diagnosis_codes=["C34"])
        assert message == (
            "`C34` is a heading of ICD-10-CM and not billable: use `C34.00`, `C34.01`, `C34.02`, `C34.10`, `C34.11`, "
            "`C34.12`, `C34.2`, `C34.30`, `C34.31` or `C34.32` or another of 16"
        )

    def test_headings_below_a_heading_are_not_named(self) -> None:
        [message] = messages(diagnosis_codes=["C50"])
        assert "`C50.0`" not in message
        assert "`C50.011`" in message

    def test_each_heading_is_told_and_no_other_code(self) -> None:
        found = messages(diagnosis_codes=["C61", "C34.0", "C99.99", "C34.3"])
        assert [message.split(" ")[0] for message in found] == ["`C34.0`", "`C34.3`"]

    @pytest.mark.parametrize(("service", "count"), [("2025-09-30", 0), ("2025-10-01", 1)])
    def test_from_the_day_on_which_the_release_came_into_force(self, service: str, count: int) -> None:
        assert len(problems(diagnosis_codes=["C18"], date_of_service=service)) == count

    def test_they_are_told_beside_codes_that_cannot_be_read(self) -> None:
        first, second = messages(diagnosis_codes=["C34.0", "lung"])
        assert first == "`diagnosis_codes`: `lung` is not an ICD-10-CM code: write it like C61 or C50.911"
        assert second.startswith("`C34.0` is a heading")


class TestProcedureCodes:
    @pytest.mark.parametrize(
        ("code", "service", "message"),
        [
            ("77386", "2025-12-31", None),
            (
                "77386",
                "2026-01-01",
                "`77386` ended on 2025-12-31 and is not valid on 2026-01-01; use `77407` or `77412`",
            ),
            ("77386", "2015-01-01", None),
            ("77386", "2014-12-31", "`77386` is valid from 2015-01-01, not on 2014-12-31"),
            ("G6001", "2026-03-01", "`G6001` ended on 2025-12-31 and is not valid on 2026-03-01"),
            ("77301", "2030-01-01", None),
            ("77407", "1990-01-01", None),
            ("99213", "2030-01-01", None),
        ],
    )
    def test_a_listed_code_is_valid_between_its_dates(self, code: str, service: str, message: str | None) -> None:
        expected = [("procedure_code", message)] if message else []
        assert problems(procedure_code=code, date_of_service=service, member_birth_date=None) == expected

    @pytest.mark.parametrize("technique", ["imrt", "vmat", "VMAT"])
    def test_a_code_goes_with_what_it_means(self, technique: str) -> None:
        assert problems(technique=technique) == []

    def test_and_with_nothing_else(self) -> None:
        assert problems(technique="3d-conformal") == [
            ("technique", "`77386` cannot go with `3d-conformal` as `technique`: it means `imrt` or `vmat`")
        ]

    def test_a_code_that_says_nothing_of_the_technique_goes_with_any(self) -> None:
        assert problems(technique="proton", procedure_code="77407", date_of_service="2026-03-01") == []

    def test_a_code_of_another_system_is_in_no_list(self) -> None:
        assert problems(procedure_code=Coding("x", "77386"), date_of_service="2026-03-01", technique="proton") == []

    HEADER = "code,valid_from,valid_to,severity,successors\n"

    def program(self, folder: Path, codes: str) -> Program:
        return Program(load_or_raise(write(folder, codes=self.HEADER + codes)))

    @pytest.mark.parametrize(
        ("codes", "instead"),
        [
            ("95810,,2025-01-01,,95811;95800;G0399\n95811,2026-01-01,,,\n95800,,,,\n", "; use `95800` or `G0399`"),
            ("95810,,2025-01-01,,95811\n95811,,2025-01-01,,\n", ""),
        ],
    )
    def test_successors_are_named_if_they_are_valid_then_as_unlisted_ones_are(
        self, tmp_path: Path, codes: str, instead: str
    ) -> None:
        given = {"procedure_code": "95810", "technique": None, "member_birth_date": None}
        assert problems(self.program(tmp_path, codes), **given) == [
            ("procedure_code", f"`95810` ended on 2025-01-01 and is not valid on 2025-11-03{instead}")
        ]

    def test_values_that_codes_csv_writes_in_capitals_are_the_same_values(self, tmp_path: Path) -> None:
        program = self.program(tmp_path, "95810,,,MILD;Severe,\n")
        given = {"procedure_code": "95810", "technique": None}
        assert problems(program, **given, severity="mild") == []
        assert problems(program, **given, severity="moderate") == [
            ("severity", "`95810` cannot go with `moderate` as `severity`: it means `mild` or `severe`")
        ]


def test_all_that_is_wrong_is_told_in_the_order_in_which_one_would_correct_it() -> None:
    found = problems(
        date_of_service="2026-03-01",
        member_birth_date="2027-01-01",
        procedure_code="77386",
        diagnosis_codes=["C18", "x"],
        technique="proton",
        dose_escalation_concern="yes",
        request_id=7,
    )
    assert [fact for fact, _ in found] == [
        "diagnosis",
        "dose_escalation_concern",
        "request_id",
        "member_birth_date",
        "diagnosis",
        "procedure_code",
        "technique",
    ]


def test_a_code_that_has_ended_before_it_began_to_be_asked_says_its_end(tmp_path: Path) -> None:
    program = Program(load_or_raise(write(tmp_path, codes="code,valid_from,valid_to\n95810,2025-11-03,2025-11-03\n")))
    given = {"procedure_code": "95810", "technique": None}
    assert problems(program, **given) == []
    assert problems(program, **given, date_of_service="2025-11-02") == [
        ("procedure_code", "`95810` is valid from 2025-11-03, not on 2025-11-02")
    ]
    assert problems(program, **given, date_of_service="2025-11-04") == [
        ("procedure_code", "`95810` ended on 2025-11-03 and is not valid on 2025-11-04")
    ]
