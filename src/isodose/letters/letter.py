"""A letter's content: everything that is written on it, as a value. A template only puts it on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from isodose.desk.days import day_of
from isodose.desk.number import Kind as NumberKind
from isodose.desk.number import request_number
from isodose.letters.contents import Content
from isodose.letters.kind import Kind, Reader
from isodose.letters.plan import Plan
from isodose.letters.sources import Sources
from isodose.letters.tell import content_of
from isodose.letters.words import in_words, lines_of
from isodose.store.practices import Practice


@dataclass(frozen=True, slots=True)
class Letter:
    """``to`` is the name and address in the window, ``references`` the box beside it, ``service`` the guideline's service.

    ``content`` is what this kind tells; ``additional`` are paragraphs that the plan must add.
    """

    kind: Kind
    reader: Reader
    title: str
    date: str
    to: tuple[str, ...]
    greeting: str
    member: str
    member_number: str
    references: tuple[tuple[str, str], ...]
    request: str
    received: str
    service: str
    title_of_guideline: str
    plan: Plan
    additional: tuple[str, ...]
    content: Content

    @property
    def name(self) -> str:
        """The name of its template: `member/denied`."""
        return f"{self.reader}/{self.kind}"


def readers(sources: Sources) -> tuple[Reader, ...]:
    """Who is written to: the member always, and the practice that asked."""
    return (Reader.MEMBER, Reader.PROVIDER) if sources.practice else (Reader.MEMBER,)


def letter_from(reader: Reader, sources: Sources, on: date) -> Letter:
    """The letter for one reader, dated on a day. Raises ``ValueError`` where nobody of that kind is written to."""
    if reader not in readers(sources):
        raise ValueError("no practice asked for this, so that there is no provider to write to")
    guideline = sources.guideline
    edition = next((one.edition for one in sources.answers if one.edition), guideline.editions[-1])
    return Letter(
        kind=sources.told.kind,
        reader=reader,
        title=sources.told.titles[reader],
        date=in_words(on),
        to=tuple(_to(reader, sources)),
        greeting=_greeting(reader, sources),
        member=_member_name(sources),
        member_number=sources.member.member_id,
        references=tuple(_references(reader, sources)),
        request=_request_number(sources),
        received=_received(sources),
        service=sources.plan.services.get(guideline.id, edition.title),
        title_of_guideline=edition.title,
        plan=sources.plan,
        additional=sources.plan.adds_to(sources.told.kind),
        content=content_of(sources, on),
    )


def _to(reader: Reader, sources: Sources) -> Iterator[str]:
    if reader is Reader.MEMBER:
        yield _member_name(sources)
        yield from lines_of(sources.member.address or "")
    else:
        practice = _practice(sources)
        yield practice.name
        yield from lines_of(practice.address or "")


def _greeting(reader: Reader, sources: Sources) -> str:
    return f"Dear {_member_name(sources) if reader is Reader.MEMBER else _practice(sources).name}:"


def _practice(sources: Sources) -> Practice:
    assert sources.practice is not None, "`letter_from` has looked"
    return sources.practice


def _member_name(sources: Sources) -> str:
    return sources.member.name or f"Member {sources.member.member_id}"


def _references(reader: Reader, sources: Sources) -> Iterator[tuple[str, str]]:
    member = sources.member
    if reader is Reader.PROVIDER:
        yield "Member", _member_name(sources)
        yield "Date of birth", in_words(member.birth_date)
    yield "Member number", member.member_id
    yield "Request number", _request_number(sources)
    yield "Received", _received(sources)


def _request_number(sources: Sources) -> str:
    return request_number(NumberKind.TRACKING, sources.serial)


def _received(sources: Sources) -> str:
    assert sources.request.clock is not None, "a request that was submitted has a clock"
    return in_words(day_of(sources.request.clock.first, sources.policy.zone))
