"""What stands around a guideline and is looked at before it: who decides, since when authorization is asked for, which rules apply.

Dated data with their source, as the plan's ``around.yaml`` states them; what follows for a member is the desk's (``desk/around.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from isodose.guideline.tree import Period

AROUND = "around.yaml"
"""The file beside the editions; a guideline with nothing around it has none."""


@dataclass(frozen=True, slots=True)
class Delegate:
    """Who decides for members whose primary care is with a group. The plan answers for the clock all the same."""

    name: str
    groups: frozenset[str]
    during: Period
    source: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """Since when the guideline asks for authorization; courses that had begun by then are not touched."""

    since: date
    source: str


@dataclass(frozen=True, slots=True)
class Integrated:
    """A product for members of Medicare and Medicaid whose integrated plan follows rules of its own, which are not held here."""

    product: str
    during: Period
    source: str


@dataclass(frozen=True, slots=True)
class Around:
    """What the plan has arranged; a change is a new row with its dates."""

    begins: Beginning | None = None
    delegates: tuple[Delegate, ...] = ()
    integrated: tuple[Integrated, ...] = ()


NOTHING = Around()
