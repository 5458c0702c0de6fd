"""What one leaf found, in words: the fact's own where it declares them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any as Untyped

from isodose.determination.case import Judgement
from isodose.determination.cells import shown
from isodose.determination.finding import Finding, fact_of
from isodose.determination.program import Determination
from isodose.determination.values import ABSENT, Coding, Value
from isodose.guideline.diagnoses import Row, Status, with_dot
from isodose.guideline.facts import Answerer, Fact, FactType
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
        return f"{_JUDGED[type(leaf.node)](determination, leaf, leaf.node)} ({found_by(leaf.judgement)})"
    if not isinstance(leaf.node, (InDiagnoses, Otherwise)) and determination.case.facts.get(fact_of(leaf)) is None:
        return _not_known(determination.guideline.facts[fact_of(leaf)])
    return _SAYS[type(leaf.node)](determination, leaf, leaf.node)


def found_by(judgement: Judgement) -> str:
    """Who judged, when and why, without a full stop."""
    return f"found by {judgement.by} on {judgement.on}: {judgement.why.rstrip('.')}"


def _not_known(fact: Fact) -> str:
    if fact.type is FactType.YES_NO:
        return f"it is not known whether {fact.values['yes']}"
    return f"the {_lower(fact.title)} is not known"


def _fact_and_value(determination: Determination, name: str) -> tuple[Fact, Value | None]:
    return determination.guideline.facts[name], determination.case.facts.get(name)


def _yes(determination: Determination, _: Finding, node: Yes) -> str:
    fact, value = _fact_and_value(determination, node.fact)
    return fact.absent if value is ABSENT else fact.values["yes" if value else "no"]


def _yes_judged(determination: Determination, leaf: Finding, node: Yes) -> str:
    return determination.guideline.facts[node.fact].values["yes" if leaf.truth is MET else "no"]


def _is(determination: Determination, _: Finding, node: Is) -> str:
    fact, value = _fact_and_value(determination, node.fact)
    return (
        fact.absent if value is ABSENT else fact.values.get(str(value), f"the {_lower(fact.title)} is {shown(value)}")
    )


def _is_judged(determination: Determination, leaf: Finding, node: Is) -> str:
    fact = determination.guideline.facts[node.fact]
    return fact.values[node.value] if leaf.truth is MET else f"the {_lower(fact.title)} is not `{node.value}`"


def _is_absent(determination: Determination, _: Finding, node: IsAbsent) -> str:
    fact, value = _fact_and_value(determination, node.fact)
    if value is ABSENT:
        return _absent(fact)
    return f"the {_lower(fact.title)} is {value_says(value, fact.unit)}"


def _is_absent_judged(determination: Determination, leaf: Finding, node: IsAbsent) -> str:
    fact = determination.guideline.facts[node.fact]
    return _absent(fact) if leaf.truth is MET else f"there is a {_lower(fact.title)}"


def _absent(fact: Fact) -> str:
    return fact.absent or f"there is no {_lower(fact.title)}"


def _compare(determination: Determination, leaf: Finding, node: Compare) -> str:
    fact, value = _fact_and_value(determination, node.fact)
    if value is ABSENT:
        return _absent(fact)
    return f"the {_lower(fact.title)} is {value_says(value, fact.unit)}, {_bound(fact, leaf, node)}"


def _compare_judged(determination: Determination, leaf: Finding, node: Compare) -> str:
    fact = determination.guideline.facts[node.fact]
    return f"the {_lower(fact.title)} is {_bound(fact, leaf, node)}"


def _bound(fact: Fact, leaf: Finding, node: Compare) -> str:
    signs = DATE_SIGNS if isinstance(node.bound, date) else SIGNS
    sign = signs[node.operator] if leaf.truth is MET else f"not {signs[node.operator]}"
    return f"{sign} {node.bound if isinstance(node.bound, date) else value_says(node.bound, fact.unit)}"


def _in_list(determination: Determination, leaf: Finding, node: InList) -> str:
    return list_says(determination, node.fact, [node.list_name], is_in=leaf.truth is MET)


def list_says(determination: Determination, name: str, lists: list[str], *, is_in: bool) -> str:
    """That a fact is in a list, or in none of some."""
    fact, value = _fact_and_value(determination, name)
    subject = f"{_lower(fact.title)} {_shown(value)}" if value is not None else _lower(fact.title)
    return f"the {subject} is {'' if is_in else 'not '}in the list {listed(lists)}"


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


def _diagnoses_judged(determination: Determination, leaf: Finding, node: InDiagnoses) -> str:
    """The code that was judged, where it is one alone."""
    fact = determination.guideline.facts[node.fact]
    belongs = fact.sets[node.target] if node.is_set else f"listed in {node.target}"
    judged = list(_rows(determination, node))
    if len(judged) == 1:
        return f"{with_dot(judged[0])} is {'' if leaf.truth is MET else 'not '}{belongs}"
    return f"{'a' if leaf.truth is MET else 'no'} diagnosis is {belongs}"


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

_JUDGED: Mapping[type, Callable[[Determination, Finding, Untyped], str]] = {
    Yes: _yes_judged,
    Is: _is_judged,
    IsAbsent: _is_absent_judged,
    Compare: _compare_judged,
    InList: _in_list,
    InDiagnoses: _diagnoses_judged,
}
