"""What pages work with: made once when the server starts, and never changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from isodose.desk.days import day_of
from isodose.desk.office import Office
from isodose.desk.policy import DeskPolicy
from isodose.determination.program import Program
from isodose.guideline.guideline import Guideline
from isodose.letters.sending import Sender
from isodose.letters.waiting import Waiting
from isodose.store.database import Database
from isodose.web.sign_in.enter import Door
from isodose.web.sign_in.policy import Policy


@dataclass(frozen=True, slots=True)
class Services:
    """``clock`` gives the moment, in UTC and whole milliseconds; nothing else in `web` asks what time it is.

    ``settings`` are those of the installation as they are shown. ``sign_in`` is how sign-in is held. ``is_demo`` shows the sign-ins on the page. Without ``letters``
    none are written: the plan has not said its names and addresses; ``sender`` sends them.
    """

    office: Office
    settings: Mapping[str, str]
    clock: Callable[[], datetime]
    sign_in: Policy
    is_demo: bool = False
    is_https: bool = False
    letters: Waiting | None = None
    sender: Sender | None = None

    @property
    def database(self) -> Database:
        return self.office.record.database

    @property
    def door(self) -> Door:
        return Door(self.database, self.sign_in)

    @property
    def program(self) -> Program:
        return self.office.program

    @property
    def guideline(self) -> Guideline:
        return self.office.program.guideline

    @property
    def policy(self) -> DeskPolicy:
        return self.office.policy

    def today(self) -> date:
        """The day on the plan's clock."""
        return day_of(self.clock(), self.policy.zone)
