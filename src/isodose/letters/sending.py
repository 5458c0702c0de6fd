"""Letters sent: each goes its way until there is a proof that it was delivered, which is then recorded with its request."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from isodose.desk.case import Case
from isodose.desk.delivered import Delivered, deliveries_in
from isodose.desk.fold import ImpossibleHistoryError
from isodose.desk.office import Office
from isodose.desk.transitions import Do
from isodose.desk.written import letter_from
from isodose.letters.folder import FolderError, put
from isodose.letters.kind import Reader
from isodose.letters.outbox import Channel, next_try, way_to
from isodose.letters.waiting import LOOK_BACK
from isodose.store.accounts import all_accounts
from isodose.store.database import Database
from isodose.store.errors import DamagedError, StaleError, StoreError, UnavailableError
from isodose.store.event import Stored, instant_text, whole_milliseconds
from isodose.store.outbox import Parcel, Way, claim, due, let_lie, opened, put_out, set_done, set_failed, unlisted
from isodose.store.practices import find_practice

CLAIMED = timedelta(minutes=10)
"""How long a try keeps others from trying: who was stopped in it is followed after that."""

ALL = 1_000_000
"""Letters in the portal that are looked at in a round: those that are new, or were opened since."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a round did: how many letters are new in the outbox, how many were ``delivered``, and what failed, with why."""

    listed: int
    delivered: int
    failed: tuple[tuple[Parcel, str], ...]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a plan's letters. Without a ``folder`` those that are to be printed or faxed wait.

    ``when`` gives the moment that a delivery is dated with; ``look_back`` is how old a letter may be that is not listed yet.
    """

    office: Office
    folder: Path | None = None
    when: Callable[[Case, datetime], datetime] = lambda _, now: now
    look_back: timedelta = LOOK_BACK

    def round(self, now: datetime, since: datetime | None = None) -> Sent:
        """List what was written, send what is due, and record what was opened. ``since`` is how far back to look for what was written.

        Any number of programs may do it at once. Raises ``UnavailableError``.
        """
        now = whole_milliseconds(now)
        listed = self._list(now, since or now - self.look_back)
        delivered, failed = self._opened(now), list[tuple[Parcel, str]]()
        while self.folder and (ways := due(self._database, now, (Channel.FOLDER,))):
            for way in ways:
                if claim(self._database, way, now + CLAIMED):
                    problem = self._try(way, now, self.folder)
                    delivered += not problem
                    failed += [(way.parcel, problem)] if problem else []
        return Sent(listed, delivered, tuple(failed))

    @property
    def _database(self) -> Database:
        return self.office.record.database

    def _list(self, now: datetime, since: datetime) -> int:
        """What was written goes on its way; of what was delivered already the outbox is told so."""
        requests: dict[str, list[int]] = {}
        for request, number in unlisted(self._database, Do.WRITE_LETTER, since):
            requests.setdefault(request, []).append(number)
        return sum(put_out(self._database, self._ways(request, numbers, now)) for request, numbers in requests.items())

    def _ways(self, request: str, numbers: list[int], now: datetime) -> list[Way]:
        """None of a request that cannot be read; `isodose audit verify` tells of it."""
        try:
            case = self._case(request)
            done = {number: told for number, told in deliveries_in(case.history).items() if number in numbers}
            parcels = [self._parcel(case, number, now) for number in numbers]
        except (DamagedError, ImpossibleHistoryError):
            return []
        return [_way(parcel, done.get(parcel.letter)) for parcel in parcels]

    def _parcel(self, case: Case, number: int, now: datetime) -> Parcel:
        event = case.history[number - 1].event
        letter, practice = letter_from(event), case.request.asked_by.practice
        has_accounts = any(not one.disabled for one in all_accounts(self._database, practice)) if practice else False
        found = find_practice(self._database, practice, now) if practice else None
        channel, place = way_to(Reader(letter.reader), found, has_accounts=has_accounts)
        return Parcel(case.tracking, number, letter.reader, channel.value, place, letter.sha256, event.at)

    def _try(self, way: Way, now: datetime, folder: Path) -> str:
        """What kept a letter from its place, in words; empty once it is there, and recorded. Raises ``UnavailableError``."""
        parcel = way.parcel
        try:
            proof = put(folder, parcel, self.office.record.document(parcel.sha256).content)
            self._delivered(parcel, proof, now)
        except UnavailableError:
            raise
        except (FolderError, StoreError, ImpossibleHistoryError) as error:
            set_failed(self._database, parcel, str(error), next_try(way.tries + 1, now))
            return str(error)
        return ""

    def _opened(self, now: datetime) -> int:
        """What its practice has opened in the portal is delivered; how many. What moves meanwhile is looked at in the next round."""
        delivered = 0
        waiting = due(self._database, now, (Channel.PORTAL,), most=ALL)
        found = opened(self._database, now)
        let_lie(self._database, [way for way in waiting if way.parcel not in {one.way.parcel for one in found}])
        for one in found:
            did = "downloaded" if one.took else "opened"
            with suppress(StaleError, DamagedError, ImpossibleHistoryError):
                self._delivered(one.way.parcel, f"{did} by {one.account} at {instant_text(one.at)}", now)
                delivered += 1
        return delivered

    def _delivered(self, parcel: Parcel, proof: str, now: datetime) -> None:
        """Recorded with its request first, then in the outbox: between the two it is only tried again. Raises ``StaleError``."""
        delivered = Delivered(parcel.letter, parcel.channel, proof)
        try:
            at = self._record(parcel, delivered, now)
        except StaleError:  # it moved as it was recorded
            at = self._record(parcel, delivered, now)
        set_done(self._database, parcel, at, proof)

    def _record(self, parcel: Parcel, delivered: Delivered, now: datetime) -> datetime:
        case = self._case(parcel.request)
        at = max(self.when(case, now), case.request.last or now)
        stored, _ = deliveries_in(self.office.keep_delivery(case, delivered, at).history)[parcel.letter]
        return stored.event.at

    def _case(self, request: str) -> Case:
        case = self.office.case(request)
        assert case is not None, "a letter is an event of its request"
        return case


def _way(parcel: Parcel, done: tuple[Stored, Delivered] | None) -> Way:
    if done is None:
        return Way(parcel, next=parcel.made)
    stored, delivered = done
    return Way(parcel, 1, done=stored.event.at, proof=delivered.proof)
