"""An office that takes requests and answers without end, and says each thing that is done: to be killed.

`writer.py WHERE NAME [POINT]`, as `tests/store/writer.py`.
"""

import sys
from itertools import count

from tests.desk.at_the_office import PROVEN, SCAN, moved, office_of, submitted, unproven
from tests.desk.people import PRACTICE
from tests.store.writer import die_at

from isodose.desk.acts import Send
from isodose.desk.case import Case
from isodose.desk.office import Office, Sent
from isodose.desk.transitions import Do
from isodose.store.record import open_record


def main(where: str, name: str, point: str = "") -> None:
    record = open_record(where)
    office = office_of(record, seed=int(name))
    if point:
        die_at(record, int(point))
    print("ready", flush=True)
    for number in count(1):
        done = requested(office, f"{name}-{number}")
        print(f"{done.tracking} 2", flush=True)
        answered(office, done, f"{name}-{number}")
        print(f"{done.tracking} 4", flush=True)


def requested(office: Office, name: str) -> Case:
    """A request with a document, which asks for its passages."""
    return submitted(office, unproven(name), sent=Sent((SCAN,), name))


def answered(office: Office, case: Case, name: str) -> Case:
    """The passages, which approve it."""
    return moved(office, case, Send(Do.ANSWER, evidence=PROVEN), PRACTICE, sent=Sent(key=f"{name} answer"))


if __name__ == "__main__":
    main(*sys.argv[1:])
