"""The `more` of a fact, and every way in which it can be wrong."""

from textwrap import dedent, indent

import pytest

from isodose.guideline.facts_source import facts_from
from isodose.guideline.more import Detail, DetailType, More
from isodose.guideline.problem import Problem

_FACT = """\
before:
  type: yes/no
  says: {yes: it was, no: it was not}
  title: Before
  question: Was it?
"""


def read(more: str, fact: str = _FACT) -> tuple[More | None, list[str]]:
    problems: list[Problem] = []
    facts = facts_from(fact + indent(dedent(more), "  "), "facts.yaml", problems, set())
    return facts["before"].more, [problem.message for problem in problems]


def test_details_by_name_in_their_order() -> None:
    more, problems = read("""\
        more:
          each: earlier course
          tell:
            ended: {type: past day, title: Ended, help: Or the month}
            dose: {type: number, unit: Gy, title: Dose}
        """)
    assert problems == []
    ended = Detail("ended", DetailType.PAST_DAY, "Ended", "Or the month")
    assert more == More("earlier course", (ended, Detail("dose", DetailType.NUMBER, "Dose", unit="Gy")))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("more: {tell: {a: {type: day, title: A}}}", "`more` lacks `each`"),
        ("more: {each: course}", "`more` lacks `tell`"),
        ("more: {each: course, tell: [a]}", "`tell` must be details by name"),
        ("more: {each: course, tell: {A-1: {type: day, title: A}}}", "`A-1` cannot be a detail's name"),
        ("more: {each: course, tell: {a: {type: days, title: A}}}", "did you mean `day`?"),
        ("more: {each: course, tell: {a: {title: A}}}", "the detail `a` lacks `type`"),
        ("more: {each: course, tell: {a: {type: day}}}", "the detail `a` lacks `title`"),
        ("more: {each: course, tell: {a: {type: number, unit: gray, title: A}}}", "no unit `gray` is known"),
        ("more: {each: course, tell: {a: {type: words, unit: Gy, title: A}}}", "only a number has a unit"),
    ],
)
def test_what_is_wrong_is_said(more: str, message: str) -> None:
    _, problems = read(more)
    assert len(problems) == 1, problems
    assert message in problems[0]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ("more: {each: course, tell: [a]}", "[a]"),
        ("more: {each: course, tell: {A-1: {type: day, title: A}}}", "A-1"),
        ("more: {each: course, tell: {a: {type: days, title: A}}}", "days"),
        ("more: {each: course, tell: {a: {type: number, unit: gray, title: A}}}", "gray"),
        ("more: {each: course, tell: {a: {type: words, unit: Gy, title: A}}}", "Gy"),
    ],
)
def test_and_where_it_stands(more: str, word: str) -> None:
    problems: list[Problem] = []
    facts_from(f"{_FACT}  {more}\n", "facts.yaml", problems, set())
    [problem] = problems
    assert (problem.place.line, problem.place.column) == (6, 3 + more.index(word))


def test_a_wrong_detail_does_not_hide_those_below_it() -> None:
    _, problems = read("more: {each: course, tell: {A: {type: day, title: A}, b: {type: days, title: B}}}")
    assert len(problems) == 2


def test_only_a_yes_is_told_with_more() -> None:
    choice = _FACT.replace("yes/no", "choice").replace("says: {yes: it was, no: it was not}", "values: {a: it was}")
    problems: list[Problem] = []
    facts_from(choice + "  more: {each: course, tell: {a: {type: day, title: A}}}\n", "facts.yaml", problems, set())
    [problem] = problems
    assert problem.message == "`more` is told beside a yes, and this is a choice fact"
    assert (problem.place.line, problem.place.column) == (6, 9)
