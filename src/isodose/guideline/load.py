"""A folder as a guideline: facts, codes, diagnoses and editions, with all that is wrong in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from isodose.guideline import yaml_source
from isodose.guideline.dates import date_from
from isodose.guideline.diagnoses import DiagnosisMap, diagnoses_from
from isodose.guideline.edition import Edition
from isodose.guideline.edition_source import clause_ids, edition_from
from isodose.guideline.facts import ANY_NAME, Fact, Facts, facts_from, formula_problems
from isodose.guideline.formula import Formula
from isodose.guideline.icd10cm import Release
from isodose.guideline.phrase import ANY_CLAUSE
from isodose.guideline.problem import Level, Place, Problem, nearest
from isodose.guideline.procedure_codes import ProcedureCode, procedure_codes_from
from isodose.guideline.tree import ClauseMet, Otherwise, leaves

_FILES = ("facts.yaml", "diagnoses.csv", "codes.csv")
"""The files beside the editions; diagnoses.csv only if a rule asks for a diagnosis."""

DIAGNOSIS = "diagnosis"
"""The fact that the map of diagnoses is about."""


class GuidelineError(ValueError):
    """A guideline that cannot be used: its errors are in ``problems``."""

    def __init__(self, folder: Path, problems: list[Problem]) -> None:
        first = next(problem for problem in problems if problem.level is Level.ERROR)
        super().__init__(
            f"{folder / first.place.file}:{first.place.line}:{first.place.column}: {first.message}; "
            f"`isodose check {folder}` lists all problems"
        )
        self.problems = problems


@dataclass(frozen=True, eq=False)
class Guideline:
    """The policy on one service: its editions by (effective, decided) and what they share.

    ``files`` are the names and contents that it was read from; ``shared`` the facts that every guideline has.
    """

    id: str
    folder: Path
    editions: tuple[Edition, ...]
    facts: Facts
    diagnoses: DiagnosisMap
    codes: dict[str, ProcedureCode]
    release: Release
    files: dict[str, bytes] = field(repr=False)
    shared: frozenset[str]

    @cached_property
    def columns(self) -> dict[str, Fact]:
        """The facts that a flat case gives, by column."""
        return {fact.column: fact for fact in self.facts.values() if fact.formula is None}

    @cached_property
    def derived(self) -> tuple[tuple[str, Formula], ...]:
        """The derived facts with their formulas, each after those that it needs."""
        ordered: dict[str, Formula] = {}
        waiting = {fact.name: fact.formula for fact in self.facts.values() if fact.formula}
        while waiting:
            name = next(name for name, formula in waiting.items() if not waiting.keys() & set(formula.inputs))
            ordered[name] = waiting.pop(name)
        return tuple(ordered.items())

    @cached_property
    def open_choices(self) -> tuple[Fact, ...]:
        """The choices that take other words than those that they offer."""
        return tuple(fact for fact in self.facts.values() if fact.open and fact.values)

    @cached_property
    def clause_ids(self) -> frozenset[str]:
        """The clauses of all editions."""
        return frozenset(name for edition in self.editions for name in edition.clauses)

    @cached_property
    def leaf_phrases(self) -> frozenset[str]:
        """The phrases of all leaves that ask about a fact, in all editions."""
        return frozenset(
            leaf.phrase
            for edition in self.editions
            for tree in edition.trees
            for leaf in leaves(tree)
            if not isinstance(leaf, (ClauseMet, Otherwise))
        )

    def content_hash(self, edition: Edition | None) -> str:
        """SHA-256 over all that a determination under this edition rests on: its text, and what all editions share.

        Without an edition, over what they share alone. Names and contents of files, in the order of the names.
        """
        digest = hashlib.sha256()
        editions = {other.file for other in self.editions}
        for name, content in sorted(self.files.items()):
            if name not in editions or (edition and name == edition.file):
                digest.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
        digest.update(f"icd10cm\0{self.release.digest}\n".encode())
        return digest.hexdigest()


def content_folder() -> Path:
    """Where the shipped content lies: in the installed package, or beside ``src`` in a clone."""
    package = Path(__file__).parents[1]
    shipped_inside = package / "content"
    return shipped_inside if shipped_inside.is_dir() else package.parents[1] / "content"


def shipped(name: str) -> Path:
    """The folder of a shipped guideline."""
    return content_folder() / name


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
    shared = _shared_facts(problems)
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
    )
    return (guideline if guideline.editions else None), problems


def _in_order(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    return tuple(sorted(editions, key=lambda edition: (edition.effective, edition.decided)))


def _files(folder: Path, problems: list[Problem]) -> dict[str, bytes]:
    if not folder.is_dir():
        raise FileNotFoundError(f"no folder {folder}")
    names = sorted(path.name for path in folder.iterdir() if path.suffix in (".md", ".yaml", ".yml", ".csv"))
    content = [name for name in names if name.endswith(".md") or name in _FILES]
    lacking = [name for name in _FILES if name not in names]
    meant = {name: nearest(name, lacking) for name in names if name not in content}
    problems += [_stranger(name, near) for name, near in meant.items()]
    problems += [
        Problem(Place(name), f"the guideline lacks {name}")
        for name in lacking
        if name != "diagnoses.csv" and name not in meant.values()
    ]
    return {name: (folder / name).read_bytes() for name in content}


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


def _shared_facts(problems: list[Problem]) -> dict[str, Fact]:
    """The facts that every guideline has; a guideline gives its own wording under the same name."""
    file = content_folder() / "facts.yaml"
    return facts_from(file.read_text("utf-8"), "../facts.yaml", problems, set())


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
    folder = content_folder() / "icd10cm"
    value = yaml_source.parse((folder / "release.yaml").read_text("utf-8"), Place("../icd10cm/release.yaml"), problems)
    assert value is not None, "the shipped release.yaml is readable"
    fields = yaml_source.Fields(value, "the release", ("file", "in force", "source", "license"), problems)
    return Release(folder / fields.text("file", required=True), date_from(fields.text("in force")) or date.max)
