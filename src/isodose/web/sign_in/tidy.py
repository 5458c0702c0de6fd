"""Taking away what signing in leaves behind: sessions that are over, and failures that count no more. Run it now and then."""

from __future__ import annotations

from datetime import datetime

from isodose.store.attempts import forget_failures_before
from isodose.store.sessions import forget_sessions
from isodose.web.sign_in.attempts import OF_A_NETWORK, OF_AN_ACCOUNT
from isodose.web.sign_in.enter import Door


def tidy(door: Door, now: datetime) -> None:
    """Nothing that is asked for afterwards gets another answer."""
    policy = door.policy
    unused = max(policy.idle, policy.unfinished)
    forget_sessions(door.database, started_before=now - policy.longest, seen_before=now - unused)
    forget_failures_before(door.database, now - max(OF_AN_ACCOUNT.quiet, OF_A_NETWORK.quiet))
