"""Settings come from a file and from the environment, which wins; what cannot be right is said with its origin."""

from dataclasses import fields
from pathlib import Path

import pytest

from isodose.settings import FILE, Settings, SettingsError, settings_from


def refused(folder: Path, environment: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as error:
        settings_from(folder, environment)
    return str(error.value)


def write(folder: Path, text: str) -> Path:
    file = folder / FILE
    file.write_text(text, "utf-8")
    return file


def test_without_file_and_environment_all_are_defaults(tmp_path: Path) -> None:
    assert settings_from(tmp_path, {}) == Settings()
    assert Settings() == Settings(guideline="imrt", content=None, max_input_mib=64, coverages={})


def test_the_file_of_the_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path, 'guideline = "knee-mri"\nmax_input_mib = 8\n[coverages]\n"MA-HMO-2026" = "ma-hmo"\n')
    expected = Settings(guideline="knee-mri", max_input_mib=8, coverages={"MA-HMO-2026": "ma-hmo"})
    assert settings_from(tmp_path, {}) == expected


def test_a_named_file_is_read_in_its_place(tmp_path: Path) -> None:
    write(tmp_path, "max_input_mib = 8")
    other = tmp_path / "other.toml"
    other.write_text("\ufeffmax_input_mib = 9", "utf-8")
    assert settings_from(tmp_path, {"ISODOSE_SETTINGS": str(other)}).max_input_mib == 9


def test_the_environment_wins(tmp_path: Path) -> None:
    write(tmp_path, 'max_input_mib = 8\nguideline = "knee-mri"\ncontent = "here"')
    environment = {"ISODOSE_MAX_INPUT_MIB": "16", "ISODOSE_CONTENT": "/there", "ISODOSE_GUIDELINE": "sleep"}
    found = settings_from(tmp_path, environment)
    assert found == Settings(guideline="sleep", content=Path("/there"), max_input_mib=16)


def test_a_folder_in_the_file_is_relative_to_the_file(tmp_path: Path) -> None:
    write(tmp_path, 'content = "guidelines/knee-mri"')
    elsewhere = {"ISODOSE_SETTINGS": str(tmp_path / FILE)}
    assert settings_from(Path("/"), elsewhere).content == tmp_path / "guidelines" / "knee-mri"


def test_the_database_in_the_file_is_beside_it_unless_it_is_an_address(tmp_path: Path) -> None:
    file = write(
        tmp_path, 'database = "data/record.db"\ncheckpoints = "/safe/checkpoints.jsonl"\ncheckpoint_key = "a.key"'
    )
    found = settings_from(Path("/"), {"ISODOSE_SETTINGS": str(file)})
    assert found.database == str(tmp_path / "data" / "record.db")
    assert (found.checkpoints, found.checkpoint_key) == (Path("/safe/checkpoints.jsonl"), tmp_path / "a.key")
    write(tmp_path, 'database = "postgresql://isodose@plan.example/isodose"')
    assert settings_from(tmp_path, {}).database == "postgresql://isodose@plan.example/isodose"
    assert settings_from(tmp_path, {"ISODOSE_DATABASE": "here.db"}).database == "here.db"


def test_a_folder_in_the_environment_is_relative_to_where_the_command_runs(tmp_path: Path) -> None:
    assert settings_from(tmp_path, {"ISODOSE_CONTENT": "knee-mri"}).content == Path("knee-mri")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("max_input_mb = 8", "no setting `max_input_mb`; did you mean `max_input_mib`?"),
        ("colour = 8", "no setting `colour`"),
        ("max_input_mib = 0", "`max_input_mib` is a whole number of MiB from 1 to 1048576, not `0`"),
        ("max_input_mib = 1.5", "`max_input_mib` is a whole number of MiB from 1 to 1048576, not `1.5`"),
        ("max_input_mib = true", "`max_input_mib` is a whole number of MiB from 1 to 1048576, not `True`"),
        ("max_input_mib = 99999999999999999999", "`max_input_mib` is a whole number of MiB from 1 to 1048576, not `99999999999999999999`"),
        ("guideline = 3", "`guideline` is a name, not `3`"),
        ('content = ""', "`content` is a folder, not ``"),
        ('coverages = "ma-hmo"', "`coverages` is a table of words in the file, not `ma-hmo`"),
        ("[coverages]\na = 1", "`coverages` is a table of words in the file, not `{'a': 1}`"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_right_names_the_file(tmp_path: Path, text: str, message: str) -> None:
    file = write(tmp_path, text)
    assert refused(tmp_path, {}) == f"{file}: {message}"


def test_a_setting_of_the_environment_that_cannot_be_right_names_the_variable(tmp_path: Path) -> None:
    message = refused(tmp_path, {"ISODOSE_MAX_INPUT_MIB": "many"})
    assert message == "ISODOSE_MAX_INPUT_MIB: `max_input_mib` is a whole number of MiB from 1 to 1048576, not `many`"
    message = refused(tmp_path, {"ISODOSE_COVERAGES": "a=b"})
    assert message == "ISODOSE_COVERAGES: `coverages` is a table of words in the file, not `a=b`"


@pytest.mark.parametrize("raw", [b"max_input_mib = ", b"\xff", b"a = 1\na = 2", b"["])
def test_a_file_that_is_no_toml_is_said(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / FILE).write_bytes(raw)
    assert refused(tmp_path, {}).startswith(f"{tmp_path / FILE}: the settings cannot be read: ")


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    message = refused(tmp_path, {"ISODOSE_SETTINGS": str(tmp_path / "none.toml")})
    assert message == f"{tmp_path / 'none.toml'}: the settings cannot be read: no such file or directory"
    assert "is a directory" in refused(tmp_path, {"ISODOSE_SETTINGS": str(tmp_path)})


def test_settings_are_one_frozen_value() -> None:
    assert Settings.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert len(fields(Settings)) == len(Settings.__slots__)
