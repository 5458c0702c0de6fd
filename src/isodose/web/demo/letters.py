"""Letters of the demonstration: a plan whose addresses are made up, and letters dated with the day of what they tell."""

from __future__ import annotations

from datetime import datetime, timedelta

from isodose.desk.case import Case
from isodose.desk.office import Office
from isodose.letters.plan import Plan
from isodose.letters.sending import Sender
from isodose.letters.waiting import Waiting
from isodose.letters.writing import Writer
from isodose.web.demo.fill import DAYS

_ALL = timedelta(days=DAYS + 2)

PLAN = Plan(
    name="CarePartners of Connecticut",
    address=("Demonstration: not the plan’s own letter", "1 Example Plaza", "Hartford, CT 06103"),
    phone="1-800-555-0100",
    tty="711",
    hours="8 a.m. to 8 p.m., seven days a week",
    fax="857-304-6463",
    appeals_address=("Appeals and Grievances", "PO Box 100", "Hartford, CT 06103"),
    appeals_fax="1-800-555-0101",
    fast_appeals_phone="1-800-555-0102",
    fast_appeals_fax="1-800-555-0103",
    peer_to_peer_phone="1-800-555-0104",
    website="plan.example/requests",
    services={"imrt": "Intensity-modulated radiation therapy (IMRT), a kind of radiation treatment"},
)


def letters(office: Office) -> Waiting:
    """As if each had been written as soon as the request had moved last: its days are 60 days of the past."""
    return Waiting(Writer(office, PLAN), when=_as_it_moved, look_back=_ALL)


def sender(office: Office) -> Sender:
    """As if each had been sent then, too: into a folder beside the demonstration's database, from which nobody prints."""
    file = office.record.database.file
    folder = file.with_name("outbox") if file else None
    if folder:
        folder.mkdir(exist_ok=True)
    return Sender(office, folder, when=_as_it_moved, look_back=_ALL)


def _as_it_moved(case: Case, now: datetime) -> datetime:
    return case.request.last or now
