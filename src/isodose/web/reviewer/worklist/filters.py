"""Filters of the worklist: whose cases, of which practice, due within how many hours. Each may be saved under a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from isodose.store.find import Wanted
from isodose.store.preferences import preferences_of
from isodose.web.reviewer.worklist.tabs import Tab, tab_named
from isodose.web.visit import Visit

SAVED = "worklist filter: "
"""What stands before a saved filter's name among the preferences."""

LONGEST_NAME = 60

LONGEST_WAIT = timedelta(days=29)
"""No open request has its deadline later: 14 days by the rule of old, 14 more by extensions, and the day it came."""

WHOSE = {"": "Everybody's", "mine": "Mine", "free": "Nobody's"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for: the tab, whose (`mine`, `free`, or everybody's), of a practice, due within some hours."""

    tab: Tab = Tab.REVIEW
    whose: str = ""
    practice: str = ""
    within: int | None = None

    @property
    def is_narrow(self) -> bool:
        return bool(self.whose or self.practice or self.within)

    def query(self, **more: str) -> str:
        """The filter as an address holds it; nothing of a patient is in it."""
        within = str(self.within) if self.within else ""
        named = {"tab": self.tab.value, "whose": self.whose, "practice": self.practice, "within": within, **more}
        return urlencode({name: value for name, value in named.items() if value})

    def wanted(self, visit: Visit, states: tuple[str, ...]) -> Wanted:
        """The same as heads are asked for."""
        until = timedelta(hours=self.within) if self.within else LONGEST_WAIT
        return Wanted(
            states,
            self.practice or None,
            assigned=visit.by.account if self.whose == "mine" else None,
            unassigned=self.whose == "free",
            due_before=visit.now + until,
        )


def filter_from(values: Mapping[str, str]) -> Filter:
    """The filter of an address or a form; what cannot be one is left out."""
    whose, within = values.get("whose", ""), values.get("within", "")
    hours = int(within) if within.isascii() and within.isdigit() and 0 < len(within) < 4 else 0  # noqa: PLR2004
    return Filter(
        tab_named(values.get("tab", "")),
        whose if whose in WHOSE else "",
        values.get("practice", "")[:100],
        hours or None,
    )


@dataclass(frozen=True, slots=True)
class Saved:
    """A filter under a name."""

    name: str
    query: str


def saved_filters(visit: Visit) -> tuple[Saved, ...]:
    return tuple(_saved(visit))


def _saved(visit: Visit) -> Iterator[Saved]:
    for name, value in preferences_of(visit.services.database, visit.by.account).items():
        if name.startswith(SAVED) and isinstance(value, Mapping):
            told = {part: str(said) for part, said in value.items()}
            yield Saved(name.removeprefix(SAVED), filter_from(told).query())
