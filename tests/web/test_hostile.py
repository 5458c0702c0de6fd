"""Nobody breaks anything: forms and files that no page makes are answered, and none is a fault of ours. What they are says `hostile.py`."""

import pytest
from tests.web.hostile import attack


@pytest.mark.parametrize("times", [100, pytest.param(6000, marks=pytest.mark.slow)])
def test_no_form_and_no_file_is_a_fault(times: int) -> None:
    heard = attack(times)
    assert heard.faults == []
    assert sum(heard.statuses.values()) >= times
    assert {303, 400, 403, 404, 413, 422} <= heard.statuses.keys()
