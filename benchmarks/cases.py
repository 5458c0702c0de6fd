"""Made-up IMRT requests under the edition of 2025-10-01, as a practice would send them: most are complete, some are not.

Codes are written in one way (upper case, with the dot), because reading them is not what is compared.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from isodose.determination.program import Program
from isodose.guideline.outcome import Outcome

Row = dict[str, object]

RELEASE = Path(__file__).parents[1] / "content" / "icd10cm" / "2026-04.csv.gz"
FIRST, LAST = date(2025, 10, 1), date(2026, 12, 31)
DELIVERY_UNTIL_2025 = ("77385", "77386", "G6015", "G6016")
DELIVERY_SINCE_2026 = ("77407", "77412")
OTHER_CODES = ("77301", "77338", "77387", "77402", "99213")
BESIDE_A_TUMOR = ("Z51.0", "Z51.11", "Z51.5", "Z85.3", "Z92.3", "G89.3", "E11.9", "I10")
METASTASES = ("C79.31", "C79.51", "C78.01", "C77.5")


def cases(program: Program, count: int, seed: int) -> list[Row]:
    """Cases of the published edition. Those that Isodose calls invalid are left out: a rules engine checks no codes."""
    random = Random(seed)  # noqa: S311
    kept: list[Row] = []
    while len(kept) < count:
        row = _case(random)
        if program.determine(row).outcome is not Outcome.INVALID:
            kept.append(row)
    return kept


def _case(random: Random) -> Row:
    def often(percent: int) -> bool:
        return random.randrange(100) < percent

    service = FIRST + timedelta(random.randrange((LAST - FIRST).days + 1))
    delivery = DELIVERY_SINCE_2026 if service.year > FIRST.year else DELIVERY_UNTIL_2025
    years = random.choice((random.uniform(0, 95), random.uniform(50, 90), random.uniform(16, 23)))
    row: Row = {
        "date_of_service": str(service),
        "member_birth_date": str(service - timedelta(years * 365.25)),
        "product": random.choice(("ma-hmo", "ma-ppo")) if often(95) else "commercial",
        "procedure_code": random.choice(delivery if often(90) else OTHER_CODES),
        "diagnosis_codes": _diagnoses(random, often),
        "technique": random.choice(("imrt", "vmat")) if often(90) else "3d-conformal",
        "treatment_intent": "curative" if often(70) else random.choice(("local-control", "palliative")),
        "dose_escalation_concern": often(80),
        "previously_irradiated": often(20),
        "radiation_required": often(90),
        "concurrent_proton_therapy": often(5),
    }
    for column in row:
        if column not in ("date_of_service", "procedure_code") and often(4):
            row[column] = None
    return row


def _diagnoses(random: Random, often: Callable[[int], bool]) -> list[str]:
    codes = [random.choice(_billable_neoplasms())]
    if often(15):
        codes.append(random.choice(METASTASES))
    if often(30):
        codes.append(random.choice(BESIDE_A_TUMOR))
    if often(5):
        del codes[0]
    return list(dict.fromkeys(codes))


@cache
def _billable_neoplasms() -> list[str]:
    """The codes of ICD-10-CM chapter 2 (C00 to D49) that are billable, as they are written."""
    with gzip.open(RELEASE, "rt", encoding="utf-8", newline="") as release:
        codes = [row["code"] for row in csv.DictReader(release) if row["billable"] == "1"]
    neoplasms = [code for code in codes if "C00" <= code[:3] <= "D49"]
    return [f"{code[:3]}.{code[3:]}".rstrip(".") for code in neoplasms]
