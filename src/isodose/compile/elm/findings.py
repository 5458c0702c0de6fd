"""What a CQL library says of each clause and rung: met, not met, or null for unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from isodose.compile.answer import flags_of
from isodose.compile.elm.nodes import NOTHING, Elm, definition, items, record, text, when, yes_no
from isodose.compile.elm.statements import Definition, Statement
from isodose.compile.elm.writer import Writer
from isodose.compile.rails import Rails, rails_of
from isodose.compile.rows.flat_case import over_the_row
from isodose.compile.rows.reading import Reading
from isodose.guideline.edition import Clause, Edition, Rung
from isodose.guideline.guideline import Guideline


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is met, not met or unknown: a clause or a rung."""

    name: str
    rails: Rails
    about: tuple[str, ...]
    tags: Mapping[str, str]

    @property
    def met(self) -> str:
        return f"{self.name}: met"

    @property
    def not_met(self) -> str:
        return f"{self.name}: not met"

    def statements(self, writer: Writer) -> Iterator[Statement]:
        true, false = definition(self.met), definition(self.not_met)
        truth = when(true, yes_no(True), when(false, yes_no(False), NOTHING))  # noqa: FBT003
        yield Definition(self.name, truth, self.about, self.tags)
        yield Definition(self.met, writer.body(self.rails.true, self.met))
        yield Definition(self.not_met, writer.body(self.rails.false, self.not_met))


@dataclass(frozen=True, slots=True)
class Ruling:
    """An edition as rows see it."""

    edition: Edition
    clauses: Mapping[str, Finding]
    rungs: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.clauses.values(), *self.rungs)

    def statements(self, writer: Writer) -> Iterator[Statement]:
        for finding in self.findings:
            yield from finding.statements(writer)

    def listed(self) -> Elm:
        """The findings of the clauses as a list."""
        return items(
            record({"clause": text(clause), "met": definition(finding.name)})
            for clause, finding in self.clauses.items()
        )


def ruling_of(guideline: Guideline, edition: Edition, readings: Mapping[str, Reading], *, is_alone: bool) -> Ruling:
    of_row, rails = over_the_row(readings), rails_of(edition.clauses)
    of_edition = "" if is_alone else f" ({edition.id})"

    def over_row(found: Rails) -> Rails:
        return Rails(of_row(found.true), of_row(found.false))

    clauses = {
        clause.id: Finding(f"{_heading(clause)}{of_edition}", over_row(rails(clause.rule)), *_words_of(clause))
        for clause in edition.clauses.values()
    }
    rungs = tuple(
        Finding(f"Rung {number}{of_edition}", over_row(found), (_leads_to(rung),), {"outcome": rung.outcome.value})
        for number, (rung, found) in enumerate(
            zip(edition.ladder, flags_of(guideline, edition).rungs, strict=True), start=1
        )
    )
    return Ruling(edition, clauses, rungs)


def _heading(clause: Clause) -> str:
    return f"Clause {clause.id} {clause.title}".rstrip()


def _words_of(clause: Clause) -> tuple[tuple[str, ...], dict[str, str]]:
    return (clause.quote,), {"clause": clause.id, "title": clause.title, "quote": clause.quote}


def _leads_to(rung: Rung) -> str:
    return f"Leads to {rung.outcome.value}{f' ({rung.reason.value})' if rung.reason else ''} if no rung before is met."
