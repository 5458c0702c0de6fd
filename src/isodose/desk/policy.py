"""What the plan sets for its desk; one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

CONNECTICUT = ZoneInfo("America/New_York")


@dataclass(frozen=True, slots=True)
class DeskPolicy:
    """``zone`` is the plan's clock, ``expertise`` the fields of medicine that fit the guideline's service.

    ``attested`` names facts for which the requester's word is enough; every other fact that names evidence is to be
    documented. ``longest_hold`` is how long a reviewer may take a case for. ``second_look`` is how many of a thousand cases
    a second person looks at. ``salt`` keeps who is drawn from being foretold.
    """

    zone: ZoneInfo = CONNECTICUT
    expertise: frozenset[str] = frozenset({"radiation oncology"})
    attested: frozenset[str] = frozenset()
    longest_hold: timedelta = timedelta(hours=1)
    second_look: int = 50
    salt: str = field(default="", repr=False)
