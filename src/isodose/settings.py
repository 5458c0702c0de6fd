"""The settings: one frozen value, made once by the command line from a file and the environment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from isodose.guideline.problem import did_you_mean

FILE = "isodose.toml"
"""Read from the folder in which a command runs, or where ISODOSE_SETTINGS points."""


class SettingsError(ValueError):
    """Settings that cannot be used, in words."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults.

    ``guideline`` is the shipped guideline in use; ``content`` a guideline's folder outside the package, in its place.
    ``max_input_mib`` is the largest file that `isodose decide` reads. ``coverages`` maps what a FHIR Coverage says (a class
    value, a plan's name or a type's code) to a product of the guideline.
    """

    guideline: str = "imrt"
    content: Path | None = None
    max_input_mib: int = 64
    coverages: Mapping[str, str] = field(default_factory=dict)


def settings_from(folder: Path, environment: Mapping[str, str]) -> Settings:
    """The settings of a run: the file's, with those of the environment (ISODOSE_CONTENT, …) over them."""
    named = environment.get("ISODOSE_SETTINGS")
    file = Path(named) if named else folder / FILE
    values = _read(file) if named or file.is_file() else {}
    for one in fields(Settings):
        value = environment.get(f"ISODOSE_{one.name.upper()}")
        if value is not None:
            values[one.name] = value
    return _checked(values, file)


def _read(file: Path) -> dict[str, object]:
    import tomllib  # most runs have no file

    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file}: the settings cannot be read: {error}") from None
    known = [one.name for one in fields(Settings)]
    unknown = [name for name in values if name not in known]
    if unknown:
        raise SettingsError(f"{file}: no setting `{unknown[0]}`{did_you_mean(unknown[0], known)}")
    return values


def _checked(values: dict[str, object], file: Path) -> Settings:
    checked: dict[str, object] = {}
    for name, value in values.items():
        try:
            checked[name] = _CHECKS[name](value)
        except (TypeError, ValueError):
            raise SettingsError(f"{file}: `{name}` is {_RIGHT[name]}, not {value!r}") from None
    return Settings(**checked)  # type: ignore[arg-type]


def _positive(value: object) -> int:
    number = int(str(value))
    if number < 1:
        raise ValueError
    return number


def _words(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(word, str) for word in value.values()):
        raise ValueError
    return value


_CHECKS: dict[str, Callable[[object], object]] = {
    "guideline": str,
    "content": lambda value: Path(str(value)),
    "max_input_mib": _positive,
    "coverages": _words,
}
_RIGHT = {
    "guideline": "a name",
    "content": "a folder",
    "max_input_mib": "a whole number of MiB from 1",
    "coverages": "a table of words in the file",
}
