"""A made-up guideline of any number of clauses, written as an author would write it: a folder that `isodose check` reads."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

SHARED = """\
diagnosis:
  type: codes
  column: diagnosis_codes
  title: Diagnosis
  question: Which ICD-10-CM codes describe the illness?

age:
  type: number
  unit: years
  from: whole years from member_birth_date to date_of_service
  title: Age
  question: What is the member's date of birth?
"""
BLOCK = re.compile(r"^```.*?^```$\n", re.DOTALL | re.MULTILINE)
CHAPTERS = "CDEFGHIJKLMN"
LISTS = 100
"""Criteria with a list of diagnoses of their own, two categories each; the others ask for facts alone."""


def write_guideline(folder: Path, clauses: int, seed: int = 0) -> None:
    """A guideline of so many criteria: each asks for facts of its own, an age, and, as far as codes suffice, a list."""
    random = Random(seed)  # noqa: S311
    folder.mkdir(parents=True)
    (folder / "facts.yaml").write_text(SHARED + "".join(_fact(clause) for clause in range(1, clauses + 1)), "utf-8")
    (folder / "codes.csv").write_text("code,valid_from,valid_to,successors,note\n77386,,,,\n77385,,,,\n", "utf-8")
    rows = [f"{clause},{_category(clause)},clear,,\n" for clause in range(1, min(clauses, LISTS) + 1)]
    (folder / "diagnoses.csv").write_text("in,codes,status,title,note\n" + "".join(rows), "utf-8")
    edition = _edition(clauses, random)
    (folder / "2026-01-01.md").write_text(edition, "utf-8")
    (folder / "published").mkdir()
    text = BLOCK.sub("", edition.partition("\n---\n")[2])
    (folder / "published" / "2026-01-01.txt").write_text(text, "utf-8")


def _category(clause: int) -> str:
    return f"{CHAPTERS[(clause - 1) // 10 % len(CHAPTERS)]}{clause % 10}0"


def _fact(number: int) -> str:
    """One fact for each criterion, of three kinds in turn."""
    kinds = (
        "type: yes/no\n  says: {yes: it is there, no: it is not there}",
        "type: number\n  unit: mm",
        "type: choice\n  values: {mild: mild, moderate: moderate, severe: severe}",
    )
    return f"""
fact_{number}:
  {kinds[number % 3]}
  title: Fact {number}
  question: What is known of fact {number}?
"""


def _edition(clauses: int, random: Random) -> str:
    names = range(1, clauses + 1)
    criteria = ", ".join(f"clause {clause}" for clause in names)
    return f"""---
guideline: generated
title: A generated guideline
plan: Example Health
effective: 2026-01-01
decided: 2025-11-12
text: published/2026-01-01.txt
criteria: held
ladder:
  - when: {{none: [{{all: [clause products, clause codes]}}]}}
    outcome: not-applicable
  - when: clause limitations
    outcome: clinical-review
    reason: limitation
  - when: {{any: [{criteria}]}}
    outcome: approved
  - otherwise: clinical-review
    reason: criteria-not-met
---

# A generated guideline

Applies to Example Health HMO.

```data products
hmo: {{name: Example Health HMO}}
```

```rule products Plan products
product in products
```

{"".join(_criterion(clause, clauses, random) for clause in names)}
Not covered for members under the age of 3.

```rule limitations Very young
age < 3 years
```

The codes 77386 and 77385 need prior authorization.

```data codes
required: ["77386", "77385"]
```

```rule codes Codes
procedure_code in codes.required
```
"""


def _criterion(clause: int, clauses: int, random: Random) -> str:
    in_list = f"  - diagnosis in {clause}\n" if clause <= LISTS else ""
    asked = "".join(f"      - {_asked(number, random)}\n" for number in random.sample(range(1, clauses + 1), 3))
    return f"""{clause}. Criterion {clause} of the generated guideline.

```rule {clause} Criterion {clause}
all:
{in_list}  - age >= {random.randrange(4, 80)} years
  - at least 2:
{asked}```

"""


def _asked(number: int, random: Random) -> str:
    phrases = ("fact_{}", f"fact_{{}} > {random.randrange(1, 90)} mm", "fact_{} is severe")
    return phrases[number % 3].format(number)
