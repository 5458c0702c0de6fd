"""The worklist: whose turn it is by time to breach, found, filtered, taken, and looked at again without knowing the answer."""

import csv
import html
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.web.reviewer.cases import do, middle_ear, now_of, palliative, sent, state_of
from tests.web.site import Site, site

from isodose.desk.policy import DeskPolicy
from isodose.web.reviewer.worklist.filters import Filter, filter_from
from isodose.web.reviewer.worklist.find import number_from
from isodose.web.reviewer.worklist.tabs import Tab


def order(page: str, *names: str) -> list[str]:
    return sorted((name for name in names if name in page), key=page.index)


def test_the_next_deadline_stands_first(here: Site) -> None:
    later = middle_ear(here)
    here.later(-timedelta(days=2))
    sooner = palliative(here)
    here.later(timedelta(days=2))
    page = here.as_("noor").get("/worklist").text
    assert order(page, later.tracking, sooner.tracking) == [sooner.tracking, later.tracking]
    assert "No criterion met" in page
    assert "Reviewer: whether C30.1 is listed in 1" in page
    assert "2 open" in page


def test_each_tab_holds_those_whose_turn_it_is(here: Site) -> None:
    mine, theirs, physicians = middle_ear(here), sent(here, treatment_intent=None), palliative(here)
    noor = here.as_("noor")
    do(noor, here, physicians, "refer", why="No criterion is met.")
    for tab, case in (("review", mine), ("practice", theirs), ("physician", physicians)):
        page = noor.get(f"/worklist?tab={tab}").text
        assert [one.tracking for one in (mine, theirs, physicians) if one.tracking in page] == [case.tracking]
        assert page.count(" <b>1</b>") == 3


def test_an_overdue_case_stays_with_whose_turn_it_is_and_is_called_so(here: Site) -> None:
    case = middle_ear(here)
    here.later(timedelta(days=15))
    do(here.as_("noor"), here, case, "note", why="Late.")
    assert state_of(here, case) == "overdue"
    noor = here.as_("noor")
    for tab in ("review", "late"):
        page = noor.get(f"/worklist?tab={tab}").text
        assert case.tracking in page
        assert "1 overdue" in page
    assert case.tracking not in noor.get("/worklist?tab=physician").text


