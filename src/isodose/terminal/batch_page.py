"""What a batch came to, on a page: how many rows have which outcome, and for what reason they go to a reviewer."""

from __future__ import annotations

from collections.abc import Iterator

from isodose.batch.job import Summary
from isodose.guideline.outcome import Outcome, Reason
from isodose.terminal.paper import Paper
from isodose.terminal.progress import in_words

SAID = {
    Outcome.INVALID: "returned for correction: something cannot be right",
    Outcome.NOT_APPLICABLE: "out of the guideline's scope",
    Outcome.NOT_REQUIRED: "no authorization is needed",
    Outcome.COVERED_WITHOUT_REVIEW: "covered, and nobody reviews it",
    Outcome.CLINICAL_REVIEW: "for a reviewer",
    Outcome.INFORMATION_NEEDED: "the requester is asked for more",
    Outcome.APPROVED: "approved",
}
REASONS = {
    Reason.LIMITATION: "a limitation applies",
    Reason.CRITERIA_NOT_MET: "no criterion can be met",
    Reason.JUDGEMENT: "only a reviewer can settle what is unknown",
}


def batch_page(summary: Summary, paper: Paper, seconds: float) -> str:
    """The summary in words."""
    rows = "row" if summary.rows == 1 else "rows"
    lines = [paper.heading(f"{summary.rows:,} {rows} in {in_words(seconds)}"), ""]
    lines += _counted(summary, paper)
    return "\n".join(lines)


def _counted(summary: Summary, paper: Paper) -> Iterator[str]:
    for outcome, said in SAID.items():
        count = summary.outcomes.get(outcome)
        if count:
            yield paper.words(f"{count:>14,} {count / summary.rows:>6.1%}  {outcome:<23} {said}")
        if outcome is Outcome.CLINICAL_REVIEW:
            for reason, why in REASONS.items():
                if summary.reasons.get(reason):
                    yield paper.paint(paper.words(f"{summary.reasons[reason]:>21,}    {reason:<21} {why}"), "quiet")
