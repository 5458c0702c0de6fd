"""The Questionnaire of an edition: valid by the definitions of FHIR, in the guideline's words and order."""

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from tests.command_line import Run
from tests.compile.test_asked import IMRT, other
from tests.fhir.profiles import DTR, SDC, known_extensions, problems, profile, schema_problems

from isodose.compile.questionnaire.form import questionnaire
from isodose.compile.questionnaire.ucum import UCUM
from isodose.determination.program import Program
from isodose.guideline.units import SIZES

Json = dict[str, Any]

BASE = "https://plan.example/fhir"
PROFILES = [(SDC, "sdc-questionnaire-behave"), (DTR, "dtr-std-questionnaire")]
NAMES = ["imrt", "template", "diabetes-screening"]


def program_of(name: str) -> Program:
    return IMRT if name == "imrt" else other(name)


@cache
def form_of(name: str, number: int = -1, base: str = BASE) -> Json:
    guideline = program_of(name).guideline
    return questionnaire(guideline, guideline.editions[number], base)


IMRT_FORM = form_of("imrt")
ITEMS = {item["linkId"]: item for item in IMRT_FORM["item"]}


def condition(item: Json) -> str:
    [found] = [
        one["valueExpression"]["expression"] for one in item["extension"] if one["url"].endswith("enableWhenExpression")
    ]
    return str(found)


# what FHIR says of it


@pytest.mark.parametrize("name", NAMES)
def test_it_is_valid(name: str) -> None:
    form = form_of(name)
    assert schema_problems(form) == []
    assert [problems(form, profile(*one)) for one in PROFILES] == [[], []]


@pytest.mark.parametrize("number", range(4))
def test_that_of_each_edition_is_valid(number: int) -> None:
    form = form_of("imrt", number, base="")
    assert schema_problems(form) == []
    assert problems(form, profile(*PROFILES[0])) == []


def test_each_extension_is_defined() -> None:
    forms = [form_of(name) for name in NAMES]
    used = {extension["url"] for form in forms for holder in below(form) for extension in holder.get("extension", [])}
    # R5's, which SDC asks for where there is a version; R4's definitions do not hold it.
    assert used - known_extensions() == {"http://hl7.org/fhir/StructureDefinition/artifact-versionAlgorithm"}


def below(holder: Json) -> Iterator[Json]:
    """A form or an item with all the items below it."""
    yield holder
    for item in holder.get("item", []):
        yield from below(item)


def without(*path: str | int) -> Callable[[Json], None]:
    def change(form: Json) -> None:
        *above, last = path
        holder: Any = form
        for step in above:
            holder = holder[step]
        del holder[last]

    return change


def with_(value: object, *path: str | int) -> Callable[[Json], None]:
    def change(form: Json) -> None:
        *above, last = path
        holder: Any = form
        for step in above:
            holder = holder[step]
        holder[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (without("url"), "Questionnaire.url: 0 of 1..1"),
        (without("subjectType"), "Questionnaire.subjectType: 0 of 1..1"),
        (with_("current", "status"), "Questionnaire.status: current is none of its codes"),
        (with_("choise", "item", 2, "type"), "Questionnaire.item.type: choise is none of its codes"),
        (without("item", 2, "text"), "Questionnaire.item.text: 0 of 1..1"),
        (with_("product", "item", 1, "linkId"), "que-2"),
        (without("item", 2, "answerOption", 0, "valueCoding", "system"), "If code exists, system must exist"),
        (
            with_([{"question": "product", "operator": "exists", "answerBoolean": True}], "item", 3, "enableWhen"),
            "sdc-behave-2",
        ),
        (with_("true", "item", 0, "item", 0, "required"), "que-6"),
        (with_("new", "item", 0, "hint"), "Questionnaire.item: hint is no element of it"),
    ],
)
def test_what_is_not_valid_is_found(change: Callable[[Json], None], found: str) -> None:
    """The check of the definitions, which the tests above rest on, sees a fault."""
    form = deepcopy(IMRT_FORM)
    change(form)
    told = [problem for one in PROFILES for problem in problems(form, profile(*one))]
    assert [one for one in told if found in one] != []


# what it says of itself


def test_it_tells_its_edition() -> None:
    told = {
        name: IMRT_FORM[name] for name in ("url", "version", "name", "status", "date", "publisher", "effectivePeriod")
    }
    assert told == {
        "url": "https://plan.example/fhir/Questionnaire/imrt",
        "version": "2025-10-01",
        "name": "Imrt",
        "status": "active",
        "date": "2025-08-20",
        "publisher": "CarePartners of Connecticut",
        "effectivePeriod": {"start": "2025-10-01"},
    }


def test_an_edition_that_another_took_the_place_of_is_retired() -> None:
    forms = [form_of("imrt", number) for number in range(4)]
    assert [form["status"] for form in forms] == ["retired", "retired", "active", "active"]
    assert [form["effectivePeriod"].get("end") for form in forms] == ["2025-09-30"] * 3 + [None]
    assert len({form["id"] for form in forms}) == 4
    assert len({form["url"] for form in forms}) == 1


def test_without_an_address_the_name_is_the_same_each_time() -> None:
    assert form_of("imrt", base="")["url"] == form_of("imrt", 0, base="")["url"]
    assert form_of("imrt", base="")["url"] == "urn:uuid:a81d89fe-28ae-5525-9000-29a2c7fed4b7"


# its questions


