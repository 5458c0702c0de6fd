"""A rule block's YAML as a tree."""

from __future__ import annotations

import re
from collections.abc import Callable

from isodose.guideline.phrase import PhraseError, RestsOnUnreadableError, Vocabulary, leaf_from
from isodose.guideline.problem import Problem, did_you_mean
from isodose.guideline.tree import All, Any, AtLeast, Node, NoneOf
from isodose.guideline.yaml_source import Mapping, Scalar, Sequence, Value

COMBINERS: dict[str, Callable[[tuple[Node, ...]], Node]] = {"all": All, "any": Any, "none": NoneOf}
_ELSEWHERE = {"not": "none", "and": "all", "or": "any"}
"""What other languages call them."""
_AT_LEAST = re.compile(r"at least (\d+)")


def tree_from(value: Value, known: Vocabulary, problems: list[Problem], clause: str | None) -> Node | None:
    """The tree that the value states, or None where some part of it cannot be read; all problems are noted."""
    if isinstance(value, Scalar):
        return _leaf(value, known, problems, clause)
    if isinstance(value, Sequence) or len(value.entries) != 1:
        message = "a rule is one phrase, or one of `all:`, `any:`, `none:`, `at least N:` with its parts"
        problems.append(Problem(value.place, message, clause))
        return None
    ((name, body),) = value.entries
    combine = _combiner(name, problems, clause)
    parts = _parts(name, body, known, problems, clause)
    return combine(parts) if combine and parts else None


def _leaf(value: Scalar, known: Vocabulary, problems: list[Problem], clause: str | None) -> Node | None:
    if not value.text.strip():
        problems.append(Problem(value.place, "nothing is written here", clause))
        return None
    try:
        return leaf_from(value.text, known)
    except RestsOnUnreadableError:
        return None
    except PhraseError as error:
        problems.append(Problem(value.place, str(error), clause, unknown=error.unknown))
        return None


def _combiner(name: Scalar, problems: list[Problem], clause: str | None) -> Callable[[tuple[Node, ...]], Node] | None:
    if name.text in COMBINERS:
        return COMBINERS[name.text]
    if (match := _AT_LEAST.fullmatch(name.text)) and int(match[1]) > 0:
        count = int(match[1])
        return lambda parts: AtLeast(count, parts)
    near = did_you_mean(_ELSEWHERE.get(name.text.lower(), name.text), [*COMBINERS, "at least 2"])
    problems.append(
        Problem(name.place, f"`{name.text}:` is not `all:`, `any:`, `none:` or `at least N:`{near}", clause)
    )
    return None


def _parts(
    name: Scalar, body: Value, known: Vocabulary, problems: list[Problem], clause: str | None
) -> tuple[Node, ...]:
    items = body.items if isinstance(body, Sequence) else (body,)
    if not items or (isinstance(body, Mapping) and not body.entries) or (isinstance(body, Scalar) and not body.text):
        problems.append(Problem(body.place, f"`{name.text}:` has no parts", clause))
        return ()
    if (match := _AT_LEAST.fullmatch(name.text)) and int(match[1]) > len(items):
        message = f"`{name.text}` can never be met: it has only {len(items)} part{'s' * (len(items) != 1)}"
        problems.append(Problem(name.place, message, clause))
    nodes = [tree_from(item, known, problems, clause) for item in items]
    return tuple(node for node in nodes if node is not None) if all(nodes) else ()
