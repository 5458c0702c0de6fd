"""What one leaf found, in words: the fact's own where it declares them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any as Untyped

from isodose.determination.cells import shown
from isodose.determination.finding import Finding
from isodose.determination.program import Determination
from isodose.determination.values import ABSENT, Coding, Value
from isodose.guideline.diagnoses import Row, Status, with_dot
from isodose.guideline.facts import Answerer, Fact
from isodose.guideline.problem import listed
from isodose.guideline.tree import Compare, InDiagnoses, InList, Is, IsAbsent, Otherwise, Yes, is_below
from isodose.guideline.truth import MET, NOT_MET, UNKNOWN
from isodose.guideline.units import Number

SIGNS = {"<": "under", "<=": "at most", ">": "over", ">=": "at least", "=": "exactly"}
DATE_SIGNS = {"<": "before", "<=": "on or before", ">": "after", ">=": "on or after", "=": "on"}


def number_says(number: Number) -> str:
    """A number exactly where its decimals end, else to four places."""
    if number.denominator == 1:
        return str(number.numerator)
    places = next((places for places in range(1, 31) if not 10**places % number.denominator), 4)
    return f"{round(number * 10**places) / 10**places:.{places}f}".rstrip("0").rstrip(".")


def value_says(value: Value | None, unit: str = "") -> str:
    """A value as people write it."""
    if isinstance(value, Coding):
        return f"{value.code} of {value.system}"
    if isinstance(value, tuple):
        return ", ".join(map(with_dot, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, Fraction)):
        return f"{number_says(value)} {unit}".strip()
    return "absent" if value is ABSENT else "unknown" if value is None else str(value)


def leaf_says(determination: Determination, leaf: Finding) -> str:
    """What the leaf found; a part of a sentence without a full stop."""
    if leaf.judgement:
        return f"`{leaf.judgement.target}` found {leaf.truth.value} by {leaf.judgement.by} on {leaf.judgement.on}"
    return _SAYS[type(leaf.node)](determination, leaf, leaf.node)


def _fact_and_value(determination: Determination, name: str) -> tuple[Fact, Value | None]:
    return determination.guideline.facts[name], determination.case.facts.get(name)


def _yes(determination: Determination, _: Finding, node: Yes) -> str:
    fact, value = _fact_and_value(determination, node.fact)
    if value is None:
        return f"it is not known whether {fact.values['yes']}"
    return fact.absent if value is ABSENT else fact.values["yes" if value else "no"]


def _is(determination: Determination, _: Finding, node: Is) -> str:
    fact, value = _fact_and_value(determination, node.fact)
    if value is None:
        return f"the {_lower(fact.title)} is not known"
    return (
        fact.absent if value is ABSENT else fact.values.get(str(value), f"the {_lower(fact.title)} is {shown(value)}")
    )


def _is_absent(determination: Determination, _: Finding, node: IsAbsent) -> str:
    fact, value = _fact_and_value(determination, node.fact)
    if value is None:
        return f"the {_lower(fact.title)} is not known"
    if value is ABSENT:
        return fact.absent or f"there is no {_lower(fact.title)}"
    return f"the {_lower(fact.title)} is {value_says(value, fact.unit)}"


def _compare(determination: Determination, leaf: Finding, node: Compare) -> str:
    fact, value = _fact_and_value(determination, node.fact)
    title = _lower(fact.title)
    if value is None:
        return f"the {title} is not known"
    if value is ABSENT:
        return fact.absent or f"there is no {title}"
    signs = DATE_SIGNS if isinstance(node.bound, date) else SIGNS
    sign = signs[node.operator] if leaf.truth is MET else f"not {signs[node.operator]}"
    bound = node.bound if isinstance(node.bound, date) else value_says(node.bound, fact.unit)
    return f"the {title} is {value_says(value, fact.unit)}, {sign} {bound}"


def _in_list(determination: Determination, leaf: Finding, node: InList) -> str:
    fact, value = _fact_and_value(determination, node.fact)
    if value is None:
        return f"the {_lower(fact.title)} is not known"
    if leaf.truth is not MET:
        return outside_says(determination, node.fact, [node.list_name])
    return f"the {_lower(fact.title)} {_shown(value)} is in the list `{node.list_name}`"


def outside_says(determination: Determination, name: str, lists: list[str]) -> str:
    """That a fact is in none of some lists."""
    fact, value = _fact_and_value(determination, name)
    return f"the {_lower(fact.title)} {_shown(value)} is not in the list {listed(lists)}"


def outside_list(leaf: Finding) -> str:
    """The list in which a leaf found a fact not to be; empty if it found something else."""
    if isinstance(leaf.node, InList) and leaf.truth is NOT_MET and not leaf.judgement:
        return leaf.node.list_name
    return ""


def _shown(value: Value | None) -> str:
    return shown(value) if isinstance(value, str) else value_says(value)


def _in_diagnoses(determination: Determination, leaf: Finding, node: InDiagnoses) -> str:
    fact = determination.guideline.facts[node.fact]
    if leaf.asks is Answerer.REQUESTER:
        return f"no diagnosis code says which illness is treated ({_lower(fact.title)} is not known)"
    belongs = fact.sets[node.target] if node.is_set else f"listed in {node.target}"
    rows = _rows(determination, node)
    if leaf.truth is UNKNOWN:
        return _ambiguous(determination, rows, belongs)
    return _clear(determination, rows, node, belongs) if leaf.truth is MET else f"no diagnosis is {belongs}"


def _clear(determination: Determination, rows: Mapping[str, Row], node: InDiagnoses, belongs: str) -> str:
    """The codes that are clear in the clause or set; an ambiguous one beside them is no ground."""
    find = determination.guideline.release.find
    clear = [
        code for code, row in rows.items() if row.status is Status.CLEAR and (entry := find(code)) and entry.billable
    ]
    if not clear:
        return f"a reviewer found a diagnosis {belongs}"
    homes = ", ".join(dict.fromkeys(rows[code].home for code in clear))
    where = belongs if node.is_set else f"listed in {homes}"
    return f"{', '.join(map(with_dot, clear))} {'is' if len(clear) == 1 else 'are'} {where}"


def _rows(determination: Determination, node: InDiagnoses) -> dict[str, Row]:
    """The codes that the leaf is about, with the row of the map that decides for each."""
    codes: Untyped = determination.case.facts.get(node.fact, ())
    diagnoses = determination.guideline.diagnoses
    found = {code: diagnoses.in_set(node.target, code) if node.is_set else diagnoses.in_clauses(code) for code in codes}
    return {
        code: row
        for code, row in found.items()
        if row and row.home and (node.is_set or is_below(row.home, node.target))
    }


def _ambiguous(determination: Determination, rows: Mapping[str, Row], belongs: str) -> str:
    parts = []
    for code, row in rows.items():
        entry = determination.guideline.release.find(code)
        is_known = row.status is Status.AMBIGUOUS
        why = row.note if is_known else "the ICD-10-CM release does not hold this code as billable"
        title = entry.title if entry else row.title
        parts.append(f"{with_dot(code)} ({title}: {why.rstrip('.')})" if why else f"{with_dot(code)} ({title})")
    return f"whether {', '.join(parts)} is {belongs}"


def _otherwise(*_: object) -> str:
    return "nothing else applies"


def _lower(title: str) -> str:
    """A title inside a sentence; an abbreviation keeps its capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


_SAYS: Mapping[type, Callable[[Determination, Finding, Untyped], str]] = {
    Yes: _yes,
    Is: _is,
    IsAbsent: _is_absent,
    Compare: _compare,
    InList: _in_list,
    InDiagnoses: _in_diagnoses,
    Otherwise: _otherwise,
}
