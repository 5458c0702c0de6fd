"""A program that appends without end, and says each thing that is stored: to be killed.

`writer.py WHERE NAME [POINT]`. With POINT it kills itself before its statement of that number, the last ones being the
commit and the answer.
"""

import os
import signal
import sys
from itertools import count

from sqlalchemy import event as hooks
from tests.store.events import event, with_document

from isodose.store.document import Document
from isodose.store.head import Head
from isodose.store.record import Record, open_record


def main(where: str, name: str, point: str = "") -> None:
    record = open_record(where)
    if point:
        die_at(record, int(point))
    print("ready", flush=True)
    for number in count(1):
        submit(record, f"{name}-{number}")


def submit(record: Record, request: str) -> None:
    """A submission of three events with a document of several pages, then an answer."""
    document = Document("text/plain", request.encode() * 3000)
    events = [with_document(document), event("determined"), event("decided")]
    record.append(request, 0, events, [document], key=request, content=f"content of {request}", head=Head("decided"))
    print(f"{request} 3", flush=True)
    record.append(request, 3, [event("amended")], head=Head("amended"))
    print(f"{request} 4", flush=True)


def die_at(record: Record, point: int) -> None:
    """Every statement, the commit, and the moment after it is a point."""
    points = count(1)

    def pass_by(*_: object) -> None:
        if next(points) == point:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "commit", "checkin"):
        hooks.listen(record.database.engine.pool if moment == "checkin" else record.database.engine, moment, pass_by)


if __name__ == "__main__":
    main(*sys.argv[1:])
