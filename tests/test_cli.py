"""The commands, run as a user runs them: what they print, where, and with which exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from isodose import __version__
from isodose.cli import COMMANDS, parser
from tests.command_line import Result, Run

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
SECOND = ROOT / "tests" / "second_guideline" / "diabetes-screening"

# The program itself


def test_it_says_its_version(run: Run) -> None:
    assert run("--version") == Result(0, f"isodose {__version__}\n", "")


def test_the_help_names_every_command(run: Run) -> None:
    helped = run("--help")
    assert helped.status == 0
    assert [name for name in COMMANDS if f"    {name}" not in helped.out] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_shows_examples_that_the_parser_takes(run: Run, name: str) -> None:
    helped = run(name, "--help")
    assert helped.status == 0
    assert "\nexamples:\n  isodose " in helped.out
    assert all(len(line) <= 80 for line in helped.out.splitlines())
    for example in COMMANDS[name][2]:
        arguments = example.partition(" > ")[0].split()
        assert arguments[0] == name
        assert parser().parse_args(arguments).run is COMMANDS[name][0]


@pytest.mark.parametrize(
    "arguments", [(), ("frobnicate",), ("decide",), ("decide", "--frobnicate", "x"), ("export", "x")]
)
def test_what_the_command_line_does_not_know_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    refused = run(*arguments)
    assert refused.status == 2
    assert refused.out == ""
    assert "usage: isodose" in refused.err


@pytest.mark.parametrize(("shell", "checker"), [("bash", "bash"), ("zsh", None), ("tcsh", None)])
def test_completion_prints_a_script_of_the_shell(run: Run, shell: str, checker: str | None) -> None:
    printed = run("completion", shell)
    assert (printed.status, printed.err) == (0, "")
    assert [name for name in COMMANDS if name not in printed.out] == []
    if checker:
        subprocess.run([checker, "-n"], input=printed.out, check=True, text=True)


# check


def test_check_passes_what_is_shipped(run: Run) -> None:
    checked = run("check")
    assert checked.status == 0
    assert checked.out.endswith("0 errors, 0 warnings, 7 settled\n")


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_check_proves_by_the_same_examples_whatever_the_order_of_sets(seed: str) -> None:
    arguments = ("check", "--examples", ROOT / "content" / "template")
    checked, other = (process(*arguments, env={"PYTHONHASHSEED": one}) for one in ("0", seed))
    assert checked.stdout == other.stdout
    assert checked.stdout.count(b"For example") > 2


def test_check_finds_all_errors_with_their_places(run: Run, tmp_path: Path) -> None:
    run("new", "knee-mri")
    [edition] = (tmp_path / "knee-mri").glob("*.md")
    edition.write_text(edition.read_text("utf-8").replace("clause limitations", "clause limitation"), "utf-8")
    checked = run("check", "--json", "knee-mri")
    assert checked.status == 1
    assert all(list(found) == ["level", "file", "line", "column", "clause", "message"] for found in checked.answers)
    [error] = [found for found in checked.answers if "did you mean `limitations`" in found["message"]]
    lines = edition.read_text("utf-8").split("\n")
    assert (error["level"], error["file"]) == ("error", edition.name)
    assert "clause limitation" in lines[error["line"] - 1]
    in_words = run("check", "knee-mri")
    assert in_words.status == 1
    assert f"⊠ error    {error['file']}:{error['line']}:{error['column']}" in in_words.out


def test_a_warning_is_no_error(run: Run, tmp_path: Path) -> None:
    run("new", "knee-mri")
    (tmp_path / "knee-mri" / "stray.csv").write_text("a\n", "utf-8")
    checked = run("check", "knee-mri")
    assert checked.status == 0
    assert "◐ warning  stray.csv:1:1" in checked.out


@pytest.mark.parametrize(
    "arguments", [["check", "notes"], ["check", "--json", "notes"], ["show", "--content", "notes"]]
)
def test_a_folder_that_holds_no_guideline_is_said_to_be_none(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "README.md").write_text("# Notes\n", "utf-8")
    message = (
        "notes holds no guideline: that is editions like 2025-10-01.md, facts.yaml and codes.csv; "
        "`isodose new FOLDER` makes a small one"
    )
    assert run(*arguments) == Result(2, "", f"isodose: {message}\n")


# show


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ([], "The ladder: the first rung that is met decides"),
        (["1.b"], "1.b  Central nervous system (criterion)"),
        (["A4"], "Reading A4"),
        (["codes", "--editions"], "gone: 77387, G6017"),
        (["--editions"], "2025-01-01@2024-09-19  effective 2025-01-01"),
        (["codes", "--edition", "2025-01-01@2025-01-15"], "77387 and G6017 were removed"),
        (["codes", "--as-known-on", "2025-01-20"], "77387 and G6017 were removed"),
        (["--as-known-on", "2025-01-20"], "edition 2025-01-01@2025-01-15"),
        (["--content", str(SECOND), "e.5"], "at least 2:"),
    ],
)
def test_show_reads_the_guideline(run: Run, arguments: list[str], shown: str) -> None:
    page = run("show", *arguments)
    assert (page.status, page.err) == (0, "")
    assert shown in page.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["1.bb"], "edition 2025-10-01 has no clause or reading `1.bb`; did you mean `1.b`?"),
        (["A99"], "edition 2025-10-01 has no clause or reading `A99`; did you mean `A9`?"),
        (["1.a.9"], "edition 2025-10-01 has no clause or reading `1.a.9`; `1.a` has `1.a.i`, `1.a.ii`, `1.a.iii`, `1.a.iv`, `1.a.v`, `1.a.vi`, `1.a.vii` or `1.a.viii`"),
        (["1.b.i"], "edition 2025-10-01 has no clause or reading `1.b.i`; nothing stands below `1.b`"),
        (["codes.later"], "edition 2025-10-01 has no clause or reading `codes.later`; `codes` has `codes.2025-01-15` or `codes.2025-02-05`"),
        (["necessity"], "edition 2025-10-01 has no clause or reading `necessity`; it has `products`, `note-minors`, `1`, `2`, `3`, `limitations` or `codes`"),
        (["V3"], "edition 2025-10-01 has no clause or reading `V3`; it is in 2025-01-01@2025-02-05: add --edition 2025-01-01@2025-02-05"),
        (["--as-known-on", "2020-01-01"], "no edition had been decided by 2020-01-01"),
        (
            ["--edition", "2025"],
            "no edition `2025`: it is `2025-01-01@2024-09-19`, `2025-01-01@2025-01-15`, `2025-01-01@2025-02-05` or `2025-10-01`",
        ),
    ],
)  # fmt: skip
def test_show_says_what_is_not_there(run: Run, arguments: list[str], message: str) -> None:
    assert run("show", *arguments) == Result(2, "", f"isodose: {message}\n")


# new


def test_new_makes_a_guideline_that_passes_its_check(run: Run, tmp_path: Path) -> None:
    made = run("new", tmp_path / "guidelines" / "knee-mri")
    assert made.status == 0
    files = made.out.splitlines()
    assert sorted(files) == sorted(str(file) for file in (tmp_path / "guidelines").rglob("*") if file.is_file())
    assert made.err == f"Next: isodose check {tmp_path / 'guidelines' / 'knee-mri'}\n"
    checked = run("check", tmp_path / "guidelines" / "knee-mri")
    assert checked.status == 0
    assert "\n0 errors, 0 warnings" in checked.out
    assert "knee-mri: 1 edition, " in checked.out
    assert run("show", "--content", tmp_path / "guidelines" / "knee-mri").status == 0


@pytest.mark.parametrize("name", ["Knee-MRI", "knee mri", "1mri", "knee_mri", "-mri", "knee-", ".."])
def test_new_refuses_a_name_that_is_none(run: Run, tmp_path: Path, name: str) -> None:
    refused = run("new", f"./{name}")
    assert (refused.status, refused.out) == (2, "")
    if name != "..":
        assert "cannot name a guideline: lower case words joined with `-`, such as knee-mri" in refused.err
    assert list(tmp_path.iterdir()) == []


def test_new_changes_nothing_that_exists(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a-folder").mkdir()
    (tmp_path / "a-file").write_text("mine", "utf-8")
    (tmp_path / "a-link").symlink_to("nowhere")
    before = sorted(tmp_path.rglob("*"))
    for name in ("a-folder", "a-file", "a-link"):
        assert run("new", name) == Result(2, "", f"isodose: {name} exists already; nothing was changed\n")
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "a-file").read_text("utf-8") == "mine"


def test_new_leaves_nothing_half_made(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, written = Path.open, []

    def until_the_disk_is_full(file: Path, mode: str = "r", **named: Any) -> Any:
        if "x" in mode:
            written.append(file)
        if len(written) == 3:
            raise OSError(28, "No space left on device", str(file))
        return opened(file, mode, **named)

    monkeypatch.setattr(Path, "open", until_the_disk_is_full)
    refused = run("new", "guidelines/knee-mri")
    monkeypatch.undo()
    assert refused == Result(2, "", f"isodose: {written[-1]} cannot be written: no space left on device\n")
    assert list(tmp_path.iterdir()) == []


# export


def test_export_prints_the_forms_of_any_guideline(run: Run) -> None:
    template = run("export", "csv-template", "--content", SECOND).out
    assert template.startswith("request_id,date_of_service,member_birth_date,")
    assert "fasting_glucose" in template
    schema = json.loads(run("export", "schema", "--content", SECOND).out)
    assert list(schema["properties"]["lines"]["items"]["properties"])[1:] == template.strip().split(",")[1:]


# As a process of its own: streams, encodings, and nothing that differs from machine to machine


def process(
    *arguments: str | Path, env: dict[str, str] | None = None, **named: Any
) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), **(env or {})}
    command = [sys.executable, "-P", "-m", "isodose", *arguments]
    return subprocess.run(command, env=environment, check=False, capture_output="stdout" not in named, **named)


def in_shell(line: str) -> subprocess.CompletedProcess[bytes]:
    command = ["bash", "-c", line.replace("isodose ", f"{sys.executable} -P -m isodose ", 1)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, env=environment, cwd=ROOT, check=False, capture_output=True)


@pytest.mark.parametrize("arguments", [["decide", "--json"], ["decide"]])
def test_the_same_input_gives_the_same_bytes_anywhere(arguments: list[str], tmp_path: Path) -> None:
    files = [EXAMPLES / name for name in ("request.json", "cases.csv", "cases.jsonl", "pas-bundle.json")]
    one = process(*arguments, *files, env={"PYTHONHASHSEED": "1"}, cwd=ROOT)
    other = process(*arguments, *files, env={"PYTHONHASHSEED": "2", "LC_ALL": "C"}, cwd=tmp_path)
    assert one.returncode == other.returncode == 0
    assert one.stdout == other.stdout


def test_a_terminal_that_has_only_ascii_gets_a_page_in_ascii() -> None:
    page = process("decide", EXAMPLES / "cases.csv", env={"PYTHONIOENCODING": "ascii"})
    assert page.returncode == 0
    text = page.stdout.decode("ascii")
    assert "+ APPROVED  under 1, 1.h" in text
    assert "! for a reviewer" in text
    assert "curative intent33)" in text
    assert "x not met         1.a to 1.g" in text


def test_data_are_utf_8_whatever_the_terminal() -> None:
    arguments = ("decide", "--json", EXAMPLES / "request.json")
    assert process(*arguments, env={"PYTHONIOENCODING": "latin-1"}).stdout == process(*arguments).stdout
    assert "³³" in process(*arguments).stdout.decode("utf-8")


def test_a_reader_that_goes_away_ends_the_command_in_peace() -> None:
    ended = in_shell("isodose decide --json examples/cases.csv | head -c 10; exit ${PIPESTATUS[0]}")
    assert (ended.returncode, ended.stderr) == (0, b"")
    ended = in_shell("isodose show | head -1; exit ${PIPESTATUS[0]}")
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(
    not Path("/dev/full").exists() and not os.environ.get("CI"),
    reason="the device of Linux that is always full is not here; CI has it",
)
@pytest.mark.parametrize("command", ["decide --json examples/cases.csv", "show", "export schema"])
def test_a_full_disk_is_one_sentence(command: str) -> None:
    ended = in_shell(f"isodose {command} >/dev/full")
    assert (ended.returncode, ended.stderr) == (2, b"isodose: no space left on device\n")


def test_closed_streams_are_no_crash() -> None:
    assert in_shell("isodose decide examples/request.json >&-").returncode == 0
    assert in_shell("isodose decide none.json 2>&-").returncode == 2
    ended = in_shell("isodose decide - <&-")
    assert (ended.returncode, ended.stderr) == (2, b"isodose: standard input: cannot be read: it is closed\n")


def test_standard_input_named_twice_is_empty_the_second_time() -> None:
    ended = in_shell("isodose decide --json - - <examples/request.json")
    assert ended.returncode == 2
    assert ended.stdout.count(b"\n") == 1
    assert b"standard input: the file is empty" in ended.stderr


def test_an_interrupt_is_no_crash(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("isodose.commands.decide.read_settings", interrupted)
    assert run("decide", "-") == Result(130, "", "")


def test_a_file_name_cannot_steer_the_terminal(run: Run) -> None:
    refused = run("decide", "\x1b[2Jnone\n.json")
    assert refused.faults == ["�[2Jnone .json: cannot be read: no such file or directory"]