def test_questions_stand_in_the_order_of_the_ladder() -> None:
    assert list(ITEMS) == [
        "date_of_service",
        "procedure_code",
        "product",
        "technique",
        "member_birth_date",
        "concurrent_proton_therapy",
        "treatment_intent",
        "diagnosis_codes",
        "dose_escalation_concern",
        "previously_irradiated",
        "radiation_required",
    ]


def test_a_derived_fact_is_not_asked() -> None:
    assert "age" not in ITEMS


def test_an_edition_that_rules_by_its_codes_alone_asks_no_more() -> None:
    asked = [item["linkId"] for item in form_of("imrt", 0)["item"]]
    assert asked == ["date_of_service", "procedure_code", "product", "technique"]


def test_words_come_from_the_facts() -> None:
    item, fact = ITEMS["treatment_intent"], IMRT.guideline.facts["treatment_intent"]
    assert item["text"] == fact.question
    assert [text["text"] for text in item["item"]] == [fact.help, "Supported by: radiation oncology consultation note"]
    assert [option["valueCoding"]["code"] for option in item["answerOption"]] == list(fact.values)
    assert item["answerOption"][0]["valueCoding"]["display"] == "Treatment is with curative intent"


def test_each_type_of_fact_has_its_type_of_item() -> None:
    screening = {item["linkId"]: item for item in form_of("diabetes-screening")["item"]}
    assert {link: item["type"] for link, item in (ITEMS | screening).items()}.items() >= {
        "date_of_service": "date",
        "procedure_code": "string",
        "product": "open-choice",
        "treatment_intent": "choice",
        "diagnosis_codes": "string",
        "radiation_required": "boolean",
        "glucose_load": "decimal",
    }.items()
    assert ITEMS["diagnosis_codes"]["repeats"] is True
    [unit] = [one["valueCoding"]["code"] for one in screening["glucose_load"]["extension"] if "valueCoding" in one]
    assert unit == "g"


def test_what_may_be_absent_has_a_box_that_says_so() -> None:
    screening = {item["linkId"]: item for item in form_of("diabetes-screening")["item"]}
    box = screening["last_screening.absent"]
    assert (box["type"], box["text"]) == ("boolean", "The patient never had a diabetes screening test")
    assert "last_screening.absent" in condition(screening["last_screening"])
    assert "last_screening.absent" not in condition(box)


def test_what_a_yes_is_told_with_is_asked_below_it_while_the_answer_is_yes() -> None:
    *_, group = ITEMS["previously_irradiated"]["item"]
    assert (group["linkId"], group["type"], group["text"], group["repeats"]) == (
        "previously_irradiated.more",
        "group",
        "Earlier course",
        True,
    )
    assert group["enableWhen"] == [{"question": "previously_irradiated", "operator": "=", "answerBoolean": True}]
    ended, site, dose = group["item"]
    assert [(one["linkId"].rpartition(".")[2], one["type"], one["text"]) for one in group["item"]] == [
        ("ended", "date", "Ended"),
        ("site", "string", "Site"),
        ("dose", "decimal", "Dose"),
    ]
    assert ended["item"][0]["text"].endswith("2019-05")
    assert "item" not in site
    assert dose["extension"][0]["valueCoding"]["code"] == "Gy"
    assert [link for link, item in ITEMS.items() if any(one["type"] == "group" for one in item.get("item", []))] == [
        "concurrent_proton_therapy",
        "previously_irradiated",
    ]


def test_only_what_nothing_can_be_said_without_is_required() -> None:
    assert [link for link, item in ITEMS.items() if item.get("required")] == ["date_of_service", "procedure_code"]


def test_each_unit_is_one_of_ucum() -> None:
    assert [unit for unit in SIZES if unit and unit not in UCUM] == []


def test_the_days_that_an_edition_rules_are_said_where_the_date_is_asked() -> None:
    first, last = (form_of("imrt", number)["item"][0]["item"][0]["text"] for number in (0, -1))
    assert first.endswith("This form is for services from 2025-01-01 to 2025-09-30.")
    assert last.endswith("This form is for services from 2025-10-01 on.")


# its conditions


def test_a_condition_can_be_read() -> None:
    assert condition(ITEMS["technique"]) == (
        "(%dateOfService.where($this.toDate() >= @2026-01-01).exists() or %procedureCode.empty()) "
        "and %procedureCode.where(($this in ('77407' | '77412')).not()).empty() "
        "and %product.where(($this in ('ma-hmo' | 'ma-ppo')).not()).empty()"
    )
    assert condition(ITEMS["treatment_intent"]) == (
        "%asksConcurrentProtonTherapy and %concurrentProtonTherapy.where($this = true).empty()"
    )


def test_each_variable_is_defined_before_it_is_used() -> None:
    for name in NAMES:
        form = form_of(name)
        known: set[str] = {"resource"}
        for one in form["extension"][1:]:
            expression = one["valueExpression"]["expression"]
            assert set(_variables(expression)) <= known
            known.add(one["valueExpression"]["name"])
        used = {word for item in form["item"] if "enableWhen" in str(item) for word in _variables(condition(item))}
        assert used <= known


def _variables(expression: str) -> list[str]:
    return re.findall(r"%(\w+)", expression)


# the command


def test_the_command_prints_it(run: Run) -> None:
    printed = run("export", "questionnaire", "--base", BASE)
    assert (printed.status, json.loads(printed.out)) == (0, IMRT_FORM)


def test_the_command_prints_that_of_another_edition(run: Run) -> None:
    assert (
        json.loads(run("export", "questionnaire", "--edition", "2025-01-01@2025-02-05").out)["version"]
        == "2025-01-01@2025-02-05"
    )
