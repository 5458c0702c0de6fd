"""`isodose export pdf` and `export fax` as a user runs them: a file on standard output, and one line where something is not there."""

import subprocess
import sys
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from isodose.desk.number import Kind, request_number
from tests.command_line import Run
from tests.pango import needs_pango

ROOT = Path(__file__).parents[1]
TEMPLATE, IMRT = (ROOT / "content" / name for name in ("template", "imrt"))
EXAMPLES = ROOT / "examples"
NUMBER = request_number(Kind.TRACKING, 12345)


def export(*arguments: str | Path, path: Path = ROOT, content: Path = TEMPLATE) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "isodose", "export", *arguments, "--content", content],
        env={"PYTHONPATH": f"{path}:{ROOT / 'src'}"},
        capture_output=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("form", ["pdf", "fax"])
def test_a_file_is_written_to_standard_output(form: str) -> None:
    needs_pango()
    ended = export(form)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.startswith(b"%PDF-1.7")


def test_without_pango_one_line_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("from ctypes import CDLL\nCDLL('libpango-of-no-system.so')")
    ended = export("pdf", path=tmp_path)
    assert (ended.returncode, ended.stdout) == (3, b"")
    assert ended.stderr.decode() == (
        "isodose: a PDF needs Pango; install it with: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 "
        "(macOS: brew install pango)\n"
    )


def test_without_weasyprint_one_line_names_the_extra(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    ended = run("export", "pdf", "--content", TEMPLATE)
    assert ended.status == 3
    assert ended.err == "isodose: this needs `weasyprint`; install it with: python -m pip install 'isodose[paper]'\n"


def test_a_fax_is_filled_in_from_a_request() -> None:
    needs_pango()
    ended = export("fax", EXAMPLES / "request.json", "--number", NUMBER, "--attached", "3", content=IMRT)
    assert (ended.returncode, ended.stderr) == (0, b"")
    cover, worksheet, *_ = (page.get_textpage().get_text_bounded() for page in PdfDocument(ended.stdout))
    assert NUMBER in cover
    assert "M0000417" in worksheet
    assert "M0000417" not in cover


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("fax", EXAMPLES / "cases.csv"), "a fax is of one patient and one request"),
        (("fax", EXAMPLES / "nothing.json"), "cannot be read: no such file or directory"),
        (("fax", "--number", NUMBER[:-1] + "0"), "a digit is wrong, or two are swapped"),
        (("fax", "--attached", "some"), "'some' is no number of pages"),
        (("pdf", EXAMPLES / "request.json"), "`pdf` takes no file"),
    ],
)
def test_what_cannot_be_done_is_one_line(run: Run, arguments: tuple[str | Path, ...], says: str) -> None:
    ended = run("export", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert says in ended.err
