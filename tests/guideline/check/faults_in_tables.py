"""Faults in codes.csv and diagnoses.csv: headers, cells, and rows that say nothing or too much."""

from tests.guideline.check.seed import TOP, change, error, fault, remove, warning

EDITION = "2025-10-01.md"
CODES = "codes.csv"
DIAGNOSES = "diagnoses.csv"
PLAN = "77301,2002-01-01,,imrt;vmat,,IMRT plan\n"

PROCEDURE_CODES = (
    fault("codes.csv is missing", remove(CODES), error(CODES, TOP, "the guideline lacks codes.csv")),
    fault(
        "a date is written the American way",
        change(CODES, PLAN, "77301,01/01/2002,,imrt;vmat,,IMRT plan\n"),
        error(CODES, "77301,01/01/2002", "`valid_from` is not a date like 2025-12-31: `01/01/2002`"),
    ),
    fault(
        "a date of a code does not exist",
        change(CODES, "77014,,2025-12-31", "77014,,2025-11-31"),
        error(CODES, "77014,,2025-11-31", "`valid_to` is not a date like 2025-12-31: `2025-11-31`"),
    ),
    fault(
        "a code ends before it begins",
        change(CODES, "77418,2002-01-01,2014-12-31", "77418,2014-12-31,2002-01-01"),
        error(CODES, "77418,2014", "`77418` ends on 2002-01-01, before it begins on 2014-12-31"),
    ),
    fault(
        "a code is too short",
        change(CODES, PLAN, "7731,2002-01-01,,imrt;vmat,,IMRT plan\n" + PLAN),
        error(CODES, "7731,2002", "`7731` is not a procedure code: five digits"),
    ),
    fault(
        "a code is listed twice",
        change(CODES, PLAN, PLAN + "77385,2015-01-01,,,,\n"),
        error(CODES, "77385,2015-01-01,,,,", "`77385` is listed twice", "line ⟨77385,2015-01-01,2025⟩"),
    ),
    fault(
        "a technique is misspelt",
        change(CODES, PLAN, "77301,2002-01-01,,imrt;vmta,,IMRT plan\n"),
        error(CODES, "77301,2002", "`technique` offers no `vmta`", "did you mean `vmat`?"),
    ),
    fault(
        "a code comes after it that is none",
        change(CODES, PLAN, "77301,2002-01-01,,imrt;vmat,7733,IMRT plan\n"),
        error(CODES, "77301,2002", "`7733` is not a procedure code"),
    ),
    fault(
        "a code comes after it that is not listed",
        change(
            CODES,
            "77386,2015-01-01,2025-12-31,imrt;vmat,77407;77412",
            "77386,2015-01-01,2025-12-31,imrt;vmat,77407;77421",
        ),
        warning(CODES, "77386,2015", "`77421`", "not in codes.csv"),
    ),
    fault(
        "a listed code is removed: all who name it are told once",
        change(CODES, "77407,,,,,delivery; level 2 since 2026-01-01: IMRT or 3D conformal\n", ""),
        warning("2025-01-01@2024-09-19.md", "```data codes", "`77407`", "is not in codes.csv", "also in"),
    ),
    fault(
        "a column of the codes is misspelt",
        change(CODES, "successors,note", "succesors,note"),
        error(CODES, TOP, "codes.csv has no column `succesors`", "did you mean `successors`?"),
    ),
    fault(
        "a column that is needed is misspelt",
        change(CODES, "valid_from", "valid_form"),
        error(CODES, TOP, "codes.csv has no column `valid_form`", "did you mean `valid_from`?"),
    ),
    fault(
        "the line that names the columns stands twice",
        change(DIAGNOSES, "in,codes,status,title,note\n", "in,codes,status,title,note\nin,codes,status,title,note\n"),
        error(DIAGNOSES, "note\n▸in,codes", "this row repeats the header"),
    ),
    fault(
        "the line that names the columns is lost",
        change(CODES, "code,valid_from,valid_to,technique,successors,note\n", ""),
        error(CODES, TOP, "codes.csv lacks the column `code`, `valid_from` or `valid_to`"),
    ),
    fault(
        "a column is missing: no row is blamed for its cells",
        change(CODES, "code,valid_from,", "code,"),
        error(CODES, TOP, "codes.csv lacks the column `valid_from`"),
    ),
    fault(
        "the header has a column more than all rows: it alone is blamed",
        change(
            CODES,
            "code,valid_from,valid_to,technique,successors,note",
            "code,valid_from,valid_to,treatment_intent,technique,successors,note",
        ),
        error(CODES, TOP, "the header has 7 cells, the rows 6"),
    ),
    fault(
        "a row has a cell more",
        change(CODES, PLAN, "77301,2002-01-01,,imrt;vmat,,IMRT plan, once\n"),
        error(CODES, "77301,2002", "this row has 7 cells, the header 6; quote a cell that holds a comma"),
    ),
    fault(
        "a quotation mark stays open",
        change(CODES, PLAN, '77301,2002-01-01,,imrt;vmat,,"IMRT plan\n'),
        error(CODES, "77301,2002", "this is not CSV"),
    ),
)

PENIS = "1.h,C60,clear,Malignant neoplasm of penis,\n"

