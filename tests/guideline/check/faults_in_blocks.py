"""Faults in the blocks as such, in data and in readings."""

from tests.guideline.check.seed import change, error, fault, warning

EDITION = "2025-10-01.md"
TEMPLATE = "2026-01-01.md"

BLOCKS = (
    fault(
        "the kind of a rule block is misspelt",
        change(EDITION, "```rule 1.d.iv\n", "```rul 1.d.iv\n"),
        error(
            EDITION,
            "```rul 1.d.iv",
            "a block is `rule`, `data`, `reading` or `aside`, not `rul`",
            "did you mean `rule`?",
        ),
    ),
    fault(
        "the kind of a data block is misspelt",
        change(EDITION, "```data codes\n", "```dta codes\n"),
        error(EDITION, "```dta codes", "not `dta`", "did you mean `data`?"),
    ),
    fault(
        "the kind of a reading is misspelt",
        change(EDITION, "```reading A13", "```readng A13"),
        error(EDITION, "```readng A13", "not `readng`", "did you mean `reading`?"),
    ),
    fault(
        "the kind of an aside is misspelt",
        change(EDITION, "```aside\nExplains the technique", "```asied\nExplains the technique"),
        error(EDITION, "```asied", "not `asied`", "did you mean `aside`?"),
    ),
    fault(
        "a rule has no name",
        change(EDITION, "```rule 1.d.iv\n", "```rule\n"),
        error(EDITION, "```rule\n", "this `rule` block has no name: write `rule NAME`"),
    ),
    fault(
        "a data block has no name",
        change(EDITION, "```data codes\n", "```data\n"),
        error(EDITION, "```data\n", "this `data` block has no name: write `data NAME`"),
    ),
    fault(
        "a reading has no name",
        change(EDITION, "```reading A13", "```reading"),
        error(EDITION, "```reading\n", "this `reading` block has no name: write `reading NAME`"),
    ),
    fault(
        "a clause has two rules",
        change(EDITION, "```rule 1.d.ii\n", "```rule 1.d.i\n"),
        error(
            EDITION,
            "Gastric\n\n▸```rule 1.d.i\n",
            "`rule 1.d.i` stands twice; the first is in line ⟨Esophageal\n\n▸```rule⟩",
            clause="1.d.i",
        ),
    ),
    fault(
        "a name of data stands twice",
        change(EDITION, "```data guidance", "```data products"),
        error(
            EDITION,
            "```data products\norder",
            "`data products` stands twice; the first is in line ⟨```data products\nma-hmo⟩",
        ),
    ),
    fault(
        "a name of a reading stands twice",
        change(EDITION, "```reading A24", "```reading A23"),
        error(
            EDITION,
            "```reading A23\nunclear: Several",
            "`reading A23` stands twice; the first is in line ⟨```reading A23\nunclear: What⟩",
        ),
    ),
    fault(
        "the number of a rule is misspelt: what rests on the clause is not blamed as well",
        change(EDITION, "```rule 1.h Genitourinary", "```rule 1.hh Genitourinary"),
        error(EDITION, "diagnosis in 1.h\n", "`1.h` is neither a clause", "did you mean `1.hh`?", clause="1.hh"),
    ),
    fault(
        "a block is not closed",
        change(EDITION, "\ndiagnosis in 1.c\n```\n", "\ndiagnosis in 1.c\n"),
        error(EDITION, "```rule 1.c Breast", "this block is not closed", "a line ``` is missing below it"),
    ),
    fault(
        "a block is indented into the list above it",
        change(
            TEMPLATE,
            "Fax 555-0100\n\n```data products\nhmo: {name: Example Health HMO, fax: 555-0100}\nppo: {name: Example Health PPO, fax: "
            "555-0100}\n```\n",
            "Fax 555-0100\n\n  ```data products\n  hmo: {name: Example Health HMO, fax: 555-0100}\n  ppo: {name: Example Health "
            "PPO, fax: 555-0100}\n  ```\n",
        ),
        error(TEMPLATE, "▸  ```data products", "this block is indented and so belongs to the list above it"),
        guideline="template",
    ),
    fault(
        "the first line of a rule block is lost",
        change(EDITION, "```rule 1.d.iv\n", ""),
        error(EDITION, "\n▸diagnosis in 1.d.iv\n", "a line that opens this block is missing above it"),
    ),
    fault(
        "the first line of a data block is lost",
        change(EDITION, "```data codes\n", ""),
        error(EDITION, "required: {column", "a line that opens this block is missing above it"),
    ),
    fault(
        "a block is closed twice",
        change(EDITION, "\ndiagnosis in 1.c\n```\n", "\ndiagnosis in 1.c\n```\n```\n"),
        error(EDITION, "\ndiagnosis in 1.c\n```\n▸```\n", "this line closes a block that is closed already: remove it"),
    ),
    fault(
        "a block is opened twice",
        change(EDITION, "```rule 1.c Breast\n", "```rule 1.c Breast\n```rule 1.c Breast\n"),
        error(
            EDITION, "▸```rule 1.c Breast\n```rule", "this line opens a block, and so does the next: keep one of them"
        ),
    ),
    fault(
        "a block is of another kind",
        change(EDITION, "```rule 1.c Breast\n", "```yaml\n"),
        error(EDITION, "```yaml", "a block is `rule`, `data`, `reading` or `aside`, not `yaml`"),
    ),
    fault(
        "two blocks that are not closed",
        change(EDITION, "\ndiagnosis in 1.c\n```\n", "\ndiagnosis in 1.c\n"),
        change(EDITION, "\ndiagnosis in 1.f\n```\n", "\ndiagnosis in 1.f\n"),
        error(EDITION, "```rule 1.c Breast", "this block is not closed"),
        error(EDITION, "```rule 1.f Sarcomas", "this block is not closed"),
    ),
    fault(
        "the last block is not closed",
        change(TEMPLATE, "settles: [ended-code]\n```\n", "settles: [ended-code]\n"),
        error(TEMPLATE, "```reading R2", "this block is not closed"),
        guideline="template",
    ),
    fault(
        "an aside says nothing",
        change(EDITION, "Explains the technique; it asks nothing of a request.\n", ""),
        error(EDITION, "```aside\n```", "this `aside` is empty: say in a sentence"),
    ),
)

