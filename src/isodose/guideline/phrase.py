"""A leaf's short phrase as a node. Nothing else exists, and what a leaf cannot say belongs in a fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from isodose.guideline.dates import date_from
from isodose.guideline.facts import Fact, Facts, FactType
from isodose.guideline.problem import ANY_CLAUSE, ANY_LIST, ANY_NAME, did_you_mean, listed
from isodose.guideline.text import as_code, as_word
from isodose.guideline.tree import (
    ALWAYS,
    ClauseMet,
    Compare,
    InDiagnoses,
    InList,
    Is,
    IsAbsent,
    Leaf,
    Period,
    Yes,
)
from isodose.guideline.units import KIND_OF, KINDS, SIZES, Number, converted, unit_named


class PhraseError(ValueError):
    """What is wrong with a phrase, in words, with the nearest right word where there is one.

    ``unknown`` is the name that nothing declares, where that is what is wrong.
    """

    def __init__(self, message: str, unknown: str = "") -> None:
        super().__init__(message)
        self.unknown = unknown


class RestsOnUnreadableError(PhraseError):
    """The phrase names something that is there and could not be read: the fault is reported where it is."""


@dataclass(frozen=True, slots=True)
class ListedCodes:
    """A list that the text states as data, and the dates of service for which it holds."""

    members: frozenset[str]
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a leaf may use: facts, clauses of the edition, and the lists that its data blocks state.

    ``unreadable`` are names of facts and data blocks that are there and could not be read; ``ANY_CLAUSE`` and ``ANY_LIST``
    stand among them where a block's own name is not known.
    """

    facts: Facts
    clauses: Collection[str] = ()
    lists: Mapping[str, ListedCodes] = field(default_factory=dict)
    unreadable: Collection[str] = ()


_COMPARISON = re.compile(r"(\w+)\s*(<=|>=|<|>|=)\s*(\S+)(?:\s+(\S+))?")
_WORDS = re.compile(r"(\S+) (is|in) (\S+)")
_CLAUSE = re.compile(r"clause (\S+)")

_EXAMPLES = "`FACT`, `FACT is VALUE`, `FACT < 21 years`, `FACT is absent`, `FACT in LIST` or `clause ID`"


def leaf_from(text: str, known: Vocabulary) -> Leaf:
    """The leaf that the phrase states. Raises ``PhraseError`` with what is wrong."""
    phrase = " ".join(text.split())
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(phrase):
            return read(phrase, match, known)
    if re.fullmatch(r"\w+", phrase):
        return _yes(phrase, known)
    raise PhraseError(f"`{phrase}` is not a phrase of the format: write {_EXAMPLES}")


def _fact(name: str, known: Vocabulary) -> Fact:
    if name in known.unreadable or (ANY_NAME in known.unreadable and name not in known.facts):
        raise RestsOnUnreadableError(name)
    if name not in known.facts:
        raise PhraseError(f"no fact `{name}` is declared in facts.yaml{did_you_mean(name, known.facts)}", name)
    return known.facts[name]


def _expect(fact: Fact, *kinds: FactType, asked: str, instead: str = "") -> None:
    if fact.type not in kinds:
        raise PhraseError(f"`{fact.name}` is a {fact.type} fact and cannot be {asked}{instead}")


def _yes(phrase: str, known: Vocabulary) -> Leaf:
    fact = _fact(phrase, known)
    instead = f"; write `{fact.name} is VALUE`" if fact.type is FactType.CHOICE else ""
    _expect(fact, FactType.YES_NO, asked="asked by its name alone; only a yes/no fact can", instead=instead)
    return Yes(fact.name, phrase)


def _clause(phrase: str, match: re.Match[str], known: Vocabulary) -> Leaf:
    clause = match[1]
    if clause not in known.clauses:
        if ANY_CLAUSE in known.unreadable:
            raise RestsOnUnreadableError(clause)
        message = f"no clause `{clause}` has a rule in this edition{did_you_mean(clause, known.clauses)}"
        raise PhraseError(message, clause)
    return ClauseMet(clause, phrase)


def _is_or_in(phrase: str, match: re.Match[str], known: Vocabulary) -> Leaf:
    fact = _fact(match[1], known)
    if match[2] == "in":
        return _in(phrase, fact, match[3], known)
    return _absent(phrase, fact) if match[3] == "absent" else _is(phrase, fact, match[3], known)


