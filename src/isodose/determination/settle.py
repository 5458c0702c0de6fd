"""A reviewer's judgements in place of what is unknown. They replace an unknown, never a known, truth."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from isodose.determination.case import Judgement
from isodose.determination.finding import Finding, id_of
from isodose.determination.illness import Illness
from isodose.guideline.edition import Clause
from isodose.guideline.tree import COMBINATIONS, InDiagnoses
from isodose.guideline.truth import UNKNOWN


class Settled:
    """The judgements of one case; ``used`` are the targets of those that replaced something."""

    def __init__(self, judgements: Mapping[str, Judgement]) -> None:
        self._judgements = judgements
        self.used: set[str] = set()

    def lists(self, lists: Collection[str], stated: Illness) -> dict[str, Judgement]:
        """The judgements on lists of diagnoses that the codes leave unknown; they count for the lists above, too."""
        return {
            name: judgement
            for name, judgement in self._judgements.items()
            if name in lists and stated.truth(name) is UNKNOWN
        }

    def leaf(self, found: Finding) -> Finding:
        """A leaf's finding, or the reviewer's on its phrase."""
        assert not isinstance(found.node, (Clause, *COMBINATIONS))
        return self._settled(found, found.node.phrase)

    def in_list(self, found: Finding, judged: Collection[str]) -> Finding:
        """A leaf's finding as other rules see it: one that asks for a judged list has the reviewer's on that list."""
        node = found.node
        if isinstance(node, InDiagnoses) and not node.is_set and node.target in judged:
            return self._settled(found, node.target)
        return found

    def finding(self, found: Finding) -> Finding:
        """A clause's finding, or the reviewer's on it."""
        return self._settled(found, id_of(found))

    def clause(self, clause: Clause, rule: Finding) -> Finding:
        """The finding of a clause that is one leaf."""
        return self.finding(Finding(clause, rule.truth, (rule,)))

    def _settled(self, found: Finding, target: str) -> Finding:
        judgement = self._judgements.get(target) if found.truth is UNKNOWN else None
        if judgement is None:
            return found
        self.used.add(target)
        return replace(found, truth=judgement.truth, asks=None, judgement=judgement)
