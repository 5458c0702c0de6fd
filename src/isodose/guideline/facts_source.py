"""A ``facts.yaml`` as facts, with all that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from isodose.guideline import yaml_source
from isodose.guideline.circles import circles
from isodose.guideline.facts import Answerer, Fact, Facts, FactType, FhirSource
from isodose.guideline.formula import FORMS, SPANS, Formula, formula_from
from isodose.guideline.more import More
from isodose.guideline.more_source import more_from
from isodose.guideline.problem import ANY_NAME, Place, Problem, did_you_mean, listed
from isodose.guideline.text import as_word
from isodose.guideline.units import KIND_OF, SIZES, unit_named
from isodose.guideline.yaml_source import Fields, Scalar

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FIELDS = (
    "type", "title", "question", "help", "answered by", "evidence", "fhir", "column",
    "values", "open", "says", "unit", "from", "absent", "sets", "more",
)  # fmt: skip


def facts_from(text: str, file: str, problems: list[Problem], unreadable: set[str]) -> dict[str, Fact]:
    """The facts that a ``facts.yaml`` declares, by name, in its order.

    The names of those that cannot be read go to ``unreadable``, so that what refers to them is not blamed as well.
    """
    told = len(problems)
    value = yaml_source.parse(text, Place(file), problems)
    if not isinstance(value, yaml_source.Mapping) or len(problems) > told:
        unreadable.add(ANY_NAME)
    if not isinstance(value, yaml_source.Mapping):
        if value is not None:
            problems.append(Problem(value.place, "facts.yaml must be facts by name"))
        return {}
    facts = {}
    for name, body in value.entries:
        if not _NAME.fullmatch(name.text) or name.text == "clause":
            problems.append(Problem(name.place, f"`{name.text}` cannot be a fact's name: lower case, digits and `_`"))
            unreadable.add(as_word(name.text).replace("-", "_"))
        elif isinstance(body, yaml_source.Mapping) and body.repeats:
            unreadable.add(name.text)
        elif fact := _fact(name, Fields(body, f"the fact `{name.text}`", _FIELDS, problems), unreadable):
            facts[fact.name] = fact
        else:
            unreadable.add(name.text)
    return facts


def _fact(name: Scalar, fields: Fields, unreadable: set[str]) -> Fact | None:
    kind = _one_of(fields, "type", tuple(FactType), required=True)
    title, question = fields.text("title", required=True), fields.text("question", required=True)
    if kind is None:
        return None
    told = len(fields.problems)
    formula = _formula(fields)
    is_open = _one_of(fields, "open", ("true", "false")) == "true"
    values = _values(fields, FactType(kind), is_open=is_open)
    unit = _unit(fields, formula)
    absent = fields.text("absent")
    sets = {key.text: words.text for key, words in fields.pairs("sets")}
    more = _more(fields, FactType(kind))
    if len(fields.problems) > told or fields.meant:
        unreadable.add(name.text)
    return Fact(
        name=name.text,
        type=FactType(kind),
        title=title,
        question=question,
        column=fields.text("column") or name.text,
        place=name.place,
        help=fields.text("help"),
        answered_by=Answerer(_one_of(fields, "answered by", tuple(Answerer)) or Answerer.REQUESTER),
        evidence=tuple(word.text for word in fields.words("evidence")),
        fhir=_fhir(name.text, fields, _meanings(FactType(kind), values, is_open=is_open)),
        values=values,
        open=is_open,
        unit=unit,
        formula=formula,
        absent=absent,
        sets=sets,
        more=more,
    )


def _one_of(fields: Fields, name: str, allowed: tuple[str, ...], *, required: bool = False) -> str | None:
    scalar = fields.scalar(name, required=required)
    if scalar is None or scalar.text in allowed:
        return scalar.text if scalar else None
    near = did_you_mean(scalar.text, allowed)
    fields.wrong(scalar.place, f"`{name}` is {listed(allowed)}, not `{scalar.text}`{near}")
    return None


def _values(fields: Fields, kind: FactType, *, is_open: bool) -> dict[str, str]:
    if kind is FactType.YES_NO:
        says = {key.text: words.text for key, words in fields.pairs("says", required=True)}
        if says and set(says) != {"yes", "no"}:
            fields.wrong(fields.place, "`says` needs a sentence for `yes` and one for `no`")
        return says
    values = {}
    for key, words in fields.pairs("values", required=kind is FactType.CHOICE and not is_open):
        if key.text != as_word(key.text):
            fields.wrong(key.place, f"a value is written in lower case: `{as_word(key.text)}`, not `{key.text}`")
        values[as_word(key.text)] = words.text
    return values


def _formula(fields: Fields) -> Formula | None:
    scalar = fields.scalar("from")
    formula = formula_from(scalar.text) if scalar else None
    if scalar and formula is None:
        fields.wrong(scalar.place, f"`from` must be {FORMS}, not `{scalar.text}`")
    return formula


def _more(fields: Fields, kind: FactType) -> More | None:
    value = fields.value("more")
    if value is not None and kind is not FactType.YES_NO:
        fields.wrong(value.place, f"`more` is told beside a yes, and this is a {kind} fact")
    return more_from(fields)


def _unit(fields: Fields, formula: Formula | None) -> str:
    scalar = fields.scalar("unit")
    unit = unit_named(scalar.text) if scalar else ""
    if scalar and unit is None:
        fields.wrong(scalar.place, f"no unit `{scalar.text}` is known{did_you_mean(scalar.text, SIZES)}")
    elif scalar and formula and not formula.is_ratio and unit != SPANS[formula.kind][0]:
        fields.wrong(scalar.place, f"the formula gives {SPANS[formula.kind][0]}, not {unit}")
    return unit or ""


def _meanings(kind: FactType, values: Mapping[str, str], *, is_open: bool) -> tuple[str, ...]:
    """The values that a code can mean; none where it may mean any."""
    if kind is FactType.YES_NO:
        return ("yes", "no")
    return () if is_open or kind is not FactType.CHOICE else tuple(values)


def _fhir(name: str, fields: Fields, meanings: tuple[str, ...]) -> FhirSource | None:
    value = fields.value("fhir")
    if value is None:
        return None
    inner = Fields(value, "`fhir`", ("path", "codes"), fields.problems)
    codes = dict(inner.pairs("codes"))
    for to in codes.values():
        if meanings and to.text not in meanings:
            near = did_you_mean(to.text, meanings)
            message = f"a code means {listed(meanings)}, not `{to.text}`{near}"
            fields.wrong(to.place, message, f"{name} is {to.text}")
    return FhirSource(inner.text("path", required=True), {key.text: to.text for key, to in codes.items()})


def formula_problems(facts: Facts, unreadable: set[str]) -> list[Problem]:
    """What is wrong with derived facts: unknown inputs, inputs of the wrong type, facts derived from themselves.

    Those of another type than a formula gives go to ``unreadable``.
    """
    derived = {fact.name: fact.formula for fact in facts.values() if fact.formula}
    found = []
    in_circles = circles({name: formula.inputs for name, formula in derived.items()})
    circular = {name for circle in in_circles for name in circle}
    for name, formula in derived.items():
        for source in formula.inputs:
            wrong = _input_problem(facts.get(source), source, formula, facts)
            if wrong and source not in unreadable | circular and not (source not in facts and ANY_NAME in unreadable):
                unknown = source if source not in facts else ""
                found.append(Problem(facts[name].place, f"`{name}`: {wrong}", unknown=unknown))
        if facts[name].type is not FactType.NUMBER:
            found.append(Problem(facts[name].place, f"`{name}` is derived, so its type is `number`"))
            unreadable.add(name)
    for circle in in_circles:
        message = f"a fact is derived from itself: {' → '.join((*circle, circle[0]))}"
        found.append(Problem(facts[circle[0]].place, message))
    return found


def _input_problem(fact: Fact | None, name: str, formula: Formula, facts: Facts) -> str | None:
    if fact is None:
        return f"no fact `{name}` is declared in facts.yaml{did_you_mean(name, facts)}"
    needed = FactType.NUMBER if formula.is_ratio else FactType.DATE
    if fact.type is not needed:
        return f"`{name}` is a {fact.type} fact; this formula needs a {needed}"
    other = facts.get(formula.second)
    if formula.is_ratio and other and fact.unit != other.unit and KIND_OF[fact.unit] == KIND_OF[other.unit]:
        return f"a ratio of {fact.unit or 'a count'} to {other.unit or 'a count'}: give both in one unit"
    return None
