"""What a check of claims came to, on a page: how many lines are payable, and for which reason or why not."""

from __future__ import annotations

from collections.abc import Sequence

from isodose.claims.decisions import BetterDecision
from isodose.claims.reason import SAID
from isodose.claims.run import ClaimsSummary
from isodose.terminal.paper import Paper
from isodose.terminal.progress import in_words

_HEADINGS = {"true": "Payable, as far as this guideline goes", "null": "Open", "false": "Not payable"}


def claims_page(summary: ClaimsSummary, decisions: Sequence[BetterDecision], paper: Paper, seconds: float) -> str:
    """The summary in words."""
    page = [paper.heading(f"{_what(summary)} in {in_words(seconds)}")]
    for payable, heading in _HEADINGS.items():
        reasons = [reason for reason in summary.reasons if summary.payable_of(reason) == payable]
        if reasons:
            page += ["", heading]
            page += [
                paper.words(
                    f"{summary.reasons[one]:>14,} {summary.reasons[one] / summary.lines:>6.1%}  {one:<23} {SAID[one]}"
                )
                for one in reasons
            ]
    if summary.posted is not None:
        page += ["", f"{summary.posted:,} {'line' if summary.posted == 1 else 'lines'} drew units for good"]
    if decisions:
        page += ["", "Decisions of the record that would be better now", *map(_decision, decisions)]
    return "\n".join(page)


def _decision(one: BetterDecision) -> str:
    then = f"{one.earlier_outcome} by {one.earlier_edition or 'no edition'}"
    return f"  {one.request}, line {one.line}, decided on {one.decided}: {then}, now {one.outcome} by {one.edition}"


def _what(summary: ClaimsSummary) -> str:
    if summary.rechecked is not None:
        return f"{summary.lines:,} of {summary.rechecked:,} claim lines better now, found"
    return f"{summary.lines:,} claim {'line' if summary.lines == 1 else 'lines'}"
