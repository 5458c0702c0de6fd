"""A tree as its author would write it: the YAML of a rule block, a line each."""

from __future__ import annotations

from isodose.guideline.tree import COMBINATIONS, All, Any, AtLeast, Node


def rule_lines(node: Node) -> list[str]:
    """The lines of a rule; reading them back gives the same tree."""
    if not isinstance(node, COMBINATIONS):
        return [node.phrase]
    if len(node.parts) == 1 and not isinstance(node.parts[0], COMBINATIONS):
        return [f"{_name(node)}: {node.parts[0].phrase}"]
    lines = [f"{_name(node)}:"]
    for part in node.parts:
        first, *rest = rule_lines(part)
        lines.append(f"  - {first}")
        lines.extend(f"    {line}" for line in rest)
    return lines


def _name(node: Node) -> str:
    if isinstance(node, AtLeast):
        return f"at least {node.count}"
    return "all" if isinstance(node, All) else "any" if isinstance(node, Any) else "none"
