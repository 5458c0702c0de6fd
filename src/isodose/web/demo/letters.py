"""Letters of the demonstration: a plan whose addresses are made up, and letters dated with the day of what they tell."""

from __future__ import annotations

from datetime import timedelta

from isodose.desk.office import Office
from isodose.letters.plan import Plan
from isodose.letters.waiting import Waiting
from isodose.letters.writing import Writer
from isodose.web.demo.fill import DAYS

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
    return Waiting(
        Writer(office, PLAN), when=lambda case, now: case.request.last or now, look_back=timedelta(days=DAYS + 2)
    )
