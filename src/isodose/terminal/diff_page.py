"""The report of `isodose diff`: whom the revision touches first, then questions, rules and text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from isodose.batch.touched_told import OnFile, ToldRows
from isodose.proof.difference.questions import QuestionChange
from isodose.proof.difference.report import NOT_COUNTED, SAME_CASES, Edited, Report
from isodose.proof.difference.rules import RuleChange
from isodose.proof.difference.text import GONE, NEW, TextChange
from isodose.proof.difference.told import EASIER, HARDER, OTHER, SCOPE, Group, Told
from isodose.terminal.paper import Paper

MOST_ALTERNATIVES = 4
MOST_PARAGRAPHS = 12
MOST_RULES = 12
"""Of more than these the first are shown, and how many there are."""

_LOOKS = {HARDER: ("not-met", "not-met"), EASIER: ("met", "met"), SCOPE: ("review", "review"), OTHER: ("none", "plain")}
_SAYS = {
    HARDER: "harder to be covered",
    EASIER: "easier to be covered",
    SCOPE: "into the guideline's scope or out of it",
    OTHER: "another answer, covered neither before nor after, or both times",
}


def diff_page(report: Report, paper: Paper, on_file: OnFile | None = None) -> str:
    """The whole report; ``on_file`` is whom it touches among the requests of a file."""
    lines = [*_head(report, paper), *(_on_file(on_file, paper) if on_file else ()), *_decisions(report, paper)]
    lines += [*_questions(report.questions, paper), *_rules(report.rules, paper), *_text(report.text, paper)]
    return "\n".join(line.rstrip() for line in lines)


def _head(report: Report, paper: Paper) -> Iterator[str]:
    editions = f"{report.old.edition.id} {_arrow_sign(paper)} {report.new.edition.id}"
    yield paper.heading(paper.across(report.new.edition.title, editions))
    yield paper.rule()
    yield from paper.wrapped(f"Old: {_dated(report.old)}", "", "     ")
    yield from paper.wrapped(f"New: {_dated(report.new)}", "", "     ")
    yield ""


def _dated(edited: Edited) -> str:
    edition = edited.edition
    marked = ", reconstructed" if edition.reconstructed else ""
    return f"effective {edition.effective}, decided {edition.decided}{marked} ({edited.guideline.folder.name}/{edition.file})"


def _on_file(on_file: OnFile, paper: Paper) -> Iterator[str]:
    yield paper.heading(f"In the file: {on_file.touched:,} of {on_file.rows:,} requests get another answer")
    for direction, count in on_file.directions.items():
        sign, role = _LOOKS[direction]
        yield from paper.wrapped(f"{count:>9,}  {_SAYS[direction]}", f"  {paper.sign(sign)} ", " " * 15, role)
    for cause in dict.fromkeys(one.cause for one in on_file.told):
        yield from paper.wrapped(f"because of {cause}", "  ", "  ")
        for one in on_file.told:
            if one.cause == cause:
                sign, role = _LOOKS[one.direction]
                arrow = f"{one.count:>9,}  {one.before} {_arrow_sign(paper)} {one.after}"
                yield from paper.wrapped(arrow, f"  {paper.sign(sign)} ", " " * 15, role)
                yield from paper.wrapped(_ids_say(one), " " * 15, " " * 15, "quiet")
    yield ""


def _ids_say(one: ToldRows) -> str:
    more = one.count - len(one.request_ids)
    if not one.request_ids:
        return "without request ids"
    return ", ".join(one.request_ids) + (f" and {more:,} more (--json has all)" if more else "")


def _decisions(report: Report, paper: Paper) -> Iterator[str]:
    yield paper.heading("Whom it touches")
    yield from _counts(report, paper)
    yield ""
    for group in report.groups:
        yield from _group(group, paper)
    role = "met" if report.difference.is_proved else "not-met"
    yield from paper.wrapped(report.proved, f"{paper.sign(role)} ", "  ", role)
    yield from paper.wrapped(f"{SAME_CASES} {NOT_COUNTED}", "  ", "  ", "quiet")
    yield ""


def _counts(report: Report, paper: Paper) -> Iterator[str]:
    if report.units:
        yield from paper.wrapped(f"What can change a decision: {'; '.join(report.units)}.", "  ", "  ")
    if report.everywhere:
        yield from paper.wrapped(f"It touches only requests where {'; '.join(report.everywhere)}.", "  ", "  ")
    if not report.groups:
        yield from paper.wrapped("No request gets another answer.", "  ", "  ")
    for direction, count in report.directions.items():
        sign, role = _LOOKS[direction]
        says = f"{count} {'change' if count == 1 else 'changes'}: {_SAYS[direction]}"
        yield from paper.wrapped(says, f"  {paper.sign(sign)} ", "    ", role)
        for line in report.arrows(direction):
            yield from paper.wrapped(line.replace("→", _arrow_sign(paper)), "      ", "        ")


def _arrow(told: Told, paper: Paper) -> str:
    return f"{told.before} {_arrow_sign(paper)} {told.after}"


def _arrow_sign(paper: Paper) -> str:
    return "→" if paper.signs else "->"


def _group(group: Group, paper: Paper) -> Iterator[str]:
    yield from paper.wrapped(f"Because of {group.cause}", role="strong")
    if group.where:
        yield from paper.wrapped(f"where {'; '.join(group.where)}:", "  ", "  ")
    for told in group.told:
        yield from _told(told, paper)
    yield ""


def _told(told: Told, paper: Paper) -> Iterator[str]:
    sign, role = _LOOKS[told.direction]
    yield from paper.wrapped(_arrow(told, paper), f"  {paper.sign(sign)} ", "    ", role)
    if told.where:
        yield from paper.wrapped(f"if {'; '.join(told.where)}{'; and' if told.alternatives else ''}", "    ", "    ")
    either = "either " if len(told.alternatives) > 1 else ""
    for number, parts in enumerate(told.alternatives[:MOST_ALTERNATIVES]):
        start = either if not number else "or "
        yield from paper.wrapped(f"{start}{'; '.join(parts)}", "    ", "      ")
    if len(told.alternatives) > MOST_ALTERNATIVES:
        more = len(told.alternatives) - MOST_ALTERNATIVES
        yield from paper.wrapped(
            f"or one of {more} more alternatives (--html and --json have all)", "    ", "      ", "quiet"
        )
    yield from paper.wrapped(f"For example {told.example}", "    ", "      ", "quiet")


def _questions(changes: Sequence[QuestionChange], paper: Paper) -> Iterator[str]:
    if changes:
        yield paper.heading("Questions")
        for change in changes:
            yield from _question(change, paper)
        yield ""


def _question(change: QuestionChange, paper: Paper) -> Iterator[str]:
    if change.old is None and change.new is not None:
        yield from paper.wrapped(f"asked newly: {change.new.question} ({change.fact})", "  + ", "    ")
    elif change.new is None and change.old is not None:
        yield from paper.wrapped(f"no longer asked: {change.old.question} ({change.fact})", "  - ", "    ")
    elif change.old is not None and change.new is not None:
        yield from paper.wrapped(
            f"put otherwise ({', '.join(change.parts)}): {change.new.question} ({change.fact})", "  ~ ", "    "
        )
        if change.old.question != change.new.question:
            yield from paper.wrapped(f"before: {change.old.question}", "    ", "    ", "quiet")


def _rules(changes: Sequence[RuleChange], paper: Paper) -> Iterator[str]:
    if changes:
        yield paper.heading("Rules, lists and readings")
    for change in changes[:MOST_RULES]:
        yield from paper.wrapped(f"{change.kind} {change.name}", "  ", "  ")
        yield from _lines(change, paper)
    if len(changes) > MOST_RULES:
        names = [f"{change.kind} {change.name}" for change in changes[MOST_RULES:]]
        yield from paper.wrapped(f"and {len(names)} more: {', '.join(names)}", "  ", "  ", "quiet")
    if changes:
        yield ""


def _lines(change: RuleChange, paper: Paper) -> Iterator[str]:
    """The lines that differ, and of a rule those around them."""
    from difflib import ndiff

    for line in ndiff(change.old, change.new):
        mark, words = line[:2], line[2:]
        inside = " " * (len(words) - len(words.lstrip()))
        if mark == "? " or (mark == "  " and change.kind == "list"):
            continue
        role = {"- ": "not-met", "+ ": "met"}.get(mark, "quiet")
        yield from paper.wrapped(words.lstrip(), f"    {mark}{inside}", f"      {inside}  ", role)


def _text(changes: Sequence[TextChange], paper: Paper) -> Iterator[str]:
    yield paper.heading("Text" if changes else "The text is the same, word for word.")
    ordered = sorted(changes, key=lambda change: change.clause is None)
    for change in ordered[:MOST_PARAGRAPHS]:
        yield from _paragraph(change, paper)
    if len(changes) > MOST_PARAGRAPHS:
        yield from paper.wrapped(
            f"and {len(changes) - MOST_PARAGRAPHS} more paragraphs (--html has all, side by side)", "  ", "  ", "quiet"
        )


def _paragraph(change: TextChange, paper: Paper) -> Iterator[str]:
    """One paragraph: words taken out in [-…-], words added in {+…+}."""
    name = f"clause {change.clause}" if change.clause else "text"
    state = "new" if not change.old else "gone" if not change.new else "changed"
    yield from paper.wrapped(f"{name}: {state}", "  ", "  ", "strong")
    yield from paper.wrapped(_marked(change), "    ", "    ", {"new": "met", "gone": "not-met"}.get(state, "plain"))


def _marked(change: TextChange) -> str:
    if not change.old or not change.new:
        return " ".join(span.words for span in change.old or change.new)
    return " ".join(_both(change))


def _both(change: TextChange) -> Iterator[str]:
    """Both paragraphs as one, what is gone before what came in its place."""
    old, new = list(change.old), list(change.new)
    while old or new:
        if old and old[0].kind == GONE:
            yield f"[-{old.pop(0).words}-]"
        elif new and new[0].kind == NEW:
            yield f"{{+{new.pop(0).words}+}}"
        else:
            yield old.pop(0).words
            new.pop(0)