ROWS = (
    fault(
        "diagnoses.csv is missing",
        remove(DIAGNOSES),
        error(DIAGNOSES, TOP, "the rules ask for diagnoses, but the guideline lacks diagnoses.csv"),
        answers_change=True,
    ),
    fault(
        "a row belongs to a clause that is not there",
        change(DIAGNOSES, PENIS, "1.hh,C60,clear,Malignant neoplasm of penis,\n"),
        error(DIAGNOSES, "1.hh,C60", "`1.hh` is neither a clause", "did you mean `1.h`?", clause="1.hh"),
    ),
    fault(
        "a row belongs to a set that is not declared",
        change(DIAGNOSES, "malignant,D00-D09,", "maligant,D00-D09,"),
        error(
            DIAGNOSES,
            "maligant,D00",
            "nor a set of `diagnosis` in facts.yaml",
            "did you mean `malignant`?",
            clause="maligant",
        ),
    ),
    fault(
        "a status is misspelt",
        change(DIAGNOSES, PENIS, "1.h,C60,claer,Malignant neoplasm of penis,\n"),
        error(DIAGNOSES, "1.h,C60", "`clear` or `ambiguous`, not `claer`", "did you mean `clear`?", clause="1.h"),
    ),
    fault(
        "a row without a clause is clear",
        change(DIAGNOSES, ",Z85,aside,", ",Z85,clear,"),
        error(DIAGNOSES, ",Z85,clear", "of a row without one is `aside` or `treatment`, not `clear`"),
    ),
    fault(
        "a diagnosis code is none",
        change(DIAGNOSES, PENIS, "1.h,60,clear,Malignant neoplasm of penis,\n"),
        error(DIAGNOSES, "1.h,60,", "`60` is not an ICD-10-CM code or range", clause="1.h"),
    ),
    fault(
        "a range runs backwards",
        change(DIAGNOSES, "1.a.i,C02.0-C02.3,", "1.a.i,C02.3-C02.0,"),
        error(DIAGNOSES, "1.a.i,C02.3-", "the range `C02.3-C02.0` runs backwards: write `C02.0-C02.3`", clause="1.a.i"),
    ),
    fault(
        "the bounds of a range are unequal",
        change(DIAGNOSES, "1.a.i,C02.0-C02.3,", "1.a.i,C02.0-C02,"),
        error(DIAGNOSES, "1.a.i,C02.0-", "the bounds of `C02.0-C02` must be equally long", clause="1.a.i"),
    ),
    fault(
        "a row can never win",
        change(DIAGNOSES, "1.a.i,C02.8,", "1.a.i,C02,clear,Tongue,\n1.a.i,C02.8,"),
        warning(
            DIAGNOSES,
            "1.a.i,C02,clear",
            "`C02` can never win: its codes all go to `C02.0-C02.3`, `C02.4`, `C02.8`, `C02.9`",
            clause="1.a.i",
        ),
    ),
    fault(
        "two ranges overlap with equal weight",
        change(DIAGNOSES, "1.a.i,C02.8,", "1.a.i,C02.2-C02.5,clear,Tongue,\n1.a.i,C02.8,"),
        error(
            DIAGNOSES,
            "1.a.i,C02.2-",
            "`C02.2-C02.5` and `C02.0-C02.3` (line ⟨1.a.i,C02.0-⟩) overlap with equal weight",
            clause="1.a.i",
        ),
    ),
    fault(
        "a row stands twice",
        change(DIAGNOSES, PENIS, PENIS + "1.h,C60,clear,Penis,\n"),
        error(DIAGNOSES, "1.h,C60,clear,Penis", "`C60` stands twice", "line ⟨1.h,C60,clear,Malig⟩", clause="1.h"),
    ),
    fault(
        "a code belongs to two clauses",
        change(DIAGNOSES, PENIS, PENIS + "1.g,C60,ambiguous,Penis,\n"),
        error(DIAGNOSES, "1.g,C60", "`C60` stands twice", "line ⟨1.h,C60⟩, for `1.h`", clause="1.g"),
    ),
    fault(
        "a row holds no billable code",
        change(DIAGNOSES, PENIS, PENIS + "1.h,C59,clear,Nothing,\n"),
        warning(DIAGNOSES, "1.h,C59", "`C59` holds no billable code of the ICD-10-CM release", clause="1.h"),
    ),
    fault(
        "no row belongs to a clause that a rule asks for",
        change(DIAGNOSES, "1.a.vii,C73,", "1.a,C73,"),
        warning(
            EDITION,
            "```rule 1.a.vii\n",
            "no row of diagnoses.csv belongs to `1.a.vii`",
            clause="1.a.vii",
        ),
        answers_change=True,
    ),
    fault(
        "no rule looks for the diagnoses of a clause",
        change(
            DIAGNOSES, PENIS, PENIS + "2,D76.1,clear,Hemophagocytic lymphohistiocytosis,\n2,D76.2,clear,Infection,\n"
        ),
        warning(DIAGNOSES, "2,D76.1", "no rule looks for a diagnosis in `2`", clause="2"),
    ),
    fault(
        "a column of the diagnoses is misspelt",
        change(DIAGNOSES, "in,codes,status", "in,code,status"),
        error(DIAGNOSES, TOP, "diagnoses.csv has no column `code`", "did you mean `codes`?"),
    ),
    fault(
        "a column is missing",
        change(DIAGNOSES, "in,codes,status,title,note", "in,codes,status,title"),
        error(DIAGNOSES, TOP, "diagnoses.csv lacks the column `note`"),
    ),
    fault(
        "a title with a comma is not quoted",
        change(
            DIAGNOSES,
            '"Malignant neoplasm of kidney, except renal pelvis"',
            "Malignant neoplasm of kidney, except renal pelvis",
        ),
        error(DIAGNOSES, "1.h,C64", "this row has 6 cells, the header 5; quote a cell that holds a comma"),
    ),
)

FAULTS = PROCEDURE_CODES + ROWS
