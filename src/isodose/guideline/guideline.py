"""A guideline as it was read: its editions, and what they share."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from isodose.guideline.around import AROUND, Around
from isodose.guideline.diagnoses import DiagnosisMap
from isodose.guideline.edition import Edition
from isodose.guideline.facts import Fact, Facts
from isodose.guideline.formula import Formula
from isodose.guideline.icd10cm import Release
from isodose.guideline.problem import Level, Problem
from isodose.guideline.procedure_codes import ProcedureCode
from isodose.guideline.tree import ClauseMet, Otherwise, leaves

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

    ``files`` are the names and contents that it was read from; ``shared`` the facts that every guideline has; ``around`` is what
    is looked at before it.
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
    around: Around

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

        Without an edition, over what they share alone. Names and contents of files, in the order of the names, then the
        ICD-10-CM release. What stands around the guideline is none of it: no determination rests on that.
        """
        return self._content_hashes[edition.file if edition else None]

    @cached_property
    def _content_hashes(self) -> dict[str | None, str]:
        """The hash for each edition's file, and for none."""
        editions = [edition.file for edition in self.editions]
        sums = {
            name: hashlib.sha256(content).hexdigest() for name, content in sorted(self.files.items()) if name != AROUND
        }
        return {
            own: self._sum({name: sums[name] for name in sums if name == own or name not in editions})
            for own in (*editions, None)
        }

    def _sum(self, sums: Mapping[str, str]) -> str:
        lines = [f"{name}\0{digest}\n" for name, digest in sums.items()]
        release = f"icd10cm {self.release.in_force}\0{self.release.digest}\n"
        return hashlib.sha256("".join([*lines, release]).encode()).hexdigest()
