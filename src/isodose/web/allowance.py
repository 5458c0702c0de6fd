"""What strangers may ask of the open pages: each network has an allowance that fills up again by itself.

It is kept in the memory of each worker. Counting in the database would let who asks without end hold up those who write. Who is
signed in, and who signs in, takes nothing from it: no stranger can use it to shut somebody out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from isodose.web.sign_in.attempts import Pace, network_of

MOST_NETWORKS = 10_000
"""Whose allowance is remembered; beyond it, that of whoever asked longest ago is forgotten."""


@dataclass(slots=True)
class Allowances:
    """``left`` of each network as it was at a moment, whoever asked longest ago first."""

    pace: Pace
    left: dict[str, tuple[float, datetime]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def take(self, address: str, cost: float, now: datetime) -> timedelta | None:
        """Take what a visit costs from the network's allowance; if it is not there, after how long it will be."""
        network = network_of(address)
        with self.lock:
            left = self._left(network, now)
            enough = left >= cost
            self.left[network] = (left - cost if enough else left, now)
            if len(self.left) > MOST_NETWORKS:
                del self.left[next(iter(self.left))]
        return None if enough else timedelta(seconds=math.ceil((cost - left) / self.pace.each_second))

    def _left(self, network: str, now: datetime) -> float:
        left, then = self.left.pop(network, (self.pace.burst, now))
        return min(self.pace.burst, left + max(0.0, (now - then).total_seconds()) * self.pace.each_second)