DATA = (
    fault(
        "data is no YAML",
        change(EDITION, "[77407, 77412], since", "[77407, 77412, since"),
        error(EDITION, "since: 2026-01-01▸}", "this is not YAML"),
    ),
    fault(
        "a name of data is misspelt: what asks for it is told once",
        change(EDITION, "```data codes\n", "```data code\n"),
        error(
            EDITION,
            "procedure_code in codes.required",
            "no data block is named `codes`",
            "did you mean `code`?",
            "also in line ⟨in codes.not-required⟩, line ⟨in codes.undetermined⟩",
            clause="codes",
        ),
    ),
    fault(
        "a part of the codes is misspelt",
        change(EDITION, "undetermined: {codes", "undeterminded: {codes"),
        error(
            EDITION,
            "procedure_code in codes.undetermined",
            "no data block states a list `codes.undetermined`",
            "did you mean `codes.undeterminded`?",
            clause="codes",
        ),
    ),
    fault(
        "a part of the codes is given twice",
        change(EDITION, "undetermined: {codes", "required: {codes"),
        error(EDITION, "required: {codes", "`required` is given twice; keep one of them"),
    ),
    fault(
        "a part of the codes is no list",
        change(EDITION, "undetermined: {codes: [77407, 77412], since: 2026-01-01}", "undetermined: 77407"),
        error(EDITION, "undetermined: ▸77407", "`codes.undetermined` must be a list", "`[77385, 77386]`"),
    ),
    fault(
        "codes removed in another paragraph are no list",
        change(EDITION, "not-required: [77387, G6017]", "not-required: 77387"),
        error(EDITION, "not-required: ▸77387", "`codes.2025-01-15.not-required` must be a list", "`[77385, 77386]`"),
    ),
    fault(
        "codes of another paragraph hold for other dates",
        change(EDITION, "not-required: [77301, 77338]", "not-required: {codes: [77301, 77338], since: 2025-11-01}"),
        error(
            EDITION,
            "```data codes.2025-02-05",
            "`codes.2025-02-05.not-required` holds for other dates than `codes.not-required`",
        ),
    ),
    fault(
        "no rule asks the codes of another paragraph",
        change(
            EDITION,
            "procedure_code in codes.2025-02-05.not-required",
            "procedure_code in codes.2025-01-15.not-required",
        ),
        warning(
            EDITION, "```data codes.2025-02-05", "no rule of this edition asks the list `codes.2025-02-05.not-required`"
        ),
        answers_change=True,
    ),
    fault(
        "a column of the table is misspelt",
        change(EDITION, "{column: Code}", "{column: Cod}"),
        error(
            EDITION,
            "{column: ▸Cod}",
            "the table has no column `Cod`: it has `Code` or `Description`",
            "did you mean `Code`?",
        ),
    ),
    fault(
        "a column is read where no table stands",
        change(EDITION, "last checked: 2026-11-24", "last checked: {column: Day}"),
        error(EDITION, "{column: ▸Day}", "no table stands above this block to read the column `Day` from"),
    ),
    fault(
        "a date of data is none",
        change(EDITION, "[77407, 77412], since: 2026-01-01", "[77407, 77412], since: 2026-1-1"),
        error(EDITION, "since: ▸2026-1-1", "`since` must be a date like 2026-01-01"),
    ),
    fault(
        "a date of data has a misspelt name",
        change(EDITION, "[77407, 77412], since: 2026-01-01", "[77407, 77412], sinse: 2026-01-01"),
        error(EDITION, "sinse: 2026", "`codes.undetermined` has no `sinse`", "did you mean `since`?"),
    ),
    fault(
        "data ends before it begins",
        change(TEMPLATE, "since: 2026-01-01, until: 2026-12-31", "since: 2026-12-31, until: 2026-01-01"),
        error(TEMPLATE, "until: ▸2026-01-01", "`until` lies before `since`"),
        guideline="template",
    ),
    fault(
        "a code is required and not required",
        change(EDITION, "not-required: [77387", "not-required: [77385, 77387"),
        error(EDITION, "```data codes.2025-01-15", "`77385` is both `required` and `not-required`"),
        answers_change=True,
    ),
    fault(
        "a code stands twice in one part",
        change(EDITION, "not-required: [77387", "not-required: [77301, 77387"),
        error(EDITION, "```data codes.2025-02-05", "`77301` stands twice in `codes.not-required`"),
    ),
    fault(
        "a code is not in codes.csv",
        change(EDITION, "not-required: [77387", "not-required: [77399, 77387"),
        warning(EDITION, "```data codes.2025-01-15", "`77399` of `codes.2025-01-15.not-required` is not in codes.csv"),
    ),
    fault(
        "no rule asks a group of codes",
        change(EDITION, "undetermined: {codes", "planning: [77301, 77338]\nundetermined: {codes"),
        warning(EDITION, "```data codes\n", "no rule of this edition asks the list `codes.planning`"),
    ),
)

