"""A draft read as a request: what would be sent, and all that is wrong with it or lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from isodose.desk.around import continuity, not_configured
from isodose.desk.decision import NotRequired
from isodose.desk.line import Lines
from isodose.desk.request import Evidence
from isodose.guideline.around import Around
from isodose.store.event import Json
from isodose.web.practice.draft.answers import passage_problems, read_answers, read_passages
from isodose.web.practice.draft.diagnoses import diagnosis_problems, read_diagnoses, read_of_lines
from isodose.web.practice.draft.member import ID, MemberRead, known_member, read_member
from isodose.web.practice.draft.more_rows import more_problems, read_more
from isodose.web.practice.draft.people import course_began, people_problems, read_details
from isodose.web.practice.draft.problem import Problem
from isodose.web.practice.draft.service import Service, read_services
from isodose.web.practice.draft.typed import Typed
from isodose.web.services import Services


@dataclass(frozen=True, slots=True)
class Reading:
    """``content`` and ``lines`` are of the lines that are said whole; ``needless`` is what stands around the guideline."""

    member: MemberRead
    services: tuple[Service, ...]
    content: Mapping[str, Json]
    lines: Lines
    evidence: tuple[Evidence, ...]
    details: Mapping[str, Json]
    needless: NotRequired | None
    problems: tuple[Problem, ...]

    @property
    def wrong(self) -> dict[str, str]:
        """What is wrong by field; what only lacks is left out."""
        return {problem.field: problem.words for problem in self.problems if not problem.lacks}


def read(typed: Typed, services: Services, documents: Collection[str], today: date) -> Reading:
    """``documents`` are those that passages may lie in, by SHA-256."""
    guideline = services.guideline
    lines = read_services(typed, guideline, typed.text("billing_npi"))
    day = min((line.start for line in lines if line.start), default=None)
    member = read_member(typed, services.database, day)
    answers = read_answers(typed, guideline)
    whole = tuple(service.line for service in lines if service.line)
    content: dict[str, Json] = {
        "member": _member(member),
        "lines": [
            {**service.facts, **answers, **read_diagnoses(typed, guideline, service.key)}
            for service in lines
            if service.line
        ],
    }
    return Reading(
        member,
        lines,
        content,
        whole,
        read_passages(typed, guideline, documents),
        {**read_details(typed), **read_of_lines(typed), **read_more(typed, guideline)},
        _needless(typed, services, member, day, whole),
        (
            *member.problems,
            *(problem for service in lines for problem in service.problems),
            *people_problems(typed, today),
            *diagnosis_problems(typed),
            *more_problems(typed, guideline, today),
            *passage_problems(typed, guideline),
            *_around_problems(member, day, guideline.around),
        ),
    )


def _member(member: MemberRead) -> dict[str, Json]:
    return {
        "member_id": member.member_id or None,
        "member_birth_date": str(member.born) if member.born else None,
        "product": member.product or None,
    }


def _needless(
    typed: Typed, services: Services, member: MemberRead, day: date | None, lines: Lines
) -> NotRequired | None:
    """What stands around the guideline for a course that is under way."""
    began, known = course_began(typed), known_member(member, day) if day else None
    found = continuity(began, known, services.guideline.around) if began and known else None
    return found.decision_on(lines) if found and lines else None


def _around_problems(member: MemberRead, day: date | None, around: Around) -> Iterator[Problem]:
    known = known_member(member, day) if day else None
    if known and day and (why := not_configured(known, day, around)):
        yield Problem(ID, why)
