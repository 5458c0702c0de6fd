"""Authorizations by member, as the tables that lines meet: those of whom one was approved, those of several, and who asked for more.

A row of plain columns is met faster than a list, and most members have one authorization.
"""

# ruff: noqa: S608 - every text in the SQL is this module's own, or quoted by `text`
from __future__ import annotations

from isodose.claims.authorizations import Status
from isodose.claims.fits import CHOSEN
from isodose.compile.duckdb.sql import text


def _packed(*fields: str) -> str:
    """A value with these fields, each a column or `expression name`."""
    written = ", ".join(f"{field.rpartition(' ')[2]}: {field.rpartition(' ')[0] or field}" for field in fields)
    return f"{{{written}}}"


_FITTING = ("number", "on_claim", "since", "until", "ended", "npis", "services")
"""By these it is seen how one fits."""

_ORDERED = ("until", "number", "since", "from_date", "ended", "units", "npis", "services", "id", "on_claim")
"""All that is kept of one, in the order in which several are drawn from."""

_SHARED = f"""
select member, count(*) > 1 as several from isodose_authorizations where status = {text(Status.APPROVED)} group by member
"""

_APPROVED = f"isodose_authorizations join ({_SHARED}) using (member) where status = {text(Status.APPROVED)}"

_ALONE = f"select member, {', '.join(dict.fromkeys((*_FITTING, *CHOSEN)))} from {_APPROVED} and not several"


def _of_each(*fields: str) -> str:
    """Of each of several the same."""
    return f"list_transform(approved, lambda one: {_packed(*(f'one.{field} {field}' for field in fields))})"


_SEVERAL = f"""
select member, {_of_each(*_FITTING)} as fitting, {", ".join(f"[one.{field} for one in approved] as {field}" for field in CHOSEN)}
from (select member, list_sort(list({_packed(*_ORDERED)})) as approved from {_APPROVED} and several group by member)
"""
"""Members of several, in the order in which they are drawn from. What is asked of one once it is chosen stands in lists of its own."""


def _listed(status: Status, *fields: str) -> str:
    """A member's requests of one status, in the order of the fields; null if there are none."""
    return f"list_sort(list({_packed(*fields)}) filter (status = {text(status)}))"


_LATEST = "-datediff('day', date '2000-01-01', decided) latest"

_REQUESTS = f"""
select member, {_listed(Status.PENDING, "number", "services")} as pending,
    {_listed(Status.DENIED, _LATEST, "number", "services", "decided")} as denied
from isodose_authorizations where status <> {text(Status.APPROVED)} group by member
"""
"""One row for each member who asked for something that is not answered yet, or was denied: the latest first. Few lines look there."""

BY_MEMBER = {"isodose_alone": _ALONE, "isodose_several": _SEVERAL, "isodose_requests": _REQUESTS}
"""The tables over ``isodose_authorizations``, a query each."""
