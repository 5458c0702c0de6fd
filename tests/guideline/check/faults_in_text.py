"""Faults in the text: other words than the published ones, and words that nothing accounts for."""

from tests.guideline.check.seed import LATIN_1, change, error, fault, remove

EDITION = "2025-10-01.md"
PUBLISHED = "published/2025-10-01.txt"
RECONSTRUCTED = "2025-01-01@2025-01-15.md"
BREAST = "c. Breast Cancer\n\n```rule 1.c Breast\ndiagnosis in 1.c\n```\n\n"
SKIN = "g. Skin Cancers\n\n"
DISCLAIMER = (
    "```aside\nDisclaimer: no guarantee of payment. Eligibility, benefits and claims rules apply on the date of "
    "service.\n```\n"
)

WORDS = (
    fault(
        "a word is changed",
        change(EDITION, "to limit dose and minimize toxicity", "to limit dose and reduce toxicity"),
        error(EDITION, "reduce toxicity", "the published text has “minimize” here, the edition “reduce”"),
    ),
    fault(
        "a word is changed that stands in the line before as well",
        change(
            EDITION, "goal of IMRT is to deliver high radiation dose", "goal of IMRT is to deliver dose radiation dose"
        ),
        error(EDITION, "deliver ▸dose radiation", "the published text has “high” here, the edition “dose”"),
    ),
    fault(
        "a word is removed",
        change(EDITION, "is considered investigational and not covered", "is considered investigational and covered"),
        error(EDITION, "and ▸covered.", "the published text has “not” here, the edition nothing"),
    ),
    fault(
        "a letter is changed in a word that a reading quotes: the text alone is blamed",
        change(EDITION, "with a curative intent³³)", "with curative intent³³)"),
        error(EDITION, "with ▸curative intent³³)", "the published text has “a” here, the edition nothing"),
    ),
    fault(
        "a footnote is lost",
        change(EDITION, "curative intent³³)", "curative intent)"),
        error(EDITION, "curative ▸intent)", "the published text has “intent³³)” here, the edition “intent)”"),
    ),
    fault(
        "a tick is lost",
        change(EDITION, "Yes ☐ No ☒", "Yes ☐ No ☐"),
        error(EDITION, "apply | Yes ☐ No ▸☐", "the published text has “☒” here, the edition “☐”"),
    ),
    fault(
        "a code is mistyped in the table: codes.csv does not list it, and that is told with it",
        change(EDITION, "| 77386 | Intensity", "| 77368 | Intensity"),
        error(
            EDITION,
            "| ▸77368",
            "the published text has “77386” here, the edition “77368”",
            "also in line ⟨```data codes\n⟩",
        ),
        answers_change=True,
    ),
    fault(
        "a row of the table stands twice: that its code is listed twice is told with it",
        change(EDITION, "| G6015 |", "| 77385 | Intensity |\n| G6015 |"),
        error(EDITION, "| ▸77385 | Intensity |", "the published text has nothing here, the edition “77385 Intensity”"),
    ),
    fault(
        "a sentence is added",
        change(EDITION, "effects of treatment. IMRT is", "effects of treatment. Ask your doctor. IMRT is"),
        error(EDITION, "▸Ask your doctor", "the published text has nothing here, the edition “Ask your doctor.”"),
    ),
    fault(
        "a sentence is left out",
        change(
            EDITION,
            "guidelines are used. CMS coverage guidelines are not established for this service.",
            "guidelines are used.",
        ),
        error(
            EDITION,
            "▸For the service of IMRT,",
            "the published text has “CMS coverage guidelines are not established for this service.” here, the edition nothing",
        ),
    ),
    fault(
        "a paragraph is added: it is not asked to be accounted for as well",
        change(EDITION, "## Limitations\n", "4. Anything else is decided by the reviewer.\n\n## Limitations\n"),
        error(EDITION, "4. Anything else", "the published text has nothing here, the edition “4. Anything else"),
    ),
    fault(
        "a paragraph is moved: it is told once",
        change(EDITION, BREAST, ""),
        change(EDITION, SKIN, BREAST + SKIN),
        error(
            EDITION,
            "c. Breast",
            "the published text has “c. Breast Cancer” at another place",
            "after “and ocular tumors.”",
        ),
    ),
    fault(
        "the published text is not in the folder",
        remove(PUBLISHED),
        error(EDITION, "text: ▸published", "the published text `published/2025-10-01.txt` is not in the folder"),
    ),
    fault(
        "the name of the published text is misspelt",
        change(EDITION, "text: published/2025-10-01.txt", "text: published/2025-10-1.txt"),
        error(
            EDITION,
            "text: ▸published",
            "the published text `published/2025-10-1.txt` is not in the folder",
            "did you mean `published/2025-10-01.txt`?",
        ),
    ),
    fault(
        "the published text is not UTF-8",
        change(PUBLISHED, "In the past several", f"In the p{LATIN_1}st several"),
        error(PUBLISHED, "▸For the service of IMRT", "this file is not UTF-8"),
    ),
)

ACCOUNTS = (
    fault(
        "an aside is removed",
        change(EDITION, DISCLAIMER, ""),
        error(
            EDITION,
            "Treating providers are solely",
            "no rule, data, reading or aside accounts for this text: “Treating providers are solely responsible",
        ),
    ),
    fault(
        "an aside is removed that accounts for two paragraphs: they are told together",
        change(
            EDITION,
            "```aside\nThe committee's approval, its review and the heading of the list; the dates stand in the data below and in the "
            "editions' front matter.\n```\n\n",
            "",
        ),
        error(EDITION, "September 19, 2024: Services", "accounts for this text: “September 19, 2024:"),
    ),
    fault(
        "a rule is removed",
        change(EDITION, "\n```rule limitations Concurrent proton therapy\nconcurrent_proton_therapy\n```\n", ""),
        error(EDITION, "clause limitations\n", "no clause `limitations` has a rule in this edition"),
    ),
    fault(
        "words are added to a text that is reconstructed",
        change(
            RECONSTRUCTED, "It applies to the CarePartners", "Nothing else is known.\n\nIt applies to the CarePartners"
        ),
        error(RECONSTRUCTED, "Nothing else is known.", "accounts for this text: “Nothing else is known. …”"),
    ),
)

FAULTS = WORDS + ACCOUNTS
