"""Faults in around.yaml: what is arranged around the guideline, dated, each with its source."""

from tests.guideline.check.seed import LATIN_1, change, error, fault, rename

AROUND = "around.yaml"

FAULTS = (
    fault(
        "around.yaml is misnamed",
        rename(AROUND, "arround.yaml"),
        error("arround.yaml", "", "this file is not part of a guideline", "did you mean `around.yaml`?"),
    ),
    fault(
        "around.yaml is not UTF-8",
        change(AROUND, "the plan's announcement", f"the plan{LATIN_1}s announcement"),
        error(AROUND, "\n▸  source: the plan", "this file is not UTF-8"),
    ),
    fault(
        "a delegate begins on no day",
        change(AROUND, "    since: 2025-01-01\n", "    since: January 2025\n"),
        error(AROUND, "January 2025", "`since` must be a date like 2025-10-01, not `January 2025`"),
    ),
    fault(
        "a delegate's groups are misspelt",
        change(AROUND, "groups: apn-ct", "group: apn-ct"),
        error(AROUND, "group: apn-ct", "a delegate has no `group`; did you mean `groups`?"),
    ),
    fault(
        "what began has no source",
        change(AROUND, "  source: the plan's announcement of the requirement; 42 CFR 422.138(c)\n", ""),
        error(AROUND, "  ▸since: 2025-01-01\n\n", "`begins` lacks `source`"),
    ),
)
