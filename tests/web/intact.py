"""What must hold of a record whose server was killed: looked at where something came since the last look, or all of it anew."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from tests.web.errands import Book

from isodose.desk.authorization_fold import of_line
from isodose.desk.case import Case
from isodose.desk.head import head_by
from isodose.desk.policy import DeskPolicy
from isodose.desk.state import State
from isodose.store.document import named_by
from isodose.store.event import Event, Stored
from isodose.store.find import by_number
from isodose.store.rebuild import differing
from isodose.store.record import Record, open_record
from isodose.store.verify import verify

HEAD_OF = head_by(DeskPolicy())
WORD = re.compile(r"\bw-[0-9]+-end\b")
"""The words of the book whose prefix is `w`."""


@dataclass
class Look:
    """What has been seen: events up to a position, how often each word stands in events of a kind, whose each number is."""

    where: str
    position: int = 0
    words: Counter[tuple[str, str]] = field(default_factory=Counter)
    numbers: dict[str, str] = field(default_factory=dict)

    def expect_all_there(self, book: Book, *, whole: bool = False) -> None:
        """What was acknowledged is there once, what was not is there once or not at all, and all of it is whole."""
        with closing(open_record(self.where)) as record:
            if whole:
                self.position, self.words, self.numbers = 0, Counter(), {}
                _expect_as_stored(record)
            new = list(self._new(record))
            for stored in new:
                self._note(record, stored.event)
            for chain in record.histories({stored.request for stored in new}).values():
                self._expect_whole(record, chain)
        for errand in (*book.done, *book.unanswered):
            times = self.words[errand.do.value, errand.word] if errand.word else 1
            assert times == 1 or (times == 0 and errand in book.unanswered), f"{times} times: {errand}"

    def _new(self, record: Record) -> Iterator[Stored]:
        """Every event after the last look, as it was stored."""
        while page := record.since(self.position):
            self.position = page[-1][0]
            yield from (stored for _, stored in page)

    def _note(self, record: Record, event: Event) -> None:
        """The event's words; its documents can be read."""
        self.words.update((event.kind, word) for word in WORD.findall(json.dumps(event.facts)))
        for sha256 in named_by(event):
            record.document(sha256)

    def _expect_whole(self, record: Record, chain: Sequence[Stored]) -> None:
        """A request of which something is new: its chain holds, its head is what its events say, its numbers are its own."""
        case, head = Case.of(chain), HEAD_OF(chain)
        found = by_number(record.database, case.tracking)
        assert found is not None, f"{case.tracking} has no head"
        assert found.number == len(chain), case.tracking
        assert found.head == replace(head, authorizations=tuple(sorted(head.authorizations))), case.tracking
        assert case.request.standing.place not in (State.DRAFT, State.SUBMITTED), f"{case.tracking} is half there"
        numbers = _authorizations(case)
        assert len(numbers) == len(set(numbers)), f"{case.tracking}: an authorization's number was given twice"
        for number in numbers:
            assert self.numbers.setdefault(number, case.tracking) == case.tracking, f"{number} was given twice"


def _expect_as_stored(record: Record) -> None:
    said = verify(record)
    assert said.holds, [*map(str, said.faults), *said.others]
    assert differing(record.database, HEAD_OF) == []


def _authorizations(case: Case) -> list[str]:
    lines = [line.number for line in case.request.lines if of_line(case.request.authorizations, line.number)]
    return [number for line in lines if (number := case.authorization(line))]
