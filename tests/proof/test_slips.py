"""Each slip is told, by words that only it brings, and the example that is told is what the engine answers."""

from collections import Counter
from pathlib import Path

import pytest
from tests.guideline.check.seed import Copy
from tests.proof.seed import Slip
from tests.proof.slips import SLIPS

from isodose.determination.program import Program
from isodose.guideline.load import load
from isodose.proof.report import prove

_SHOWN_BEFORE: dict[str, set[tuple[str, str]]] = {}


def told_before(content: Path, guideline: str) -> set[tuple[str, str]]:
    """What is told of the guideline as it is."""
    if guideline not in _SHOWN_BEFORE:
        loaded, _ = load(content / guideline)
        assert loaded is not None
        _SHOWN_BEFORE[guideline] = {(finding.message, finding.shown) for finding in prove(loaded).findings}
    return _SHOWN_BEFORE[guideline]


@pytest.mark.slow
@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_slip_is_told_with_a_right_example(slip: Slip, content: Path) -> None:
    before = told_before(content, slip.guideline)
    copy = Copy(content / slip.guideline)
    try:
        slip.into(copy)
        guideline, _ = load(copy.folder)
        assert guideline is not None
        findings = prove(guideline).findings
    finally:
        copy.restore()
    told = slip.told
    found = [
        finding
        for finding in findings
        if (finding.topic, finding.clause) == (told.topic, told.clause)
        and all(words in finding.message for words in told.says)
        and (finding.message, finding.shown) not in before
    ]
    assert found, [(finding.topic, finding.clause, finding.message, finding.shown) for finding in findings]
    for finding in found:
        if told.shows is None:
            assert finding.example is None
            continue
        assert finding.example is not None
        answer = Program(guideline).determine(finding.example)
        assert answer.outcome == told.shows if isinstance(told.shows, str) else told.shows(answer), finding.shown
        assert f": {answer.outcome}" in finding.shown


def test_there_are_forty_slips_with_names_of_their_own() -> None:
    assert len(SLIPS) >= 40
    assert [name for name, count in Counter(map(str, SLIPS)).items() if count > 1] == []