def test_a_decision_of_which_the_member_was_not_told_is_owed(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    do(noor, here, case, "approve", reason="It is met.")
    assert case.tracking in noor.get("/worklist?tab=late").text
    do(noor, here, case, "notify", way="written")
    assert case.tracking not in noor.get("/worklist?tab=late").text
    assert case.tracking in noor.get("/worklist?tab=decided").text


def test_empty_tabs_say_what_would_fill_them(here: Site) -> None:
    noor = here.as_("noor")
    assert "Nothing waits for a review." in noor.get("/worklist").text
    assert "No practice owes an answer." in noor.get("/worklist?tab=practice").text
    assert "Nothing fits this filter." in noor.get("/worklist?whose=mine").text
    assert "Nothing waits for a review." in noor.get("/worklist?tab=nonsense&within=x&whose=y").text


@pytest.mark.parametrize(
    "typed", ["M1", "alvarez", "R. Alv", "c30.1", "C301", "TRACK-0000-0001-3", "track 0000 0001 3"]
)
def test_a_case_is_found_by_what_somebody_reads_out(here: Site, typed: str) -> None:
    case, other = middle_ear(here), palliative(here)
    assert case.tracking == "TRACK-0000-0001-3"
    page = here.as_("noor").post("/worklist/find", {"find": typed}).text
    assert "1 case found." in page
    assert case.tracking in page
    assert other.tracking not in page


def test_a_case_is_found_by_its_authorization(here: Site) -> None:
    case = sent(here)
    number = case.authorization(1)
    assert number
    page = here.as_("noor").post("/worklist/find", {"find": number.replace("-", " ").lower()}).text
    assert case.tracking in page


def test_what_is_not_found_says_what_could_be_typed(here: Site) -> None:
    middle_ear(here)
    noor = here.as_("noor")
    assert "letters of a name as on the roster" in noor.post("/worklist/find", {"find": "nobody at all"}).text
    assert "Type a member" in noor.post("/worklist/find", {"find": " "}).text


@pytest.mark.parametrize(
    ("typed", "number"), [("TRACK-0000-0001-4", ""), ("AUTH", ""), ("track-0000-0001-3", "TRACK-0000-0001-3")]
)
def test_a_number_is_known_however_it_is_typed_if_its_last_digit_is_right(typed: str, number: str) -> None:
    assert number_from(typed) == number


def test_a_case_is_taken_and_shown_to_be(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    assert do(noor, here, case, "take").status_code == 303
    page = here.as_("olga").get("/worklist").text
    assert 'Noor Haddad, RN<br><span class="sub">until 10:00</span>' in page
    assert "Nothing fits this filter." in here.as_("olga").get("/worklist?whose=mine").text
    assert case.tracking in noor.get("/worklist?whose=mine").text


def test_the_next_case_is_the_most_urgent_that_nobody_else_has(here: Site) -> None:
    first, second = middle_ear(here), palliative(here)
    noor, olga = here.as_("noor"), here.as_("olga")
    assert noor.post("/worklist/next", {"tab": "review"}).headers["location"] == f"/case/{first.tracking}"
    assert olga.post("/worklist/next", {"tab": "review"}).headers["location"] == f"/case/{second.tracking}"
    assert now_of(here, second).request.held_by(here.now) == "olga"
    none = noor.post("/worklist/next", {"tab": "review", "not": first.tracking})
    assert none.status_code == 422
    assert "There is no next case here that nobody else has." in none.text


def test_a_filter_is_kept_under_a_name_and_removed(here: Site) -> None:
    noor = here.as_("noor")
    answer = noor.post("/worklist/filters", {"name": "Mine today", "tab": "review", "whose": "mine", "within": "24"})
    assert answer.headers["location"] == "/worklist?tab=review&whose=mine&within=24"
    assert "Mine today" in noor.get("/worklist").text
    assert "Mine today" not in here.as_("olga").get("/worklist").text
    noor.post("/worklist/filters/remove", {"name": "Mine today"})
    assert "Mine today" not in noor.get("/worklist").text
    assert "Give the filter a name" in noor.post("/worklist/filters", {"name": " ", "tab": "review"}).text


def test_only_what_is_due_in_time_passes_a_filter(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    assert case.tracking not in noor.get("/worklist?within=24").text
    here.later(timedelta(days=14))
    assert case.tracking in here.as_("noor").get("/worklist?within=24").text


def test_a_filter_of_an_address_is_read_with_care() -> None:
    assert filter_from({"tab": "late", "whose": "free", "practice": "elm", "within": "24"}) == Filter(
        Tab.LATE, "free", "elm", 24
    )
    assert filter_from({"tab": "?", "whose": "?", "within": "9999"}) == Filter()


def test_the_list_is_there_as_data(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    [line] = noor.get("/worklist.json").json()
    assert (line["tracking"], line["member"], line["codes"], line["diagnoses"]) == (
        case.tracking,
        "R. Alvarez",
        ["77385"],
        ["C30.1"],
    )
    [row] = csv.DictReader(io.StringIO(noor.get("/worklist.csv").text))
    assert (row["tracking"], row["units"], row["site"]) == (case.tracking, "35", "Malignant neoplasm of middle ear")


def test_single_keys_can_be_turned_off(here: Site) -> None:
    noor = here.as_("noor")
    assert 'data-keys="on"' in noor.get("/worklist").text
    noor.post("/worklist/keys", {"keys": "off"})
    assert 'data-keys="off"' in noor.get("/worklist").text
    assert 'data-keys="on"' in here.as_("olga").get("/worklist").text
    noor.post("/worklist/keys", {"keys": "on"})
    assert 'data-keys="on"' in noor.get("/worklist").text


@pytest.fixture
def sampled(tmp_path: Path) -> Iterator[Site]:
    """A plan that lets a second person look at every decision."""
    with site(tmp_path) as made:
        made.policy = replace(DeskPolicy(), second_look=1000)
        yield made


def test_a_second_look_is_blind_until_it_is_recorded(sampled: Site) -> None:
    case, noor, olga = middle_ear(sampled), sampled.as_("noor"), sampled.as_("olga")
    found = {"of": "clause 1.a", "line": "1", "truth": "met", "why": "Head and neck by anatomy."}
    do(noor, sampled, case, "judge", **found)
    do(noor, sampled, case, "approve", reason="Head and neck by anatomy.")
    assert case.tracking not in noor.get("/worklist?tab=second-look").text
    listed = olga.get("/worklist?tab=second-look").text
    assert case.tracking in listed
    page = olga.get(f"/case/{case.tracking}").text
    for told in (listed, page, str(olga.get(f"/case/{case.tracking}/data.json").json())):
        assert "Head and neck by anatomy." not in told
        assert "Approved " not in told
        assert "AUTH-" not in told
    assert do(olga, sampled, case, "second-look", view="", why="Met.").status_code == 422
    assert do(olga, sampled, case, "second-look", view="no", why="The list does not name it.").status_code == 303
    page = olga.get(f"/case/{case.tracking}").text
    assert "Head and neck by anatomy." in page
    assert "would not approve it as asked" in page
    assert case.tracking not in olga.get("/worklist?tab=second-look").text


def test_the_lists_of_a_blind_look_tell_nothing_either(sampled: Site) -> None:
    case = sent(sampled)
    olga = sampled.as_("olga")
    for path in ("/worklist?tab=decided", "/worklist.json?tab=decided", "/worklist.csv?tab=decided"):
        told = olga.get(path).text
        assert case.tracking in told
        assert "Approved" not in told


@pytest.mark.parametrize("tab", ["second-look", "late"])
def test_every_drawn_or_owed_decision_is_reached_page_by_page(
    sampled: Site, monkeypatch: pytest.MonkeyPatch, tab: str
) -> None:
    """However many decisions there are: fewer are read at once here, so that few of them make several pages."""
    monkeypatch.setattr("isodose.web.reviewer.worklist.cases.AT_ONCE", 2)
    monkeypatch.setattr("isodose.web.reviewer.worklist.cases.MOST", 2)
    cases, olga = [sent(sampled) for _ in range(5)], sampled.as_("olga")
    reached, address = list[str](), f"/worklist?tab={tab}"
    while address:
        page = olga.get(address).text
        reached += [case.tracking for case in cases if case.tracking in page]
        address = _next(page)
    assert sorted(reached) == sorted(case.tracking for case in cases)
    assert len(reached) == len(set(reached))


def test_a_page_without_a_drawn_decision_says_that_there_are_more(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("isodose.web.reviewer.worklist.cases.AT_ONCE", 2)
    monkeypatch.setattr("isodose.web.reviewer.worklist.cases.MOST", 2)
    here.policy = replace(DeskPolicy(), second_look=0)
    for _ in range(3):
        sent(here)
    page = here.as_("olga").get("/worklist?tab=second-look").text
    assert "None of these belongs here." in page
    assert _next(page)


def _next(page: str) -> str:
    """The address of the next page; empty if this is the last."""
    found = re.search(r'href="([^"]+)">The next ones', page)
    return html.unescape(found[1]) if found else ""