def _is(phrase: str, fact: Fact, value: str, known: Vocabulary) -> Leaf:
    yes_or_no = {"yes": fact.name, "no": f"none: {fact.name}"}.get(as_word(value))
    instead = f"; write `{yes_or_no}`" if yes_or_no and fact.type is FactType.YES_NO else ""
    _expect(fact, FactType.CHOICE, asked=f"`{value}`; only a choice can", instead=instead)
    if as_word(value) in fact.values:
        return Is(fact.name, as_word(value), phrase)
    if ANY_NAME in known.unreadable:
        raise RestsOnUnreadableError(fact.name)
    if not fact.values:
        raise PhraseError(f"`{fact.name}` declares no values; write `{fact.name} in LIST`")
    near = did_you_mean(value, fact.values)
    message = f"`{fact.name}` offers no `{value}`: it is {listed(fact.values)}{near}"
    raise PhraseError(message, f"{fact.name} is {as_word(value)}")


def _absent(phrase: str, fact: Fact) -> Leaf:
    if not fact.absent and not fact.formula:
        raise PhraseError(f"`{fact.name}` cannot be absent: its fact does not declare `absent`")
    return IsAbsent(fact.name, phrase)


def _in(phrase: str, fact: Fact, name: str, known: Vocabulary) -> Leaf:
    if fact.type is FactType.CODES:
        return _in_diagnoses(phrase, fact, name, known)
    _expect(fact, FactType.CODE, FactType.CHOICE, asked="in a list; only a code, a choice or a diagnosis can")
    stated = _list(name, known)
    fold = as_code if fact.type is FactType.CODE else as_word
    return InList(fact.name, frozenset(map(fold, stated.members)), stated.period, name, phrase)


def _list(name: str, known: Vocabulary) -> ListedCodes:
    block = _block_of(name)
    if block in known.unreadable or (name not in known.lists and ANY_LIST in known.unreadable):
        raise RestsOnUnreadableError(name)
    if name in known.lists:
        return known.lists[name]
    blocks = dict.fromkeys(map(_block_of, known.lists))
    if block != name and block not in blocks:
        near = did_you_mean(block, blocks)
        raise PhraseError(f"no data block is named `{block}`, so that nothing states `{name}`{near}", block)
    raise PhraseError(f"no data block states a list `{name}`{did_you_mean(name, known.lists)}", name)


def _block_of(name: str) -> str:
    """The data block that states a list: `codes` states `codes.required`."""
    return name.rpartition(".")[0] or name


def _in_diagnoses(phrase: str, fact: Fact, target: str, known: Vocabulary) -> Leaf:
    if target not in fact.sets and target not in known.clauses:
        if ANY_CLAUSE in known.unreadable or ANY_NAME in known.unreadable:
            raise RestsOnUnreadableError(target)
        near = did_you_mean(target, [*known.clauses, *fact.sets])
        message = f"`{target}` is neither a clause of this edition nor a set of `{fact.name}`{near}"
        raise PhraseError(message, target)
    return InDiagnoses(fact.name, target, target in fact.sets, phrase)


def _compare(phrase: str, match: re.Match[str], known: Vocabulary) -> Leaf:
    name, operator, bound, unit = match.groups()
    fact = _fact(name, known)
    instead = f"; write `{name} is {bound}`" if operator == "=" and fact.type is FactType.CHOICE else ""
    _expect(fact, FactType.NUMBER, FactType.DATE, asked="compared; only a number or a date can", instead=instead)
    if fact.type is FactType.DATE:
        day = date_from(bound)
        if day is None or unit:
            raise PhraseError(f"`{fact.name}` is a date: compare it with a date like 2026-01-01, not `{bound}`")
        return Compare(fact.name, operator, day, phrase)
    return Compare(fact.name, operator, _bound(fact, bound, unit or ""), phrase)


def _bound(fact: Fact, text: str, word: str) -> Number:
    unit = unit_named(word)
    if unit is None:
        raise PhraseError(f"no unit `{word}` is known{did_you_mean(word, SIZES)}")
    if KIND_OF[unit] != KIND_OF[fact.unit]:
        raise PhraseError(
            f"`{fact.name}` is in {fact.unit or 'plain numbers'} and cannot be compared with "
            f"{word or 'a plain number'}; write {_right_units(fact) if word else f'`{text} {fact.unit}`'}"
        )
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise PhraseError(f"`{text}` is not a number")
    return converted(number, unit, fact.unit)


def _right_units(fact: Fact) -> str:
    return listed(KINDS[KIND_OF[fact.unit]]) if fact.unit else "the number alone"


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str], Vocabulary], Leaf]], ...] = (
    (_CLAUSE, _clause),
    (_COMPARISON, _compare),
    (_WORDS, _is_or_in),
)
