"""Cases of the guideline `imrt` for property tests: any case, odd ones too, and legal answers to what is asked."""

from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from isodose import program
from isodose.determination.program import Program

Row = dict[str, object]

DAYS = [
    "2024-12-31", "2025-01-01", "2025-02-28", "2025-06-30", "2025-09-30", "2025-10-01", "2025-11-03", "2025-12-31",
    "2026-01-01", "2026-02-28", "2028-02-29",
]  # fmt: skip
PRODUCTS = ["ma-hmo", "ma-ppo", "another-plan"]
CODES = ["77386", "77385", "G6015", "G6017", "77387", "77301", "77407", "77412", "77402", "99213", "0001U"]
TECHNIQUES = ["imrt", "vmat", "3d-conformal", "proton", "other"]
INTENTS = ["curative", "local-control", "palliative"]
AGES = [0, 17, 18, 20, 21, 70]

THAT_SPEAK = ["C61", "C50.911", "C00.1", "C71.9", "D33.3", "C79.31", "C78.02", "C30.1", "C81.90", "D12.6", "C61.99"]
"""Codes with a row in the map: clear and ambiguous, malignant and benign, metastases, and one the release lacks."""
SET_ASIDE = ["Z51.0", "Z51.11", "Z85.46", "Z92.3", "G89.3", "Z51.5"]
WITHOUT_A_ROW = ["E11.9", "I51.3", "M54.50"]
HEADINGS = ["C18", "C50", "D33"]


@cache
def imrt() -> Program:
    return program("imrt")


def legal_values(row: Row) -> dict[str, list[object]]:
    """For each column of a case that may be unknown, answers that can be right, one for each thing they can mean."""
    service = date.fromisoformat(str(row["date_of_service"]))
    yes_no: list[object] = [True, False]
    return {
        "member_birth_date": [str(service - timedelta(days=age * 366)) for age in AGES],
        "product": list(PRODUCTS),
        "diagnosis_codes": [[code] for code in THAT_SPEAK],
        "technique": list(TECHNIQUES),
        "treatment_intent": list(INTENTS),
        "dose_escalation_concern": yes_no,
        "previously_irradiated": yes_no,
        "radiation_required": yes_no,
        "concurrent_proton_therapy": yes_no,
    }


COLUMN_OF = {"age": "member_birth_date", "diagnosis": "diagnosis_codes"}
"""The column that answers a missing fact, where it is not the fact's own name."""

FACT_OF = {column: fact for fact, column in COLUMN_OF.items()}


def unknown_columns(row: Row) -> list[str]:
    return [column for column in legal_values(row) if row[column] in (None, [], "")]


def codes_among(*kinds: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.one_of(*map(st.sampled_from, kinds)), min_size=1, max_size=3)


@st.composite
def cases(draw: st.DrawFn, *, fewest_unknown: int = 0, most_unknown: int = 9) -> Row:
    """A case with a date of service and a code, and so many unknown facts.

    Most reach the criteria of the edition whose text is held; the others are of any date, code and kind, invalid ones too.
    """
    reaches_criteria = draw(st.sampled_from([True, True, True, False]))
    row: Row = {
        "request_id": "r1",
        "date_of_service": draw(st.sampled_from(["2025-10-01", "2025-12-31"] if reaches_criteria else DAYS)),
        "procedure_code": draw(st.sampled_from(["77386", "G6015"] if reaches_criteria else CODES)),
    }
    values = legal_values(row)
    if reaches_criteria:
        values["product"], values["technique"] = ["ma-hmo", "ma-ppo"], ["imrt", "vmat"]
        values["member_birth_date"] = values["member_birth_date"][1:]
    unknown = draw(st.sets(st.sampled_from(sorted(values)), min_size=fewest_unknown, max_size=most_unknown))
    for column, offered in values.items():
        row[column] = None if column in unknown else draw(st.sampled_from(offered))
    if "diagnosis_codes" not in unknown:
        odd = [] if reaches_criteria else [HEADINGS]
        row["diagnosis_codes"] = draw(codes_among(THAT_SPEAK, SET_ASIDE, WITHOUT_A_ROW, *odd))
    return row
