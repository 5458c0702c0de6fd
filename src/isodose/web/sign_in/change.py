"""Another password, by who is signed in and knows the one that holds."""

from __future__ import annotations

from datetime import datetime

from isodose.store.accounts import change_account
from isodose.store.attempts import begin_attempt, forget_failures
from isodose.web.sign_in.attempts import subjects_of_old_password
from isodose.web.sign_in.enter import Door, Refused, new_password_problems, with_password
from isodose.web.sign_in.password import is_right
from isodose.web.sign_in.visit import Visitor


def change_password(door: Door, visitor: Visitor, old: str, new: str, now: datetime) -> Refused | list[str]:
    """``Refused`` if the old one is not right, else all that is wrong with the new one; if nothing is, it holds from now on.

    All other sessions of the account end. Whoever sits down at a screen that was left open cannot guess without end.
    """
    account = visitor.account
    subjects = subjects_of_old_password(account.name)
    if until := begin_attempt(door.database, subjects.slowing, now):
        return Refused(until)
    if not is_right(account.password, old, door.policy.cost):
        return Refused()
    forget_failures(door.database, subjects.own)
    if problems := new_password_problems(door.policy, account, new):
        return problems
    after = with_password(account, new, door.policy)
    change_account(door.database, account, after, account.name, now, keep=visitor.session.token_sha256)
    return []
