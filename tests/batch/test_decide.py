"""isodose decide: a page or JSON lines for each service line, from files of every form; what cannot be read is named."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.command_line import Result, Run

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SECOND = ROOT / "tests" / "second_guideline" / "diabetes-screening"

FLAT = {
    "request_id": "R-1",
    "date_of_service": "2025-11-03",
    "member_birth_date": "1955-03-14",
    "product": "ma-hmo",
    "procedure_code": "77386",
    "diagnosis_codes": ["C61"],
    "technique": "vmat",
    "treatment_intent": "curative",
    "dose_escalation_concern": True,
    "previously_irradiated": False,
    "radiation_required": True,
    "concurrent_proton_therapy": False,
}
CSV = "request_id,date_of_service,procedure_code\na,2025-11-03,77386\nb,2025-11-03,77301\n"


def decide(run: Run, value: object, *arguments: str) -> Result:
    """The answers to a value sent as JSON on standard input."""
    return run("decide", "--json", *arguments, "-", stdin=json.dumps(value))


# Words


def test_decide_prints_a_page(run: Run) -> None:
    page = run("decide", EXAMPLES / "request.json")
    assert (page.status, page.err) == (0, "")
    assert "● APPROVED  under 1, 1.h\n" in page.out
    assert "\x1b" not in page.out


def test_several_cases_are_several_pages(run: Run) -> None:
    pages = run("decide", "-", stdin=CSV).out.split("\n\n\n")
    assert [page.split("\n")[0].split()[-1] for page in pages] == ["a", "b"]


def test_colour_can_be_forced_and_forbidden(run: Run) -> None:
    assert "\x1b[32m" in run("decide", "--color", "always", EXAMPLES / "request.json").out
    assert "\x1b" not in run("decide", "--color", "never", EXAMPLES / "request.json").out


def test_all_clauses_are_shown_on_demand(run: Run) -> None:
    assert "1.a.viii" in run("decide", "--all", EXAMPLES / "request.json").out
    assert "1.a.viii" not in run("decide", EXAMPLES / "request.json").out


# As data


def test_an_answer_has_all_its_parts(run: Run) -> None:
    [answer] = decide(run, FLAT).answers
    assert list(answer) == [
        "request_id", "line", "guideline", "outcome", "review_reason", "basis", "missing", "edition", "problem",
        "findings", "questions", "review", "grants", "explanation", "notes", "content_hash",
    ]  # fmt: skip
    assert {name: answer[name] for name in list(answer)[:9]} == {
        "request_id": "R-1",
        "line": None,
        "guideline": "imrt",
        "outcome": "approved",
        "review_reason": None,
        "basis": ["1", "1.h"],
        "missing": [],
        "edition": "2025-10-01",
        "problem": None,
    }


def test_findings_are_of_every_clause_with_facts_and_words(run: Run) -> None:
    [answer] = decide(run, FLAT).answers
    findings = {finding["clause"]: finding for finding in answer["findings"]}
    assert len(findings) == len(answer["findings"]) == 36
    assert {finding["truth"] for finding in findings.values()} <= {"met", "not-met", "unknown"}
    assert {finding["kind"] for finding in findings.values()} == {"criterion", "limitation", "scope"}
    assert all(finding["quote"] and finding["because"] for finding in findings.values())
    assert findings["limitations"]["truth"] == "not-met"
    assert findings["limitations"]["because"] == [{"fact": "concurrent_proton_therapy", "value": False}]
    assert findings["3"]["because"] == [{"fact": "age", "value": 70}]
    assert {"fact": "diagnosis", "value": ["C61"]} in findings["1"]["because"]


def test_questions_come_in_the_order_of_the_ladder(run: Run) -> None:
    unknown = {name: FLAT[name] for name in ("date_of_service", "procedure_code")}
    [answer] = decide(run, unknown).answers
    assert answer["outcome"] == "information-needed"
    asked = [question["fact"] for question in answer["questions"]]
    assert asked[:3] == ["product", "age", "concurrent_proton_therapy"]
    assert sorted(asked) == answer["missing"] == sorted(answer["missing"])
    assert set(answer["questions"][0]) == {"fact", "question", "clause"}


def test_an_explanation_ends_with_edition_and_content(run: Run) -> None:
    [answer] = decide(run, FLAT).answers
    assert all(set(sentence) == {"text", "clause", "quote"} for sentence in answer["explanation"])
    last = answer["explanation"][-1]["text"]
    assert "edition 2025-10-01" in last
    assert answer["content_hash"] in last
    clauses = [sentence["clause"] for sentence in answer["explanation"] if sentence["quote"]]
    assert clauses == ["1", "limitations"]


def test_what_is_invalid_has_no_findings_and_no_edition(run: Run) -> None:
    answered = decide(run, FLAT | {"procedure_code": "IMRT"})
    [answer] = answered.answers
    assert answered.status == 0
    assert answer["outcome"] == "invalid"
    assert (answer["findings"], answer["edition"], answer["basis"], answer["missing"]) == ([], None, [], [])
    assert "`procedure_code`: `IMRT` is not a CPT or HCPCS code" in answer["problem"]


def test_all_problems_of_a_row_are_named(run: Run) -> None:
    wrong = {
        "date_of_service": "2025-02-30",
        "diagnosis_codes": ["C61.", 7],
        "radiation_required": "true",
        "technique": [],
    }
    [answer] = decide(run, FLAT | wrong).answers
    for column in wrong:
        assert f"`{column}`: " in answer["problem"]


def test_a_column_nobody_knows_is_a_note_and_a_misspelt_one_says_so(run: Run) -> None:
    [answer] = decide(run, FLAT | {"practice": "Elm Street", "tecnique": "imrt"}).answers
    assert answer["outcome"] == "approved"
    assert answer["notes"] == [
        "the column `practice` is no fact of this guideline and was not used",
        "the column `tecnique` is no fact of this guideline and was not used; did you mean `technique`?",
    ]


@pytest.mark.parametrize(("day", "outcome"), [("2025-01-20", "clinical-review"), ("2025-02-05", "not-required")])
def test_an_answer_can_be_asked_for_as_it_was_known_on_a_day(run: Run, day: str, outcome: str) -> None:
    row = {"date_of_service": "2025-01-10", "procedure_code": "77301", "product": "ma-hmo"}
    [answer] = decide(run, row, "--as-known-on", day).answers
    assert answer["outcome"] == outcome


def test_before_the_first_decision_no_edition_ruled(run: Run) -> None:
    [answer] = decide(run, FLAT, "--as-known-on", "2024-01-01").answers
    assert (answer["outcome"], answer["edition"]) == ("not-applicable", None)


@pytest.mark.parametrize("day", ["2025-13-01", "20250120", "yesterday"])
def test_a_day_that_is_none_is_refused(run: Run, day: str) -> None:
    refused = run("decide", "--as-known-on", day, "-")
    assert refused.status == 2
    assert f"'{day}' is not a date: write it as YYYY-MM-DD" in refused.err


def test_another_guideline_is_a_folder(run: Run, tmp_path: Path) -> None:
    asked = run("decide", "--json", "--content", SECOND, "-", stdin='{"date_of_service": "2024-03-01"}')
    assert asked.answers[0]["guideline"] == "diabetes-screening"
    (tmp_path / "isodose.toml").write_text(f"content = '{SECOND}'", "utf-8")
    assert run("decide", "--json", "-", stdin='{"date_of_service": "2024-03-01"}').out == asked.out
    assert run("decide", "--json", "--content", ROOT / "content" / "imrt", EXAMPLES / "request.json").answers[0]["guideline"] == "imrt"  # fmt: skip


# What reviewers found


SIGNED = {"by": "M. Reyes RN", "on": "2025-10-20", "why": "the consult note documents it"}


def reviewed(run: Run, **parts: object) -> dict[str, Any]:
    line = {"line": 1, **FLAT, "diagnosis_codes": ["C79.31"], "treatment_intent": "palliative"}
    [answer] = decide(run, {"lines": [line], **parts}).answers
    return answer


def test_a_judgement_settles_what_the_facts_leave_open(run: Run) -> None:
    assert reviewed(run)["review_reason"] == "judgement"
    judged = reviewed(run, judgements=[{"clause": "1", "truth": "met", **SIGNED}])
    assert (judged["outcome"], judged["basis"]) == ("approved", ["1"])
    [finding] = [finding for finding in judged["findings"] if finding["clause"] == "1"]
    assert finding["judged"] == [{"target": "1", **SIGNED}]


def test_a_judgement_never_overrides_a_fact(run: Run) -> None:
    judged = reviewed(run, judgements=[{"clause": "3", "truth": "met", **SIGNED}])
    assert judged["outcome"] == "clinical-review"
    assert judged["notes"] == ["the judgement on `3` has no effect: the facts settle it already, or nothing asks it"]


def test_a_dispute_makes_a_fact_unknown(run: Run) -> None:
    [answer] = decide(run, {"lines": [FLAT], "disputes": [{"fact": "dose_escalation_concern", **SIGNED}]}).answers
    assert (answer["outcome"], answer["missing"]) == ("information-needed", ["dose_escalation_concern"])


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"judgements": "met"}, "`judgements` must be a list of objects, not a text"),
        ({"judgements": [None]}, "`judgements[0]` must be an object, not null"),
        ({"judgements": [{"truth": "met", **SIGNED}]}, "`judgements[0]` needs a `clause` or a `leaf`, as text, and not both"),
        ({"judgements": [{"clause": "1.bb", "truth": "met", **SIGNED}]}, "`judgements[0]`: no clause `1.bb` is in the guideline; did you mean `1.b`?"),
        ({"judgements": [{"clause": "1", "truth": "yes", **SIGNED}]}, "`judgements[0]`: `truth` is `met` or `not-met`, not `yes`"),
        ({"judgements": [{"clause": "1", **SIGNED}]}, "`judgements[0]` lacks `truth`: `met` or `not-met`"),
        ({"judgements": [{"clause": "1", "truth": "met", **SIGNED, "by": " "}]}, "`judgements[0]` lacks `by`: who found it"),
        ({"judgements": [{"clause": "1", "truth": "met", **SIGNED, "on": "2025-02-30"}]}, "`judgements[0]`: `on` must be a date like 2025-11-03"),
        ({"judgements": [{"clause": "1", "truth": "met", **SIGNED, "line": 2}]}, "`judgements[0]`: the request has no line `2`"),
        ({"judgements": [{"clause": "1", "truth": "met", **SIGNED, "line": True}]}, "`judgements[0]`: `line` must be a whole number, not `true`"),
        ({"judgements": [{"clause": "1", "truth": "met", **SIGNED, "reason": ""}]}, "`judgements[0]` has no part `reason`"),
        (
            {"judgements": [{"clause": "1", "truth": truth, **SIGNED} for truth in ("met", "not-met")]},
            "`judgements[1]` contradicts an earlier judgement on `1`; keep one",
        ),
        ({"disputes": [{"fact": "procedure_code", **SIGNED}]}, "`disputes[0]`: `procedure_code` is what was asked for; return the request for correction instead"),
        ({"disputes": [{"fact": "treatment_intend", **SIGNED}]}, "`disputes[0]`: no fact `treatment_intend` is in the guideline; did you mean `treatment_intent`?"),
        ({"disputes": [SIGNED]}, "`disputes[0]` lacks `fact`: the name of the fact that is disputed"),
    ],
)  # fmt: skip
def test_a_finding_that_cannot_be_used_makes_the_line_invalid(run: Run, parts: dict[str, object], problem: str) -> None:
    answer = reviewed(run, **parts)
    assert (answer["outcome"], answer["problem"]) == ("invalid", problem)


# Files and standard input


@pytest.mark.parametrize(
    ("stdin", "ids"),
    [
        ((EXAMPLES / "request.json").read_bytes(), ["EX-1001"]),
        ((EXAMPLES / "cases.jsonl").read_bytes(), ["EX-3001", "EX-3002", "EX-3003"]),
        ((EXAMPLES / "pas-bundle.json").read_bytes(), ["IMRT-2025-0001"]),
        (CSV, ["a", "b"]),
        (json.dumps([FLAT, {"request_id": "R-2"}], indent=2), ["R-1", "R-2"]),
    ],
)
def test_standard_input_takes_every_form(run: Run, stdin: str | bytes, ids: list[str]) -> None:
    answered = run("decide", "--json", "-", stdin=stdin)
    assert (answered.status, answered.err) == (0, "")
    assert [answer["request_id"] for answer in answered.answers] == ids


def test_files_are_answered_in_their_order(run: Run) -> None:
    answered = run("decide", "--json", EXAMPLES / "cases.jsonl", "-", EXAMPLES / "request.json", stdin=CSV)
    ids = [answer["request_id"] for answer in answered.answers]
    assert ids == ["EX-3001", "EX-3002", "EX-3003", "a", "b", "EX-1001"]


def test_a_file_that_cannot_be_read_does_not_cost_the_others(run: Run, tmp_path: Path) -> None:
    answered = run("decide", "--json", "none.json", tmp_path, EXAMPLES / "request.json")
    assert answered.status == 2
    assert answered.faults == [
        "none.json: cannot be read: no such file or directory",
        f"{tmp_path}: cannot be read: is a directory",
    ]
    assert len(answered.answers) == 1


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_answered(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps(FLAT), "{bad}", "[1]", json.dumps(FLAT | {"outcome": "approved"}), json.dumps(FLAT)]
    (tmp_path / "mixed.jsonl").write_text("\n".join(lines), "utf-8")
    answered = run("decide", "--json", "mixed.jsonl")
    assert answered.status == 2
    assert len(answered.answers) == 2
    assert answered.faults == [
        "mixed.jsonl: line 2, column 2: this is not JSON: expecting property name enclosed in double quotes",
        "mixed.jsonl: line 3: a request, a flat case or a FHIR Bundle is an object, not a list",
        "mixed.jsonl: line 4: the answer adds `outcome` itself; rename what was sent under that name",
    ]


def test_a_line_of_a_request_that_cannot_be_read_is_named_and_the_others_are_answered(run: Run) -> None:
    answered = decide(run, {"lines": [7, FLAT, FLAT | {"basis": []}, None]})
    assert answered.status == 2
    assert len(answered.answers) == 1
    assert answered.faults == [
        "standard input: lines[0]: a line must be an object, not a number",
        "standard input: lines[2]: the answer adds `basis` itself; rename what was sent under that name",
        "standard input: lines[3]: a line must be an object, not null",
    ]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"lines": {}}, "lines: a request needs `lines`: a list of service lines, each an object"),
        ({"lines": []}, "lines: a request needs `lines`: a list of service lines, each an object"),
        ({"member": {}}, "lines: a request needs `lines`: a list of service lines, each an object"),
        ({"member": [], "lines": [FLAT]}, "member: the member must be an object, not a list"),
        ({"resourceType": "Bundle", "entry": []}, "this Bundle is a collection of 0 resources without a Claim"),
        ([[]], "[0]: a request, a flat case or a FHIR Bundle is an object, not a list"),
        ([{"lines": 1}], "[0].lines: a request needs `lines`: a list of service lines, each an object"),
    ],
)
def test_a_wrong_shape_is_named_with_its_path(run: Run, value: object, fault: str) -> None:
    answered = decide(run, value)
    assert (answered.status, answered.out) == (2, "")
    assert answered.faults == [f"standard input: {fault}"]


def test_a_bundle_that_refers_to_what_it_does_not_hold_is_answered_with_notes(run: Run) -> None:
    bundle = json.loads((EXAMPLES / "pas-bundle.json").read_text("utf-8"))
    bundle["entry"] = [entry for entry in bundle["entry"] if entry["resource"]["resourceType"] == "Claim"]
    answered = decide(run, bundle)
    assert answered.status == 0
    assert any("which the Bundle does not hold" in note for note in answered.answers[0]["notes"])


@pytest.mark.parametrize(
    "content", ["[]", "request_id,procedure_code\n", (EXAMPLES / "cases-template.csv").read_text("utf-8")]
)
def test_a_file_without_a_case_says_so(run: Run, content: str) -> None:
    assert run("decide", "--json", "-", stdin=content) == Result(2, "", "isodose: standard input: no cases are in it\n")


def test_a_file_over_the_limit_names_the_setting(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "long.csv").write_text(CSV + "x" * (1 << 20), "utf-8")
    monkeypatch.setenv("ISODOSE_MAX_INPUT_MIB", "1")
    refused = run("decide", "long.csv")
    assert refused == Result(2, "", "isodose: long.csv: is larger than 1 MiB; raise the setting `max_input_mib`\n")
    monkeypatch.setenv("ISODOSE_MAX_INPUT_MIB", "2")
    assert len(run("decide", "--json", "long.csv").answers) == 2


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    """Root may read every file, so it runs the command without that right (util-linux, on every Debian)."""
    (tmp_path / "secret.json").write_text("{}", "utf-8")
    (tmp_path / "secret.json").chmod(0)
    bounded = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    command = [*bounded, sys.executable, "-m", "isodose", "decide", "secret.json"]
    refused = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert refused.stderr == "isodose: secret.json: cannot be read: permission denied\n"
    assert (refused.returncode, refused.stdout) == (2, "")


def test_settings_that_cannot_be_used_stop_a_command_with_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "isodose.toml").write_text("max_input_mb = 8", "utf-8")
    for command in (["decide", "-"], ["check"], ["show"], ["export", "schema"]):
        refused = run(*command)
        assert (refused.status, refused.out) == (2, "")
        assert refused.faults == [
            f"{tmp_path / 'isodose.toml'}: no setting `max_input_mb`; did you mean `max_input_mib`?"
        ]


@pytest.mark.parametrize("command", [["decide", "-"], ["check"], ["show"], ["export", "schema"]])
def test_a_guideline_that_is_not_there_is_named(run: Run, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(*command, "--content", "nowhere") == Result(2, "", "isodose: no folder nowhere\n")
    monkeypatch.setenv("ISODOSE_GUIDELINE", "knee-mri")
    message = "isodose: no guideline `knee-mri` is shipped; correct the setting `guideline`\n"
    assert run(*command) == Result(2, "", message)


def test_a_guideline_with_errors_decides_nothing(run: Run, tmp_path: Path) -> None:
    run("new", "knee-mri")
    facts = tmp_path / "knee-mri" / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("type: yes/no", "type: maybe", 1), "utf-8")
    refused = run("decide", "--content", "knee-mri", EXAMPLES / "request.json")
    assert (refused.status, refused.out) == (2, "")
    [fault] = refused.faults
    assert fault.startswith("knee-mri/facts.yaml:")
    assert fault.endswith("`isodose check knee-mri` lists all problems")
