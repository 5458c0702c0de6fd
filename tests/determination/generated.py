"""Random small guidelines, as the text of their files and as plain nested lists, with cases for them.

A tree is `["all", …]`, `["any", …]`, `["none", …]`, `["at least", N, …]`, or a leaf: the phrase as a string.
"""

from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

Tree = str | list["Tree | int"]

YES_NO = ["b1", "b2", "b3", "r1", "r2"]
"""Facts that start with `r` are the reviewer's to answer, all others the requester's."""
NUMBERS = ["n1", "n2"]
CHOICE = "c1"
VALUES = ["x", "y", "z"]
OPERATORS = ["<", "<=", ">", ">=", "="]
SETS = ["s1", "s2"]

IN_SET = {"s1": {"C61": "clear", "C73": "ambiguous"}, "s2": {"C73": "clear", "C61": "ambiguous", "C12": "ambiguous"}}
"""What the map says of the codes that a case may have: C01 is in neither set."""
CODES = ["C61", "C73", "C12", "C01"]

OUTCOMES = [
    ("not-applicable", None),
    ("not-required", None),
    ("covered-without-review", None),
    ("clinical-review", "limitation"),
    ("clinical-review", "criteria-not-met"),
    ("clinical-review", "judgement"),
    ("approved", None),
]

leaves = st.one_of(
    st.sampled_from(YES_NO),
    st.sampled_from(VALUES).map(lambda value: f"{CHOICE} is {value}"),
    st.builds(
        lambda name, operator, bound: f"{name} {operator} {bound}",
        st.sampled_from(NUMBERS),
        st.sampled_from(OPERATORS),
        st.integers(0, 2),
    ),
    st.sampled_from(SETS).map(lambda name: f"diagnosis in {name}"),
)


def combined(parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    several = st.lists(parts, min_size=1, max_size=3)
    plain: st.SearchStrategy[Tree] = st.builds(
        lambda name, found: [name, *found], st.sampled_from(["all", "any", "none"]), several
    )
    counted = several.flatmap(lambda found: st.integers(1, len(found)).map(lambda count: ["at least", count, *found]))
    return st.one_of(plain, counted)


def trees(*clauses: str) -> st.SearchStrategy[Tree]:
    asked = leaves if not clauses else st.one_of(leaves, st.sampled_from([f"clause {clause}" for clause in clauses]))
    return st.recursive(asked, combined, max_leaves=6)


@dataclass(frozen=True)
class Written:
    """A guideline: rules by clause, rungs with outcome and reason (the last is otherwise)."""

    rules: dict[str, Tree]
    ladder: list[tuple[Tree | None, str, str | None]]


@st.composite
def guidelines(draw: st.DrawFn) -> Written:
    rules: dict[str, Tree] = {}
    for number in range(draw(st.integers(1, 4))):
        rules[str(number)] = draw(trees(*rules))
    ladder: list[tuple[Tree | None, str, str | None]] = []
    for _ in range(draw(st.integers(0, 4))):
        outcome, reason = draw(st.sampled_from(OUTCOMES))
        ladder.append((draw(trees(*rules)), outcome, reason))
    outcome, reason = draw(st.sampled_from(OUTCOMES))
    return Written(rules, [*ladder, (None, outcome, reason)])


cases = st.fixed_dictionaries(
    {}
    | dict.fromkeys(YES_NO, st.sampled_from([True, False, None]))
    | dict.fromkeys(NUMBERS, st.sampled_from([0, 1, 2, "absent", None]))
    | {CHOICE: st.sampled_from([*VALUES, None])}
    | {"diagnosis_codes": st.one_of(st.none(), st.lists(st.sampled_from(CODES), min_size=1, max_size=2, unique=True))}
)


def yaml(tree: Tree) -> str:
    if isinstance(tree, str):
        return tree
    name, *parts = tree
    if name == "at least":
        name = f"at least {parts.pop(0)}"
    return f"{{{name}: [{', '.join(yaml(part) for part in parts if not isinstance(part, int))}]}}"


def write(guideline: Written, folder: Path) -> Path:
    """The guideline as a folder."""
    folder.mkdir(exist_ok=True)
    says = "says: {yes: it is so, no: it is not so}"
    facts = [
        f"{name}: {{type: yes/no, title: T, question: Q?, {says}, answered by: {'reviewer' if name[0] == 'r' else 'requester'}}}"
        for name in YES_NO
    ]
    facts += [f"{name}: {{type: number, title: T, question: Q?, absent: there is none}}" for name in NUMBERS]
    facts.append(f"{CHOICE}: {{type: choice, title: T, question: Q?, values: {{x: is x, y: is y, z: is z}}}}")
    sets = ", ".join(f"{name}: in {name}" for name in SETS)
    facts.append(f"diagnosis: {{type: codes, column: diagnosis_codes, title: T, question: Q?, sets: {{{sets}}}}}")
    (folder / "facts.yaml").write_text("\n".join(facts), "utf-8")
    (folder / "codes.csv").write_text("code,valid_from,valid_to\n", "utf-8")
    rows = [f"{name},{code},{status},,\n" for name, codes in IN_SET.items() for code, status in codes.items()]
    (folder / "diagnoses.csv").write_text("in,codes,status,title,note\n" + "".join(rows), "utf-8")
    rungs = "".join(
        f"  - {{{f'when: {yaml(when)}, outcome' if when is not None else 'otherwise'}: {outcome}"
        f"{f', reason: {reason}' if reason else ''}}}\n"
        for when, outcome, reason in guideline.ladder
    )
    front = (
        "---\nguideline: g\ntitle: T\nplan: P\neffective: 2025-01-01\ndecided: 2025-01-01\n"
        f"text: reconstructed\ncriteria: held\nladder:\n{rungs}---\n"
    )
    blocks = "".join(f"Text.\n\n```rule {name}\n{yaml(rule)}\n```\n\n" for name, rule in guideline.rules.items())
    (folder / "2025-01-01.md").write_text(front + blocks, "utf-8")
    return folder
