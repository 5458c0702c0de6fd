"""What is shipped: the wheel holds the content and runs from anywhere, and the locks agree."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from importlib.metadata import Distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUNTIME = ROOT / "requirements.txt"
LOCKS = sorted(ROOT.glob("requirements*.txt"))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the locked hatchling alone and unpacked: that is what installing it does."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, *arguments: str | Path) -> str:
    """The output of the installed program, started outside the clone.

    -S reads no .pth file, and so hides src/ and the clone's own content: what is found is in the
    wheel or in one of its dependencies.
    """
    result = subprocess.run(
        [sys.executable, "-S", "-P", "-m", "isodose", *arguments],
        cwd=installed.parent,
        env={"PYTHONPATH": os.pathsep.join([str(installed), sysconfig.get_path("purelib")])},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def test_the_wheel_says_its_version(installed: Path) -> None:
    [info] = installed.glob("*.dist-info")
    distribution = Distribution.at(info)
    assert run(installed, "--version").split() == ["isodose", distribution.version]
    [command] = distribution.entry_points
    assert (command.name, command.value) == ("isodose", "isodose.__main__:run")


def test_the_wheel_decides_a_case(installed: Path) -> None:
    lines = run(installed, "decide", "--json", ROOT / "examples" / "request.json").splitlines()
    assert lines
    assert all("outcome" in json.loads(line) for line in lines)


def test_the_wheel_makes_a_record(installed: Path) -> None:
    assert "isodose.db: layout r" in run(installed, "migrate")


def test_the_wheel_holds_all_content_and_it_passes_its_checks(installed: Path) -> None:
    shipped, content = installed / "isodose" / "content", ROOT / "content"
    assert files(shipped) == files(content)
    run(installed, "check")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_address_and_pins_what_the_runtime_lock_pins(lock: Path) -> None:
    assert "://" not in lock.read_text("utf-8")
    runtime, other = pins(RUNTIME), pins(lock)
    assert {name for name in runtime.keys() & other.keys() if runtime[name] != other[name]} == set()


def test_the_development_lock_holds_the_runtime_lock() -> None:
    assert pins(RUNTIME).items() <= pins(ROOT / "requirements-dev.txt").items()


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE))
