"""A folder as a guideline: facts, codes, diagnoses and editions, with all that is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path, PurePath

from isodose.guideline import yaml_source
from isodose.guideline.around import AROUND, NOTHING
from isodose.guideline.around_source import around_from
from isodose.guideline.content import SHARED_FACTS, files_in, release_file, shared_facts
from isodose.guideline.dates import date_from
from isodose.guideline.diagnoses import DiagnosisMap, diagnoses_from
from isodose.guideline.edition import Edition
from isodose.guideline.edition_source import clause_ids, edition_from
from isodose.guideline.facts import Facts
from isodose.guideline.facts_source import facts_from, formula_problems
from isodose.guideline.guideline import DIAGNOSIS, Guideline, GuidelineError
from isodose.guideline.icd10cm import Release
from isodose.guideline.problem import ANY_CLAUSE, ANY_NAME, Level, Place, Problem, nearest
from isodose.guideline.procedure_codes import procedure_codes_from

_FILES = ("facts.yaml", "diagnoses.csv", "codes.csv", AROUND)
"""The files beside the editions."""

_OPTIONAL = ("diagnoses.csv", AROUND)
"""Those that a guideline may lack: where no rule asks for a diagnosis, or nothing stands around it."""


def load_or_raise(folder: Path) -> Guideline:
    """The guideline in a folder; raises ``GuidelineError`` if it has errors, ``FileNotFoundError`` if it is not there."""
    guideline, problems = load(folder)
    if guideline is None or any(problem.level is Level.ERROR for problem in problems):
        raise GuidelineError(folder, problems)
    return guideline


def load(folder: Path) -> tuple[Guideline | None, list[Problem]]:
    """The guideline in a folder with all problems of reading it; None if it has no readable edition."""
    problems: list[Problem] = []
    files = _files(folder, problems)
    texts = {name: text for name, raw in files.items() if (text := text_from(raw, name, problems)) is not None}
    files[SHARED_FACTS] = shared_facts().read_bytes()
    shared = facts_from(files[SHARED_FACTS].decode(), SHARED_FACTS, problems, set())
    unreadable = set() if "facts.yaml" in texts else {ANY_NAME}
    facts = shared | facts_from(texts.get("facts.yaml", "{}"), "facts.yaml", problems, unreadable)
    problems += formula_problems(facts, unreadable)
    sources = {name: text for name, text in texts.items() if name.endswith(".md")}
    editions = [edition_from(text, name, facts, problems, unreadable) for name, text in sources.items()]
    if not any(name.endswith(".md") for name in files):
        problems.append(Problem(Place("."), "no edition is here: a file like 2025-10-01.md"))
    guideline = Guideline(
        id=folder.resolve().name,
        folder=folder,
        editions=_in_order(edition for edition in editions if edition),
        facts=facts,
        diagnoses=_diagnoses(texts, [name for name in files if name not in texts], facts, problems, unreadable),
        codes=procedure_codes_from(texts["codes.csv"], "codes.csv", facts, problems, unreadable)
        if "codes.csv" in texts
        else {},
        release=release(problems),
        files=files,
        shared=frozenset(shared),
        around=around_from(texts[AROUND], problems) if AROUND in texts else NOTHING,
    )
    return (guideline if guideline.editions else None), problems


def _in_order(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    return tuple(sorted(editions, key=lambda edition: (edition.effective, edition.decided)))


def _files(folder: Path, problems: list[Problem]) -> dict[str, bytes]:
    names = [path.name for path in files_in(folder)]
    content = [name for name in names if name.endswith(".md") or name in _FILES]
    lacking = [name for name in _FILES if name not in names]
    meant = {name: _meant(name, lacking) for name in names if name not in content}
    problems += [_stranger(name, near) for name, near in meant.items()]
    problems += [
        Problem(Place(name), f"the guideline lacks {name}")
        for name in lacking
        if name not in _OPTIONAL and name not in meant.values()
    ]
    return {name: (folder / name).read_bytes() for name in content}


def _meant(name: str, lacking: Iterable[str]) -> str | None:
    """The file that is lacking and named most nearly so, whatever follows the dot."""
    by_stem = {PurePath(one).stem: one for one in lacking}
    return by_stem.get(nearest(PurePath(name).stem, by_stem) or "")


def _stranger(name: str, near: str | None) -> Problem:
    """A file that has no place here; an error if it seems to be one that is missing."""
    message = "this file is not part of a guideline"
    if near:
        return Problem(Place(name), f"{message}; did you mean `{near}`?")
    return Problem(Place(name), message, level=Level.WARNING)


def text_from(raw: bytes, name: str, problems: list[Problem], clause: str | None = None) -> str | None:
    """The text of a file, lines of Windows or not, or None if it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.append(Problem(Place(name, line), "this file is not UTF-8", clause))
        return None


def _diagnoses(
    texts: dict[str, str], unread: list[str], facts: Facts, problems: list[Problem], unreadable: set[str]
) -> DiagnosisMap:
    file, sets = "diagnoses.csv", facts[DIAGNOSIS].sets
    if file not in texts:
        return DiagnosisMap((), sets)
    clauses = [clause for name, text in texts.items() if name.endswith(".md") for clause in clause_ids(text)]
    if unreadable & {DIAGNOSIS, ANY_NAME} or any(name.endswith(".md") for name in unread):
        clauses.append(ANY_CLAUSE)
    return diagnoses_from(texts[file], file, clauses, sets, problems)


def release(problems: list[Problem]) -> Release:
    """The ICD-10-CM release that all guidelines share."""
    file = release_file()
    value = yaml_source.parse(file.read_text("utf-8"), Place("../icd10cm/release.yaml"), problems)
    assert value is not None, "the shipped release.yaml is readable"
    fields = yaml_source.Fields(value, "the release", ("file", "in force", "source", "license"), problems)
    return Release(file.parent / fields.text("file", required=True), date_from(fields.text("in force")) or date.max)
