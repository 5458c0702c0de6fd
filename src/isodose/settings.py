"""The settings: one frozen value, made once by the command line from a file and the environment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any as Untyped

from isodose.guideline.problem import did_you_mean

FILE = "isodose.toml"
"""Read from the folder in which a command runs, or where ISODOSE_SETTINGS points."""


MOST_MIB = 1 << 20
"""A file is read as a whole; a terabyte never fits."""


class SettingsError(ValueError):
    """Settings that cannot be used, in words."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults.

    ``host`` and ``port`` are where `isodose serve` listens, and ``https`` says that browsers reach it over HTTPS, through a proxy.
    ``attested`` names facts for which the requester's word is enough; of a thousand decisions ``second_look`` are looked at
    again, drawn under the secret ``salt``. ``plan`` is the file with the plan's own names and
    addresses, without which no letters are written, and ``outbox`` the folder into which those are put that are to be printed or
    faxed (both in the file relative to the file).

    ``guideline`` is the shipped guideline in use; ``content`` a guideline's folder outside the package, in its place (in the
    file, relative to the file).
    ``max_input_mib`` is the largest file that `isodose decide` reads. ``coverages`` maps what a FHIR Coverage says (a class
    value, a plan's name or a type's code) to a product of the guideline. ``keep`` says whether the guideline as it was read is
    kept in the user's cache folder for the next run. ``database`` is where the record is, a file (SQLite) or an address
    ``postgresql://…``; ``checkpoints`` is the file that its checkpoints are added to, and ``checkpoint_key`` that of the key which
    signs them, both outside of the database (in the file, relative to the file).
    """

    guideline: str = "imrt"
    content: Path | None = None
    max_input_mib: int = 64
    coverages: Mapping[str, str] = field(default_factory=dict)
    keep: bool = True
    database: str = "isodose.db"
    checkpoints: Path = Path("isodose-checkpoints.jsonl")
    checkpoint_key: Path = Path("isodose-checkpoints.key")
    host: str = "127.0.0.1"
    port: int = 8080
    https: bool = False
    attested: tuple[str, ...] = ()
    second_look: int = 50
    salt: str = field(default="", repr=False)
    plan: Path | None = None
    outbox: Path | None = None


SECRET = frozenset({"salt"})
"""Settings that are never shown."""


def shown(settings: Settings) -> list[tuple[str, str]]:
    """Each setting with its value as people may see it; the password in a database's address and what is secret are not shown."""
    return [(one.name, _shown(one.name, getattr(settings, one.name))) for one in fields(settings)]


def _shown(name: str, value: object) -> str:
    if name in SECRET:
        return "set" if value else "not set"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {word}" for key, word in value.items()) or "none"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    text = "none" if value is None else str(value)
    scheme, mark, rest = text.partition("://")
    return (
        f"{scheme}://{rest.rpartition('@')[0].partition(':')[0]}@{rest.rpartition('@')[2]}"
        if mark and "@" in rest
        else text
    )


def settings_from(folder: Path, environment: Mapping[str, str]) -> Settings:
    """The settings of a run: the file's, with those of the environment (ISODOSE_CONTENT, …) over them."""
    named = environment.get("ISODOSE_SETTINGS")
    file = Path(named) if named else folder / FILE
    checked = _checked(_read(file), str(file)) if named or file.is_file() else {}
    checked = {name: _beside(file, name, value) for name, value in checked.items()}
    for one in fields(Settings):
        variable = f"ISODOSE_{one.name.upper()}"
        if variable in environment:
            checked |= _checked({one.name: environment[variable]}, variable)
    return Settings(**checked)


def _beside(file: Path, name: str, value: Untyped) -> Untyped:
    """A path in the file is relative to the file; the database is a path unless it is an address."""
    if isinstance(value, Path):
        return file.parent / value
    return str(file.parent / value) if name == "database" and "://" not in value else value


def _read(file: Path) -> dict[str, object]:
    import tomllib  # most runs have no file

    try:
        values = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{file}: the settings cannot be read: {(error.strerror or str(error)).lower()}") from None
    except ValueError as error:
        raise SettingsError(f"{file}: the settings cannot be read: {str(error).lower()}") from None
    known = [one.name for one in fields(Settings)]
    unknown = [name for name in values if name not in known]
    if unknown:
        raise SettingsError(f"{file}: no setting `{unknown[0]}`{did_you_mean(unknown[0], known)}")
    return values


def _checked(values: Mapping[str, object], origin: str) -> dict[str, Untyped]:
    checked = {}
    for name, value in values.items():
        try:
            checked[name] = _CHECKS[name](value)
        except (KeyError, TypeError, ValueError):
            raise SettingsError(f"{origin}: `{name}` is {_RIGHT[name]}, not `{value}`") from None
    return checked


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value


def _positive(value: object) -> int:
    number = int(str(value))
    if not 1 <= number <= MOST_MIB:
        raise ValueError
    return number


def _words(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(word, str) for word in value.values()):
        raise ValueError
    return value


def _yes_no(value: object) -> bool:
    return {"true": True, "false": False}[str(value).lower()]


def _port(value: object) -> int:
    number = int(str(value))
    if not 0 <= number < 1 << 16:
        raise ValueError
    return number


def _thousandths(value: object) -> int:
    number = int(str(value))
    if not 0 <= number <= 1000:  # noqa: PLR2004 (all of them)
        raise ValueError
    return number


def _names(value: object) -> tuple[str, ...]:
    """A list in the file; in the environment names with commas between them."""
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError
    return tuple(filter(None, (name.strip() for name in names)))


_CHECKS: dict[str, Callable[[object], object]] = {
    "guideline": _text,
    "content": lambda value: Path(_text(value)),
    "max_input_mib": _positive,
    "coverages": _words,
    "keep": _yes_no,
    "database": _text,
    "checkpoints": lambda value: Path(_text(value)),
    "checkpoint_key": lambda value: Path(_text(value)),
    "host": _text,
    "port": _port,
    "https": _yes_no,
    "attested": _names,
    "second_look": _thousandths,
    "salt": _text,
    "plan": lambda value: Path(_text(value)),
    "outbox": lambda value: Path(_text(value)),
}
_RIGHT = {
    "guideline": "a name",
    "content": "a folder",
    "max_input_mib": f"a whole number of MiB from 1 to {MOST_MIB}",
    "coverages": "a table of words in the file",
    "keep": "true or false",
    "database": "a file or an address postgresql://user@host/name",
    "checkpoints": "a file",
    "checkpoint_key": "a file",
    "host": "a name or an address",
    "port": "a whole number from 0 to 65535",
    "https": "true or false",
    "attested": "a list of facts",
    "second_look": "a whole number from 0 to 1000",
    "salt": "a text",
    "plan": "a file",
    "outbox": "a folder",
}
