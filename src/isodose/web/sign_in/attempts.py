"""Slowing down who guesses, or who asks without end, so that nobody can shut out somebody else.

Failures count for an account from one network, and for the network over all accounts; never for the account alone, which any
stranger could block. A browser that has signed in before counts for itself, so guesses from elsewhere do not touch it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from isodose.store.attempts import Failures
from isodose.store.event import canonical

_PREFIX = 64
"""What of an IPv6 address is given to one customer: all below it is one network."""


@dataclass(frozen=True, slots=True)
class Doubling:
    """``free`` failures cost nothing; then each next one doubles the wait, from a second to ``longest``. A quiet day clears them."""

    free: int
    longest: timedelta = timedelta(minutes=15)
    first: timedelta = timedelta(seconds=1)
    quiet: timedelta = timedelta(days=1)

    def counted(self, failures: Failures, now: datetime) -> int:
        return failures.count if now - failures.last < self.quiet else 0

    def next_try(self, failures: Failures) -> datetime:
        beyond = failures.count - self.free
        if beyond < 0:
            return failures.last
        doublings = min(beyond, (self.longest // self.first).bit_length())
        return failures.last + min(self.first * (1 << doublings), self.longest)


OF_AN_ACCOUNT = Doubling(free=5)
OF_A_NETWORK = Doubling(free=50)
"""A clinic with many people is often one address."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How much a network may ask of the open pages: at most ``burst`` at once, and ``each_second`` from then on."""

    burst: float
    each_second: float


OF_STRANGERS = Pace(burst=240, each_second=4)
"""Of a network from which nobody is signed in. A clinic is often one address, and a form that is filled in asks at each answer."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """What an attempt counts on: its ``own`` is forgotten once it succeeds; what it shares with others is not."""

    own: str
    shared: str | None = None

    @property
    def slowing(self) -> Mapping[str, Doubling]:
        shared = {self.shared: OF_A_NETWORK} if self.shared else {}
        return {self.own: OF_AN_ACCOUNT, **shared}


def subjects_of_password(name: str, address: str, known_device: str | None) -> Subjects:
    """``name`` as it was typed, whether or not there is such an account."""
    if known_device:
        return Subjects(_subject("device", name, known_device))
    network = network_of(address)
    return Subjects(_subject("account", name, network), _subject("network", network))


def subjects_of_code(name: str, known_device: str | None) -> Subjects:
    """Who gives a code has given the password, so here the account may count; a known browser still counts for itself."""
    return Subjects(_subject("code", name, known_device or ""))


def subjects_of_old_password(name: str) -> Subjects:
    """Who gives it to choose another is signed in."""
    return Subjects(_subject("old password", name))


def network_of(address: str) -> str:
    """The part of an address that one customer holds; what is no address stands for itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found) >> _PREFIX << _PREFIX, _PREFIX)))


def _subject(*parts: str) -> str:
    """Hashed: what people type for a name may be anything, a password too."""
    text = [part.encode("utf-8", "replace").decode() for part in parts]
    return hashlib.sha256(canonical(text)).hexdigest()
