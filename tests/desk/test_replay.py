"""Answers made again from what is stored: the same bytes, and what is not the same is said."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.command_line import Run
from tests.desk.at_the_office import PROVEN, SCAN, determination_of, moved, office_of, submitted, unproven
from tests.desk.people import POLICY, PRACTICE
from tests.determination.imrt_cases import imrt

from isodose.desk.acts import Send
from isodose.desk.case import Case
from isodose.desk.determined import DETERMINATIONS
from isodose.desk.head import head_by
from isodose.desk.office import Office
from isodose.desk.replay import replay
from isodose.desk.transitions import Do
from isodose.determination.program import Program
from isodose.guideline.content import shipped
from isodose.store.event import Json, Stored
from isodose.store.record import open_record


def answered(office: Office) -> Case:
    """A request that was asked about and then approved: two answers."""
    return moved(office, submitted(office, unproven()), Send(Do.ANSWER, evidence=PROVEN), PRACTICE)


def with_last_determination(case: Case, **changes: Json) -> Sequence[Stored]:
    """The history as if the last answer had been another."""
    last = case.history[-1]
    facts = {**last.event.facts, DETERMINATIONS: [{**determination_of(case), **changes}]}
    return (*case.history[:-1], replace(last, event=replace(last.event, facts=facts)))


def test_each_answer_is_the_same_byte_for_byte(office: Office) -> None:
    again = list(replay(answered(office).history, imrt(), POLICY))
    assert [(one.number, one.kind, one.differs) for one in again] == [(2, "asked", None), (4, "approved", None)]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "change", [{"outcome": "clinical-review"}, {"basis": []}, {"explanation": []}, {"notes": ["so it was"]}]
)
def test_an_answer_that_is_not_what_the_same_text_gives_is_found(office: Office, change: dict[str, Json]) -> None:
    *same, last = replay(with_last_determination(answered(office), **change), imrt(), POLICY)
    assert [one.differs for one in same] == [None]
    assert last.differs == "the same content gives another determination"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_an_answer_by_another_text_is_told_apart(office: Office) -> None:
    guideline = imrt().guideline
    files = {name: content + b"\n" for name, content in guideline.files.items()}
    case = answered(office)
    other = Program(replace(guideline, files=files))
    for one in replay(case.history, other, POLICY):
        assert one.differs
        assert one.differs.startswith(f"it rests on the content {determination_of(case)['content_hash']}, and the")
        assert one.differs.endswith("replay it with that edition")


def test_the_command_makes_all_answers_again_or_those_of_one_request(run: Run, tmp_path: Path) -> None:
    assert run("migrate").status == 0
    record = open_record(str(tmp_path / "isodose.db"))
    case = answered(office_of(record))
    forged = with_last_determination(case, outcome="clinical-review")
    assert run("replay").out == "isodose.db: 2 answers made again, 0 not as stored\n"

    other = "TRACK-0000-0007-4"
    events = [stored.event for stored in forged]
    record.append(other, 0, events, [SCAN], head=head_by(POLICY)([replace(one, request=other) for one in forged]))
    record.close()
    ended = run("replay")
    assert (ended.status, ended.out.splitlines()) == (
        1,
        [
            f"{other}, event 4 (approved): the same content gives another determination",
            "isodose.db: 4 answers made again, 1 not as stored",
        ],
    )
    assert run("replay", case.tracking).out == "isodose.db: 2 answers made again, 0 not as stored\n"
    unknown = run("replay", "TRACK-0000-0001-0")
    assert (unknown.status, unknown.faults) == (2, ["no request `TRACK-0000-0001-0` is in isodose.db"])


def test_the_command_takes_another_folder_of_the_guideline(run: Run, tmp_path: Path) -> None:
    assert run("migrate").status == 0
    record = open_record(str(tmp_path / "isodose.db"))
    tracking = answered(office_of(record)).tracking
    record.close()
    folder = tmp_path / "imrt"
    shutil.copytree(shipped("imrt"), folder)
    with (folder / "facts.yaml").open("a", encoding="utf-8") as facts:
        facts.write("# looked through\n")
    ended = run("replay", "--content", folder)
    assert ended.status == 1
    assert ended.out.count(f"{tracking}, event ") == 2
    assert "it rests on the content" in ended.out
