"""Cases, rungs and conditions in words: the guideline's own titles and phrases, never a variable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isodose.determination.case import case_from
from isodose.determination.cells import JSON_CELLS
from isodose.determination.leaf_words import value_says
from isodose.determination.values import ABSENT, Value
from isodose.determination.words import is_numbered, name_of, title_of
from isodose.guideline.edition import Clause, Edition, Rung
from isodose.guideline.facts import Fact
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.guideline.tree import ClauseMet, Leaf, leaves
from isodose.proof.asked_words import lower
from isodose.proof.example import Row
from isodose.proof.finding import Finding
from isodose.proof.ruling import Ruling
from isodose.proof.shows import answer_of
from isodose.proof.variant import answered


def told(ruling: Ruling, topic: str, at: Clause | Rung, message: str, row: Row | None = None, *more: str) -> Finding:
    """A finding about a clause or a rung, with the case that shows it, if there can be one; ``more`` is said of the case."""
    clause = at.id if isinstance(at, Clause) else None
    shown = example_says(ruling, row, *more) if row is not None else ""
    return Finding(topic, at.place, capital(message), clause, row, shown)


def example_says(ruling: Ruling, row: Row, *more: str) -> str:
    """A case and what becomes of it, such as: For example 77386 on 2025-11-03, C61 (…), age 10 years: approved."""
    known = f", as known on {ruling.known_on}" if ruling.known_on else ""
    then = "; ".join([str(answered(answer_of(ruling, row))), *more])
    return f"For example {case_says(row, ruling.guideline)}{known}: {then}"


def case_says(row: Row, guideline: Guideline) -> str:
    """A case in a few words, what decides scope first."""
    facts = case_from(row, guideline, JSON_CELLS).facts
    code, service = facts.get("procedure_code"), facts.get("date_of_service")
    parts = [f"{code} on {service}"]
    for name, value in facts.items():
        fact = guideline.facts[name]
        if name not in ("procedure_code", "date_of_service") and not _is_told_by_another(name, facts, guideline):
            parts.append(_fact_says(fact, value, guideline))
    return ", ".join(parts)


def _is_told_by_another(name: str, facts: Mapping[str, Value], guideline: Guideline) -> bool:
    """Whether a derived fact says the same better: an age for a date of birth; or is absent because this one is."""
    if (formula := guideline.facts[name].formula) is not None:
        return facts[name] is ABSENT and not formula.is_ratio
    return any(
        formula.first == name and not formula.is_ratio and facts.get(derived, ABSENT) is not ABSENT
        for derived, formula in guideline.derived
    )


def _fact_says(fact: Fact, value: Value, guideline: Guideline) -> str:
    if value is ABSENT:
        return fact.absent or f"no {lower(fact.title)}"
    if isinstance(value, bool):
        return fact.values["yes" if value else "no"]
    if fact.name == DIAGNOSIS and isinstance(value, tuple):
        return " and ".join(_code_says(code, guideline) for code in value)
    if isinstance(value, str) and fact.name == "product":
        return value  # a plan's members and staff call it by this word
    if isinstance(value, str):
        return fact.values.get(value, f"{lower(fact.title)} `{value}`")
    return f"{lower(fact.title)} {value_says(value, fact.unit)}"


def _code_says(code: str, guideline: Guideline) -> str:
    entry = guideline.release.find(code)
    return f"{value_says((code,))} ({lower(entry.title)})" if entry else value_says((code,))


def rung_says(edition: Edition, number: int) -> str:
    """How a sentence calls a rung: by its number, what it asks and where it leads, with the reason of a review."""
    rung = edition.ladder[number]
    asked = dict.fromkeys(_leaf_name(leaf, edition) for leaf in leaves(rung.when))
    leads_to = ", ".join(filter(None, (rung.outcome, rung.reason)))
    return f"rung {number + 1} ({', '.join(asked)}: {leads_to})"


def _leaf_name(leaf: Leaf, edition: Edition) -> str:
    if not isinstance(leaf, ClauseMet):
        return leaf.phrase
    clause = edition.clauses[leaf.clause]
    return clause.id if is_numbered(clause) else f"“{title_of(clause)}”"


def listed_clauses(clauses: Sequence[Clause], word: str) -> str:
    """``Criterion 1, 2 or 3`` (``Criteria b, c and d``), or the names where a word is an id."""
    if len(clauses) == 1 or not all(map(is_numbered, clauses)):
        return f" {word} ".join(map(name_of, clauses))
    *first, last = [clause.id for clause in clauses]
    return f"{'Criterion' if word == 'or' else 'Criteria'} {', '.join(first)} {word} {last}"


def capital(text: str) -> str:
    """The text as a sentence begins."""
    return text[:1].upper() + text[1:]
