"""What a tree asks of a case, in yes-or-no questions: the leaves of every compiled form, before any engine is chosen."""

from __future__ import annotations

from isodose.compile.expression import Boolean, Trait, node
from isodose.guideline.tree import Compare, InList, Is, IsAbsent, Period, Yes


@node
class Known(Boolean):
    """The fact has a value, be it ``absent``."""

    fact: str


@node
class Holds(Boolean):
    """What a leaf asks holds for the fact's value; not so if there is none. The leaf is without its phrase and period."""

    leaf: Yes | Is | IsAbsent | Compare | InList


@node
class Within(Boolean):
    """The date of service lies within the period."""

    period: Period


@node
class OfIllness(Boolean):
    """One thing that the diagnosis codes say."""

    trait: Trait


@node
class LeftOut(Boolean):
    """A proof looks at the edition as if the clause were met in no case, and no case were open by it."""

    clause: str


Atom = Known | Holds | Within | OfIllness | LeftOut
