"""The desk's page: a case to be read, and the form of an act beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.responses import Response

from isodose.desk.act import AnyAct, Refusal
from isodose.desk.clock import deadline
from isodose.desk.physician import reason_problem
from isodose.desk.state import DECIDED, OPEN
from isodose.desk.transitions import who_may
from isodose.determination.record import json_line
from isodose.determination.request import ShapeError
from isodose.determination.words import notes
from isodose.store.errors import StaleError
from isodose.store.practices import find_practice
from isodose.store.preferences import preferences_of
from isodose.web.details import labelled
from isodose.web.due import due
from isodose.web.errors import NotFoundError
from isodose.web.form import whole_number
from isodose.web.letters_view import letters_for
from isodose.web.reviewer.acts.decide import REASON, granted_in_full
from isodose.web.reviewer.acts.panel import FormError, Panel, Problems
from isodose.web.reviewer.acts.review import LINE, OF
from isodose.web.reviewer.acts.sign import texts
from isodose.web.reviewer.acts.table import PANELS
from isodose.web.reviewer.desk.blind import by_reviewers
from isodose.web.reviewer.desk.criteria import Group, Shown, criteria
from isodose.web.reviewer.desk.desk import Desk
from isodose.web.reviewer.desk.documents import NOTHING, Reading, entries, opened_page
from isodose.web.reviewer.desk.earlier import earlier
from isodose.web.reviewer.desk.judging import judging
from isodose.web.reviewer.desk.offers import FIRST, adverse_lacks, authorization_offers, offers
from isodose.web.reviewer.desk.preview import Preview, preview
from isodose.web.reviewer.desk.shown import passages_by_fact, passages_by_target, told_by_fact
from isodose.web.reviewer.desk.timeline import Step, steps
from isodose.web.reviewer.desk.what_if import coming
from isodose.web.reviewer.worklist.keys import KEYS
from isodose.web.show import capital
from isodose.web.summary import summary, treated_by_line
from isodose.web.told_more import labelled_more
from isodose.web.visit import Visit

SEEN = "seen"
"""The field in which each form carries the number of the last event that its page showed."""

CONFLICT = 409
"""The status of a page that something came before."""


def show(visit: Visit) -> Response:
    """The case, to be read."""
    return desk_page(Desk(visit, visit.case("desk")))


def show_form(visit: Visit) -> Response:
    """The case, with the form of an act."""
    return desk_page(Desk(visit, visit.case("desk")), _panel(visit))


def do(visit: Visit) -> Response:
    """An act, done; or the page again with everything that keeps it from being done, and all that was typed."""
    panel = _panel(visit)
    desk = Desk(visit, visit.case("desk"))
    if came := _came_since(desk):
        return desk_page(desk, panel, came=came, status=CONFLICT)
    what = _read(desk, panel)
    if isinstance(what, list):
        return desk_page(desk, panel, what)
    if panel.is_adverse and visit.form.text("step") == "preview":
        return _preview(desk, panel, what)
    return _done(desk, panel, what)


def _read(desk: Desk, panel: Panel) -> AnyAct | Problems:
    """The act that was typed, or what is wrong with it."""
    role, may = desk.visit.by.role, who_may(panel.do)
    if role not in may:
        return [("", f"{role.named} may not {panel.do.words}; {' or '.join(may)} may")]
    try:
        return panel.read(desk)
    except FormError as error:
        return error.problems
    except ValueError as error:
        return [("", capital(str(error)))]


def _done(desk: Desk, panel: Panel, what: AnyAct) -> Response:
    visit = desk.visit
    try:
        answer = visit.services.office.act(desk.case, what, visit.by, visit.now)
    except StaleError as error:
        newer = Desk(visit, visit.case("desk"))
        return desk_page(newer, panel, came=steps(error.meanwhile, newer), status=CONFLICT)
    if isinstance(answer, Refusal):
        return desk_page(desk, panel, [("", capital(reason)) for reason in answer.reasons])
    return visit.go(f"{desk.path}?{urlencode({'done': panel.name})}")


def _preview(desk: Desk, panel: Panel, what: AnyAct) -> Response:
    """The page with what the member will read, or with what is wrong with the reason."""
    if wrong := reason_problem(desk.visit.form.text(REASON), texts(desk)):
        return desk_page(desk, panel, [(REASON, capital(wrong))])
    return desk_page(desk, panel, letter=preview(desk, what))


def show_json(visit: Visit) -> Response:
    """The case for programs; of a decision that is to be looked at blind, nothing."""
    desk = Desk(visit, visit.case("desk"))
    limit = deadline(desk.request.clock, visit.services.policy.zone) if desk.request.clock else None
    return visit.json(
        {
            "tracking": desk.case.tracking,
            "state": None if desk.is_blind else desk.request.standing.state.value,
            "number": desk.request.number,
            "due": limit and {"at": limit.at.isoformat(), "rule": limit.rule},
            "determinations": [json.loads(json_line(one)) for one in desk.determinations],
            "timeline": [
                {
                    "number": one.number,
                    "at": one.at.isoformat(),
                    "what": one.words,
                    "by": one.by,
                    "said": list(one.said),
                }
                for one in _timeline(desk)
            ],
            "letters": [one.as_data() for one in letters_for(visit, desk.shown)],
        }
    )


def _panel(visit: Visit) -> Panel:
    panel = PANELS.get(visit.path.get("act", ""))
    if panel is None:
        raise NotFoundError("There is no such act.")
    return panel


def _came_since(desk: Desk) -> tuple[Step, ...]:
    """What came after the page was made from which the form was sent."""
    seen = whole_number(desk.visit.form.text(SEEN)) or 0
    return steps(desk.case.came_since(seen), desk)


def desk_page(  # noqa: PLR0913 (a page, whole)
    desk: Desk,
    panel: Panel | None = None,
    problems: Problems | None = None,
    *,
    came: Sequence[Step] = (),
    status: int = 0,
    reading: Reading = NOTHING,
    letter: Preview | None = None,
) -> Response:
    """The page. ``came`` is what happened since the visitor looked; ``reading`` what it did with the documents.

    ``letter`` is what would be read of the act whose form it shows.
    """
    visit, case = desk.visit, desk.case
    policy = visit.services.policy
    blind, request = desk.is_blind, desk.shown.request
    page = opened_page(desk)  # before anything asks which documents were opened
    found = offers(desk)
    return visit.page(
        "reviewer_desk.html",
        status or (422 if problems else 200),
        desk=desk,
        request=request,
        seen=desk.request.number,
        summary=summary(desk.shown, visit.services, visit.now),
        due=None if blind else due(request, visit.now, policy),
        rule=deadline(desk.request.clock, policy.zone).rule if desk.request.clock else "",
        holder=desk.request.hold if desk.request.held_by(visit.now) else None,
        blind=blind,
        coming=coming(desk.determinations) if desk.determinations else None,
        unreadable=desk.answers if isinstance(desk.answers, ShapeError) else None,
        lines=_lines(desk),
        judging=judging(desk),
        panel=panel,
        of=visit.form.text(OF) or visit.query.get(OF, ""),
        of_line=_of_line(visit),
        fields=panel.fields(desk) if panel else (),
        lacks=adverse_lacks(desk) if panel and panel.is_adverse else (),
        preview=letter,
        granted=granted_in_full(desk)[0] if panel and panel.name == "approve" else (),
        problems=problems or [],
        came=came,
        done=PANELS[visit.query["done"]].done if visit.query.get("done") in PANELS else "",
        bar=[one for one in found if one.name in FIRST],
        others=[one for one in found if one.name not in FIRST],
        authorizations=()
        if blind
        else [
            (one, case.authorization(one.line.number), authorization_offers(desk, one.line.number))
            for one in desk.request.authorizations
        ],
        steps=_timeline(desk),
        letters=letters_for(visit, desk.shown),
        earlier=earlier(desk),
        details=[*labelled(desk.request.details), *labelled_more(desk.request.details, visit.services.guideline)],
        treated=treated_by_line(desk.request),
        documents=entries(desk),
        page=page,
        is_open=desk.request.standing.place in OPEN,
        is_decided=desk.request.standing.place in DECIDED,
        channel=str(case.history[0].event.facts.get("channel", "portal")),
        practice=_practice(desk),
        notes=list(dict.fromkeys(note for one in desk.determinations for note in notes(one))),
        keys=preferences_of(visit.services.database, visit.by.account).get(KEYS, True),
        reading=reading,
    )


def _timeline(desk: Desk) -> tuple[Step, ...]:
    """What happened, as the visitor may see it."""
    return steps((one for one in desk.shown.history if not (desk.is_blind and by_reviewers(one))), desk)


def _of_line(visit: Visit) -> int:
    """The line that a judgement is about; the first unless one is named."""
    return whole_number(visit.form.text(LINE) or visit.query.get(LINE, "")) or 1


def _practice(desk: Desk) -> str:
    found = find_practice(desk.visit.services.database, desk.request.asked_by.practice)
    return found.name if found else desk.request.asked_by.practice


def _lines(desk: Desk) -> list[tuple[int, str, tuple[Group, ...]]]:
    """For each service line its number, its edition, and the guideline clause by clause."""
    shown = Shown(passages_by_fact(desk), passages_by_target(desk), told_by_fact(desk))
    return [
        (one.case.line or place, one.edition.id if one.edition else "", criteria(one, shown, one.case.line or place))
        for place, one in enumerate(desk.determinations, 1)
    ]
