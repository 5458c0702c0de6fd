"""What `audit verify` finds in a record that somebody changed: by its chains, and by checkpoints kept elsewhere."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import update
from tests.store.events import LETTER, NOON, event, with_document
from tests.store.inside import damage, damage_heads

from isodose.store.chain import Fault, Wrong, links
from isodose.store.checkpoint import CheckpointError
from isodose.store.checkpoint_file import CheckpointFile
from isodose.store.errors import StoreError
from isodose.store.event import Event, instant_text, link
from isodose.store.head import Head
from isodose.store.record import Record
from isodose.store.rows import row_of
from isodose.store.signing import make_key, read_key
from isodose.store.tables import DOCUMENT, EVENT
from isodose.store.take import take_checkpoints
from isodose.store.verify import Verification, verify


@dataclass
class Audited:
    """A record with a file of checkpoints, and what is done to it."""

    record: Record
    file: CheckpointFile

    def checkpoint(self) -> int:
        return len(take_checkpoints(self.record.database, self.file, NOON))

    def verify(self) -> Verification:
        return verify(self.record, self.file)

    def faults(self) -> list[str]:
        return [str(fault) for fault in self.verify().faults]

    def rewrite(self, request: str, kind: str, number: int) -> None:
        """Make the event another one, and all hashes after it anew: the chain holds again."""
        before = self.record.history(request)
        events = [event(kind) if stored.number == number else stored.event for stored in before]
        for stored in links(request, events, None):
            place = (EVENT.c.request == request) & (EVENT.c.number == stored.number)
            damage(self.record, update(EVENT).where(place).values(row_of(stored)))


@pytest.fixture
def audited(record: Record, tmp_path: Path) -> Audited:
    """Three requests of three events; the second event of each brings a document."""
    for request in ("PA-1", "PA-2", "PA-3"):
        record.append(request, 0, [event()], head=Head("submitted"))
        record.append(request, 1, [with_document()], [LETTER], key=f"{request}-answer")
        record.append(request, 2, [event("decided")], head=Head("decided"))
    return Audited(record, CheckpointFile(tmp_path / "checkpoints.jsonl", make_key(tmp_path / "a.key")))


def test_an_untouched_record_is_as_stored(audited: Audited) -> None:
    assert audited.checkpoint() == 1
    audited.record.append("PA-1", 3, [event("amended")])
    found = audited.verify()
    assert found.holds
    assert (found.requests, found.events, found.documents, found.uncovered) == (3, 10, 1, 1)
    assert (found.checkpoints, found.last_checkpoint) == (1, NOON)


def test_without_checkpoints_all_events_are_uncovered(audited: Audited) -> None:
    assert (audited.verify().uncovered, verify(audited.record).holds) == (9, True)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE event SET facts = '{}' WHERE request = 'PA-2' AND number > 1", (2, Wrong.CHANGED)),
        ("UPDATE event SET facts = '[' WHERE request = 'PA-2' AND number = 3", (3, Wrong.CHANGED)),
        ("UPDATE event SET at = '2026-11-27T11:00:00.000Z' WHERE request = 'PA-2' AND number = 2", (2, Wrong.CHANGED)),
        ("UPDATE event SET kind = 'denied' WHERE request = 'PA-2' AND number = 3", (3, Wrong.CHANGED)),
        ("DELETE FROM event WHERE request = 'PA-2' AND number = 1", (1, Wrong.REMOVED)),
        ("UPDATE event SET number = 5 - number WHERE request = 'PA-2' AND number = 2", (2, Wrong.REMOVED)),
    ],
)  # fmt: skip
def test_the_first_event_that_is_wrong_is_named_without_any_checkpoint(
    audited: Audited, statement: str, fault: tuple[int, Wrong]
) -> None:
    lift = ["DELETE FROM head", "DELETE FROM receipt"]
    if "5 - number" in statement:
        lift.append("DELETE FROM event WHERE request = 'PA-2' AND number = 3")
    damage(audited.record, *lift, statement)
    [found] = verify(audited.record).faults
    assert (found.request, found.number, found.wrong) == ("PA-2", *fault)


def test_two_events_that_changed_places_are_found(audited: Audited) -> None:
    swap = "UPDATE event SET number = {1} WHERE request = 'PA-2' AND number = {0}"
    damage(
        audited.record,
        "DELETE FROM head",
        "DELETE FROM receipt",
        *(swap.format(*pair) for pair in ((2, 9), (3, 2), (9, 3))),
    )
    [found] = verify(audited.record).faults
    assert found == Fault("PA-2", 2, Wrong.REORDERED, "another event follows the one before it")


def test_a_chain_that_was_rewritten_whole_is_found_by_the_checkpoints(audited: Audited) -> None:
    audited.checkpoint()
    audited.rewrite("PA-2", "denied", 3)
    assert verify(audited.record).holds
    because = "one of the events 1 to 3 is not what checkpoint 1 of 2026-11-27T12:00:00.000Z holds"
    assert audited.verify().faults == [Fault("PA-2", 1, Wrong.CHANGED, because)]


def test_with_a_checkpoint_after_each_event_the_very_event_is_named(audited: Audited) -> None:
    audited.checkpoint()
    for number, kind in ((3, "amended"), (4, "extended"), (5, "ended")):
        audited.record.append("PA-2", number, [event(kind)])
        assert audited.checkpoint() == 1
    audited.rewrite("PA-2", "reopened", 5)
    because = "it is not what checkpoint 3 of 2026-11-27T12:00:00.000Z holds"
    assert audited.verify().faults == [Fault("PA-2", 5, Wrong.CHANGED, because)]


def test_an_end_that_was_cut_off_is_found_by_the_checkpoints(audited: Audited) -> None:
    audited.checkpoint()
    damage(audited.record, "DELETE FROM head", "DELETE FROM event WHERE request = 'PA-2' AND number = 3")
    assert verify(audited.record).holds
    assert audited.faults() == ["PA-2: event 3 was removed: checkpoint 1 of 2026-11-27T12:00:00.000Z holds event 3"]


def test_a_request_that_was_removed_whole_is_found(audited: Audited) -> None:
    audited.checkpoint()
    whole = [f"DELETE FROM {table} WHERE request = 'PA-2'" for table in ("head", "receipt", "event")]  # noqa: S608
    damage(audited.record, *whole)
    assert audited.faults() == ["PA-2: event 1 was removed: checkpoint 1 of 2026-11-27T12:00:00.000Z holds event 3"]


def test_an_event_that_was_slipped_in_among_older_ones_is_found(audited: Audited) -> None:
    audited.checkpoint()
    [forged] = links("PA-9", [event("approved")], None)
    values = {**row_of(forged), "position": -1}
    with audited.record.database.writing() as connection:
        connection.execute(EVENT.insert().values(values))
    assert audited.faults() == ["PA-9: event 1 was added: it stands among older events, and no checkpoint knows it"]


def test_documents_that_were_changed_or_removed_are_named(audited: Audited) -> None:
    damage(audited.record, update(DOCUMENT).values(content=b"Simulation on 2026-11-21"))
    assert f"the document {LETTER.sha256} is not what was stored" in audited.verify().others[0]
    damage_heads(audited.record, "DELETE FROM document")
    assert audited.verify().others == [f"the document {LETTER.sha256} was removed"]


def test_a_head_that_stands_elsewhere_than_its_request_is_said(audited: Audited) -> None:
    damage_heads(audited.record, "UPDATE head SET number = 2 WHERE request = 'PA-2'")
    assert audited.verify().others == ["PA-2: its head stands at event 2, and its last one is 3"]


def test_each_checkpoint_costs_only_what_happened_since(audited: Audited) -> None:
    audited.checkpoint()
    audited.record.append("PA-3", 3, [event("amended")])
    audited.record.append("PA-3", 4, [event("ended")])
    audited.checkpoint()
    [_, second] = [found for _, found in audited.file.read()]
    assert not isinstance(second, CheckpointError)
    assert [(head.request, head.number) for head in second.heads] == [("PA-3", 5)]
    assert audited.checkpoint() == 0


def test_many_events_are_covered_by_several_checkpoints(audited: Audited, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("isodose.store.take.MOST_EVENTS", 4)
    assert audited.checkpoint() == 3
    assert audited.verify().holds
    assert audited.verify().uncovered == 0


def test_a_record_without_events_has_its_first_checkpoint(record: Record, tmp_path: Path) -> None:
    audited = Audited(record, CheckpointFile(tmp_path / "checkpoints.jsonl", make_key(tmp_path / "a.key")))
    assert (audited.checkpoint(), audited.checkpoint()) == (1, 0)
    record.append("PA-1", 0, [event()])
    assert audited.verify().uncovered == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
class TestTheFile:
    """Whoever can write the file and has no key is found."""

    def write_three(self, audited: Audited) -> list[str]:
        audited.checkpoint()
        for number in (3, 4):
            audited.record.append("PA-1", number, [event("amended")])
            audited.checkpoint()
        return audited.file.path.read_text().splitlines()

    def after(self, audited: Audited, lines: list[str]) -> list[str]:
        audited.file.path.write_text("".join(f"{line}\n" for line in lines))
        return [other.removeprefix(f"{audited.file.path}:") for other in audited.verify().others]

    def test_a_changed_line_does_not_fit_its_signature(self, audited: Audited) -> None:
        lines = self.write_three(audited)
        lines[1] = lines[1].replace('"PA-1",4', '"PA-2",4')
        assert self.after(audited, lines)[0] == (
            "2: its signature does not fit: it was changed, or written by somebody without the key"
        )

    def test_a_removed_line_is_missed_by_the_next(self, audited: Audited) -> None:
        lines = self.write_three(audited)
        assert self.after(audited, [lines[0], lines[2]]) == ["2: checkpoint 3 stands where 2 belongs"]

    def test_lines_that_changed_places_are_found(self, audited: Audited) -> None:
        lines = self.write_three(audited)
        assert self.after(audited, [lines[0], lines[2], lines[1]])[0] == "2: checkpoint 3 stands where 2 belongs"

    def test_another_spelling_of_a_line_is_another_line(self, audited: Audited) -> None:
        lines = self.write_three(audited)
        lines[2] = lines[2].replace(":", ": ", 1)
        assert "its signature does not fit" in self.after(audited, lines)[0]

    def test_what_is_no_checkpoint_is_said(self, audited: Audited) -> None:
        lines = self.write_three(audited)
        assert self.after(audited, [*lines, '{"number":4}', "[]}"]) == [
            "4: this is no checkpoint",
            "5: this is no checkpoint",
        ]

    def test_another_key_is_told_from_a_forgery(self, audited: Audited, tmp_path: Path) -> None:
        self.write_three(audited)
        other = CheckpointFile(audited.file.path, make_key(tmp_path / "b.key"))
        with pytest.raises(CheckpointError, match=f"signed with the key {audited.file.key.id}, and the key given is"):
            other.last()

    def test_nothing_is_added_below_a_last_line_that_is_wrong(self, audited: Audited) -> None:
        lines = self.write_three(audited)
        self.after(audited, [*lines[:2], lines[2].replace('"PA-1",5', '"PA-1",6')])
        audited.record.append("PA-1", 5, [event("ended")])
        with pytest.raises(CheckpointError, match="the last checkpoint: its signature does not fit"):
            audited.checkpoint()

    def test_a_line_that_was_cut_off_counts_for_nothing(self, audited: Audited) -> None:
        lines = self.write_three(audited)
        for cut in (0, 1, len(lines[2]) // 2, len(lines[2]) - 1):
            audited.file.path.write_text("\n".join([*lines[:2], lines[2][:cut]]))
            assert audited.checkpoint() == 1
            assert audited.verify().holds, cut
            assert audited.verify().uncovered == 0

    def test_a_line_longer_than_a_read_is_found_from_the_end(
        self, audited: Audited, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.write_three(audited)
        expected = audited.file.last()
        for chunk in (1, 7, 100):
            monkeypatch.setattr("isodose.store.checkpoint_file._CHUNK", chunk)
            assert audited.file.last() == expected

    def test_a_key_is_for_its_owner_alone_and_never_written_over(self, audited: Audited, tmp_path: Path) -> None:
        file = tmp_path / "a.key"
        assert file.stat().st_mode & 0o777 == 0o400
        assert read_key(file) == audited.file.key
        with pytest.raises(FileExistsError):
            make_key(file)
        assert "secret" not in repr(audited.file.key)

    @pytest.mark.parametrize("text", ["", "abc", "é"])
    def test_what_is_no_key_is_said(self, audited: Audited, tmp_path: Path, text: str) -> None:
        del audited
        (tmp_path / "c.key").write_text(text)
        with pytest.raises(StoreError, match=r"c\.key: "):
            read_key(tmp_path / "c.key")
        with pytest.raises(StoreError, match="put back the one they were made with"):
            read_key(tmp_path / "d.key")


def test_what_is_written_otherwise_is_found_though_it_fits_its_hash(audited: Audited) -> None:
    """Another spelling of the same facts, with its hash made anew, at the end of a chain that no checkpoint covers."""
    last = audited.record.history("PA-2")[-1]
    spelled = Event.as_written(last.event.kind, instant_text(last.event.at), last.event.by, f" {last.event.written} ")
    place = (EVENT.c.request == "PA-2") & (EVENT.c.number == last.number)
    row = row_of(link("PA-2", last.number, spelled, last.previous))
    damage(audited.record, update(EVENT).where(place).values(row))
    assert audited.faults() == ["PA-2: event 3 was changed: what is stored is not an event as they are written"]
