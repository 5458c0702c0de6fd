"""No clause is idle: each is met, or lists a code, in some case that would be answered otherwise if it were not so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from isodose.compile.z3.terms import YES, Z3
from isodose.determination.words import name_of
from isodose.guideline.edition import Clause
from isodose.proof.difference.changed import Alive, change_says, changed, changed_among, decided_example
from isodose.proof.finding import Finding
from isodose.proof.limit import Limit
from isodose.proof.made import Made
from isodose.proof.ruling import Ruling
from isodose.proof.shows import finds
from isodose.proof.variant import Variant
from isodose.proof.words import told


def idle_clauses(ruling: Ruling, limit: Limit, made: Made) -> Iterator[tuple[str, Alive | Finding | None]]:
    """Each clause that the ladder looks at, with a case that it changes; None if that was not settled within the limit."""
    for clause in ruling.reached:
        yield clause.id, limit.within(partial(_clause, ruling, clause), partial(_tried, ruling, made, clause))


def _clause(ruling: Ruling, clause: Clause) -> Alive | Finding:
    for variant, claim, otherwise in _ways(ruling, clause):
        row = changed(ruling, variant, claim)
        if row is not None:
            return Alive(name_of(clause), clause.id, row, change_says(ruling, variant, row, otherwise))
    return _idle(ruling, clause)


def _tried(ruling: Ruling, made: Made, clause: Clause) -> Alive | None:
    """What cases that are made from the rules show: where none does, nothing is found."""
    if clause.id not in ruling.referred:
        return None
    variant = ruling.without_clause(clause)
    row = changed_among(ruling, variant, made.for_clause(clause))
    if row is None:
        return None
    return Alive(name_of(clause), clause.id, row, change_says(ruling, variant, row, _unmet_says(clause)))


def _unmet_says(clause: Clause) -> str:
    return f"if it {'did not apply' if clause.kind == 'limitation' else 'were not met'}"


def _ways(ruling: Ruling, clause: Clause) -> Iterator[tuple[Variant, Z3, str]]:
    """How a clause can matter: by being met, by the codes that it lists; each with the words for it."""
    if clause.id in ruling.referred:
        yield ruling.without_clause(clause), ruling.formula(ruling.clause(clause).true), _unmet_says(clause)
    if clause.id in ruling.looked_at:
        yield ruling.without_codes(clause), YES, "were the code not listed there"


def _idle(ruling: Ruling, clause: Clause) -> Finding:
    rails = ruling.clause(clause)
    row = decided_example(ruling, ruling.formula(rails.true), partial(finds, ruling, clause))
    if row is not None:
        message = f"{name_of(clause)} changes no answer: every case is answered as if it were not there"
        return told(ruling, "idle", clause, message, row)
    verb = "apply" if clause.kind == "limitation" else "be met"
    is_judged = ruling.search.is_possible(ruling.formula(rails.unknown), ruling.all_known(clause.rule))
    more = ": only a reviewer can settle it" if is_judged else ""
    return told(ruling, "idle", clause, f"{name_of(clause)} can never surely {verb}, whatever is stated{more}")
