"""A case on the desk, with what its pages and its acts ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from isodose.desk.around import arrival_day, delegate_of, delegates_on, forwarded_by, who_decides
from isodose.desk.case import Case
from isodose.desk.determined import Answers, determined
from isodose.desk.qualification import Qualification
from isodose.desk.request import Request
from isodose.desk.transitions import Do, step
from isodose.determination.request import ShapeError
from isodose.guideline.around import Around, Delegate
from isodose.store.accounts import Account, all_accounts
from isodose.store.seen import opened_documents
from isodose.web.reviewer.desk.blind import before_review, is_to_look
from isodose.web.show import capital
from isodose.web.sign_in.physician import qualification_from
from isodose.web.summary import member_of
from isodose.web.visit import Visit


@dataclass(frozen=True)
class Desk:
    """Who sits at the desk, and the case that lies on it."""

    visit: Visit
    case: Case

    @property
    def request(self) -> Request:
        return self.case.request

    @property
    def path(self) -> str:
        """The address of the case's page."""
        return f"/case/{self.case.tracking}"

    @property
    def today(self) -> date:
        return self.visit.services.today()

    @cached_property
    def is_blind(self) -> bool:
        """Whether the visitor is to look at the case without knowing how it was decided."""
        return is_to_look(self.case, self.visit.by, self.visit.services.policy)

    @cached_property
    def shown(self) -> Case:
        """The case as the visitor may see it."""
        return before_review(self.case) if self.is_blind else self.case

    @cached_property
    def answers(self) -> Answers | ShapeError:
        """The determination of each line as the request is shown, with what reviewers judged and disputed."""
        services = self.visit.services
        return determined(self.shown.request, services.program, self.visit.now, services.policy)

    @property
    def determinations(self) -> Answers:
        """The same; none where what was sent cannot be read."""
        return () if isinstance(self.answers, ShapeError) else self.answers

    @cached_property
    def accounts(self) -> Mapping[str, Account]:
        return {one.name: one for one in all_accounts(self.visit.services.database)}

    def named(self, account: str) -> str:
        """Somebody as people know them."""
        found = self.accounts.get(account)
        return found.display_name if found else "the system" if account == "system" else account

    @property
    def other_holder(self) -> str:
        """Who else has taken the case; empty if nobody has."""
        holder = self.request.held_by(self.visit.now)
        return holder if holder and holder != self.visit.by.account else ""

    @cached_property
    def group(self) -> str | None:
        """The member's primary care group on the roster; None if it tells none."""
        found = member_of(self.request, self.visit.services.database)
        return found.group if found else None

    @property
    def who_decides(self) -> str:
        """Whether the plan decides for this member, or a delegate, as far as the roster tells."""
        if self.request.delegate:
            return f"{self.request.delegate} has it; the clock runs on and is the plan's"
        return capital(who_decides(self.group, self._arrived, self._around))

    @property
    def delegates(self) -> tuple[Delegate, ...]:
        """Who decides for some members, on the day on which the request arrived."""
        return delegates_on(self._arrived, self._around)

    @property
    def delegate(self) -> Delegate | None:
        """Who decides for this member in the plan's stead, as the roster has it."""
        return delegate_of(self.group, self._arrived, self._around)

    @property
    def pass_on_by(self) -> datetime:
        """Until when a delegate's request is passed on."""
        assert self.request.clock is not None, "a clock runs from the submission on"
        return forwarded_by(self.request.clock.first, self.visit.services.policy.zone)

    @property
    def _arrived(self) -> date:
        return arrival_day(self.request, self.visit.services.policy.zone)

    @property
    def _around(self) -> Around:
        return self.visit.services.guideline.around

    @property
    def may_mark(self) -> bool:
        """Whether the visitor may mark passages, as the request stands."""
        return step(self.request.standing, Do.MARK, self.visit.by.role) is not None

    @cached_property
    def opened(self) -> frozenset[str]:
        """The documents of the case that the visitor has opened."""
        return opened_documents(self.visit.services.database, self.case.tracking, self.visit.by.account)

    @cached_property
    def qualification(self) -> Qualification | None:
        """What the plan has on record of the visitor as a physician."""
        assert self.visit.account is not None, "the route's right takes an account"
        return qualification_from(self.visit.account.qualification)
