"""A small made-up guideline, sleep studies, and short ways to read and show what the parsers make of a text."""

from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent

from isodose.guideline.edition import Edition
from isodose.guideline.edition_source import edition_from
from isodose.guideline.facts import Fact
from isodose.guideline.facts_source import facts_from
from isodose.guideline.phrase import ListedCodes, Vocabulary
from isodose.guideline.problem import Place, Problem
from isodose.guideline.yaml_source import Value, parse

FACTS = """\
diagnosis:
  type: codes
  column: diagnosis_codes
  title: Diagnosis
  question: Which codes describe the illness?
  sets: {sleep-disorder: a sleep disorder, airway-tumor: a tumor of the airway}

symptoms:
  type: yes/no
  says: {yes: there are symptoms, no: there are no symptoms}
  title: Symptoms
  question: Are there daytime symptoms?

home_study_possible:
  type: yes/no
  says: {yes: a study at home is possible, no: a study at home is not possible}
  title: Study at home
  question: Is a study at home possible?

abnormal_airway:
  type: yes/no
  says: {yes: the airway is abnormal, no: the airway is normal}
  title: Airway
  question: Is the airway abnormal?
  answered by: reviewer

severity:
  type: choice
  values: {mild: it is mild, moderate: it is moderate, severe: it is severe}
  title: Severity
  question: How severe is it?

setting:
  type: choice
  open: true
  values: {laboratory: it is in a laboratory}
  title: Setting
  question: Where is the study?

bmi:
  type: number
  unit: kg/m2
  title: Body mass index
  question: What is the body mass index?

studies:
  type: number
  title: Studies
  question: How many studies were done within a year?

last_study:
  type: date
  absent: no earlier study was done
  title: Last study
  question: When was the last study?

since_last_study:
  type: number
  unit: months
  from: whole months from last_study to date_of_service
  title: Time since the last study
  question: When was the last study?

age:
  type: number
  unit: years
  from: whole years from member_birth_date to date_of_service
  title: Age
  question: What is the date of birth?
"""

SHARED = """\
date_of_service: {type: date, title: Date of service, question: When?}
member_birth_date: {type: date, title: Date of birth, question: Born when?}
product: {type: choice, open: true, title: Product, question: Which product?}
procedure_code: {type: code, title: Procedure code, question: Which code?}
"""

EDITION = """\
---
guideline: sleep
title: Sleep Studies
plan: Sample Health Plan
effective: 2025-01-01
decided: 2024-11-20
text: reconstructed
criteria: held
ladder:
  - when: {none: procedure_code in codes.required}
    outcome: not-applicable
  - when: {any: [clause 1, clause 2]}
    outcome: approved
  - otherwise: clinical-review
    reason: criteria-not-met
---

# Sleep Studies

These codes need prior authorization: 95810, 95811.

```data codes
required: [95810, 95811]
```

1. Symptoms, and a body mass index of 30 or more.

```rule 1 Symptoms
all:
  - symptoms
  - bmi >= 30 kg/m2
```

2. The airway is abnormal.

```rule 2
abnormal_airway
```
"""

FRONT, BODY = EDITION[: EDITION.index("# Sleep")], EDITION[EDITION.index("# Sleep") :]

ONE_RUNG = """\
---
guideline: sleep
title: T
plan: P
effective: 2025-01-01
decided: 2024-11-20
text: reconstructed
criteria: held
ladder:
  - {when: clause x, outcome: approved}
  - {otherwise: clinical-review, reason: criteria-not-met}
---
"""
"""Front matter of an edition that approves what meets its clause `x`."""

CODES = "code,valid_from,valid_to\n95810,,\n95811,,\n"


def facts(text: str = SHARED + FACTS) -> dict[str, Fact]:
    """The facts of the sample, or those of a text that has no problems."""
    problems: list[Problem] = []
    unreadable: set[str] = set()
    declared = facts_from(text, "facts.yaml", problems, unreadable)
    assert (problems, unreadable) == ([], set())
    return declared


def vocabulary() -> Vocabulary:
    """What a leaf of the sample may say; list `codes` of procedure codes, `codes.places` of choices."""
    lists = {
        "codes.required": ListedCodes(frozenset({"95810", "95811"})),
        "codes.places": ListedCodes(frozenset({"Laboratory", "home"})),
    }
    return Vocabulary(facts(), ("1", "1.a", "2"), lists)


def yaml(text: str) -> Value:
    """The value that a text without problems holds, as it would stand in a file from line 1 on."""
    problems: list[Problem] = []
    value = parse(dedent(text), Place("x.yaml"), problems)
    assert problems == []
    assert value is not None
    return value


def told(problems: Iterable[Problem]) -> list[str]:
    """Each problem as `line:column message`, with the clause in brackets where there is one."""
    return [
        f"{problem.place.line}:{problem.place.column} "
        + (f"[{problem.clause}] " if problem.clause is not None else "")
        + problem.message
        for problem in problems
    ]


def read_edition(text: str, file: str = "2025-01-01.md") -> tuple[Edition | None, list[str]]:
    """The edition that a file states under the facts of the sample, and its problems."""
    problems: list[Problem] = []
    found = edition_from(text, file, facts(), problems)
    assert {problem.place.file for problem in problems} <= {file}
    return found, told(problems)


def edition(body: str = BODY, front: str = FRONT) -> Edition:
    """The edition that a text without problems states."""
    found, problems = read_edition(front + body)
    assert problems == []
    assert found is not None
    return found


def write(folder: Path, **files: str) -> Path:
    """The sample as a folder `sleep`, files replaced or added: `facts`, `codes`, `diagnoses`, or an edition's text."""
    content = {"facts": FACTS, "codes": CODES, "2025-01-01": EDITION} | files
    guideline = folder / "sleep"
    guideline.mkdir()
    for name, text in content.items():
        suffix = {"facts": ".yaml", "codes": ".csv", "diagnoses": ".csv"}.get(name, ".md")
        (guideline / f"{name}{suffix}").write_text(text, "utf-8")
    return guideline