ENDED = "ended on 2025-12-31, but the edition rules from 2025-10-01 on, with no end"

READINGS = (
    fault(
        "a reading is no YAML",
        change(EDITION, 'quote: "of the following neoplasms:"', "quote: of the following: neoplasms"),
        error(EDITION, "quote: of the following▸: neoplasms", "this is not YAML"),
    ),
    fault(
        "a reading is empty",
        change(
            EDITION,
            "```reading A17\n",
            "```reading A25\n```\n\n```reading A17\n",
        ),
        error(EDITION, "```reading A25\n▸```", "nothing is written here"),
    ),
    fault(
        "a reading does not say why",
        change(EDITION, "because: The criteria are numbered in parallel.\n", ""),
        error(EDITION, "```reading A23\n▸unclear", "the reading `A23` lacks `because`"),
    ),
    fault(
        "a name in a reading is misspelt",
        change(EDITION, "because: The criteria are numbered", "becuase: The criteria are numbered"),
        error(EDITION, "becuase:", "the reading `A23` has no `becuase`", "did you mean `because`?"),
    ),
    fault(
        "a reading holds since a day that does not exist",
        change(
            EDITION,
            "since: 2026-11-24\ncould also mean:\n  - Criterion 1 must be",
            "since: 2026-11-31\ncould also mean:\n  - Criterion 1 must be",
        ),
        error(EDITION, "since: ▸2026-11-31", "`since` must be a date like 2026-11-24, not `2026-11-31`"),
    ),
    fault(
        "a reading quotes other words than the text's",
        change(EDITION, "quote: lymphoma\n", "quote: lymphomas\n"),
        error(EDITION, "```reading A8", "reading A8 quotes words that the text does not have: “lymphomas”"),
    ),
    fault(
        "the reading that settles the ended codes no longer does",
        change(EDITION, "settles: [ended-code]\n", ""),
        warning(EDITION, "```data codes\n", "`codes.required`: 77385, 77386, G6015, G6016", ENDED),
        warning(EDITION, "```data codes.2025-01-15", "`codes.2025-01-15.not-required`: G6017", ENDED),
    ),
    fault(
        "a reading settles a kind of finding that there is not",
        change(EDITION, "settles: [ended-code]", "settles: [ended-codes]"),
        error(
            EDITION,
            "```reading A18",
            "reading A18 settles `ended-codes`, which no check finds",
            "did you mean `ended-code`?",
        ),
    ),
)

FAULTS = BLOCKS + DATA + READINGS
