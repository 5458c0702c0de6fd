"""An administrator keeps accounts, and sees what happened and who saw what."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.web.site import MONDAY, PASSWORD, Browser, Site, site

from isodose.desk.role import Role
from isodose.store.accounts import Account, all_accounts, change_account, find_account
from isodose.store.seen import Look, add_look
from isodose.store.sessions import sessions_of


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as made:
        yield made


def account(here: Site, name: str) -> Account:
    found = find_account(here.record.database, name)
    assert found is not None
    return found


def seen(browser: Browser, name: str) -> str:
    """What the forms of an account's page say of how it was seen."""
    return str(re.findall(r'name="seen" value="(\w+)"', browser.get(f"/accounts/{name}").text)[0])


def password(page: str) -> str:
    [found] = re.findall(r'class="password">([\w-]+)<', page)
    return str(found)


NEW = {"name": "tess", "display_name": "Tess Lind", "role": "requester", "practice": "elm-street"}


def test_whoever_is_added_signs_in_once_with_what_was_handed_over(here: Site) -> None:
    made = here.as_("root").post("/accounts/new", NEW)
    given = password(made.text)
    arrived = here.browser().post("/sign-in", {"name": "tess", "password": given, "to": "/requests"})
    assert arrived.headers["location"] == "/sign-in?to=/requests"
    assert account(here, "tess").password_is_temporary


def test_the_password_stands_on_one_page_once(here: Site) -> None:
    root = here.as_("root")
    given = password(root.post("/accounts/new", NEW).text)
    for path in ("/accounts", "/accounts/tess", "/activity", "/activity.json", "/accounts.json"):
        assert given not in root.get(path).text
    again = root.post("/accounts/new", NEW)
    assert (again.status_code, "There is an account `tess` already" in again.text) == (422, True)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": "Tess Lind"}, "Give another name"),
        ({"name": "new"}, "Give another name"),
        ({"display_name": ""}, "Give the name by which others know them"),
        ({"role": "system", "practice": ""}, "Choose a role"),
        ({"practice": ""}, "A requester belongs to a practice"),
        ({"practice": "elm"}, "No practice `elm` is on the list"),
        ({"role": "nurse"}, "Only a requester belongs to a practice, and this is a nurse"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(here: Site, typed: dict[str, str], says: str) -> None:
    answer = here.as_("root").post("/accounts/new", {**NEW, **typed})
    assert answer.status_code == 422
    assert says in answer.text
    assert f'value="{ {**NEW, **typed}["display_name"] }"' in answer.text
    assert find_account(here.record.database, "tess") is None


def test_another_role_signs_out_everywhere(here: Site) -> None:
    root, noor = here.as_("root"), here.as_("noor")
    fields = {"seen": seen(root, "noor"), "display_name": "Noor Haddad", "role": "intake", "practice": ""}
    answer = root.post("/accounts/noor/change", fields)
    assert "Done." in root.get(answer.headers["location"]).text
    assert (account(here, "noor").role, noor.get("/account").status_code) == ("intake", 303)
    assert "role nurse → intake" in root.get("/activity?account=noor").text


def test_a_change_over_a_change_is_refused_and_says_so(here: Site) -> None:
    root = here.as_("root")
    before = seen(root, "noor")
    change_account(
        here.record.database, account(here, "noor"), replace(account(here, "noor"), role="intake"), "x", MONDAY
    )
    fields = {"seen": before, "display_name": "Noor H.", "role": "nurse", "practice": ""}
    answer = root.post("/accounts/noor/change", fields)
    assert answer.status_code == 422
    assert "Somebody changed this account since you opened the page" in answer.text
    assert 'value="Noor H."' in answer.text
    assert account(here, "noor").display_name == "Noor Haddad, RN"
    for act in ("disable", "reset", "qualification"):
        assert root.post(f"/accounts/noor/{act}", {"seen": before}).status_code == 422
    assert not account(here, "noor").disabled


def test_who_is_disabled_is_out_and_may_be_let_in_again(here: Site) -> None:
    root, noor = here.as_("root"), here.as_("noor")
    root.post("/accounts/noor/disable", {"seen": seen(root, "noor")})
    assert noor.get("/account").status_code == 303
    assert here.browser().post("/sign-in", {"name": "noor", "password": PASSWORD}).status_code == 422
    root.post("/accounts/noor/disable", {"seen": seen(root, "noor")})
    assert here.browser().post("/sign-in", {"name": "noor", "password": PASSWORD}).status_code == 303


def test_a_reset_replaces_password_and_authenticator(here: Site) -> None:
    had = replace(account(here, "noor"), second_factor="JBSWY3DPEHPK3PXP")
    change_account(here.record.database, account(here, "noor"), had, "noor", MONDAY)
    root, noor = here.as_("root"), here.as_("noor")
    given = password(root.post("/accounts/noor/reset", {"seen": seen(root, "noor")}).text)
    assert (account(here, "noor").second_factor, noor.get("/account").status_code) == (None, 303)
    assert here.browser().post("/sign-in", {"name": "noor", "password": PASSWORD}).status_code == 422
    assert here.browser().post("/sign-in", {"name": "noor", "password": given}).status_code == 303


def test_nobody_is_left_without_an_administrator_by_a_slip(here: Site) -> None:
    root = here.as_("root")
    own = seen(root, "root")
    assert root.post("/accounts/root/disable", {"seen": own}).status_code == 422
    fields = {"seen": own, "display_name": "Rosa Ott", "role": "nurse", "practice": ""}
    assert root.post("/accounts/root/change", fields).status_code == 422
    assert account(here, "root").role == Role.ADMINISTRATOR


def test_signing_somebody_out_everywhere_leaves_the_password(here: Site) -> None:
    root, noor = here.as_("root"), here.as_("noor")
    root.post("/accounts/noor/sign-out", {"seen": ""})
    assert (noor.get("/account").status_code, sessions_of(here.record.database, "noor")) == (303, [])
    assert here.browser().post("/sign-in", {"name": "noor", "password": PASSWORD}).status_code == 303


LICENSE = {"license": "CT-1.048213", "state": "CT", "valid_to": "2027-06-30", "expertise": "radiation oncology"}


def test_what_keeps_a_physician_from_signing_stands_on_the_page(here: Site) -> None:
    root = here.as_("root")
    root.post("/accounts/ito/qualification", {**LICENSE, "seen": seen(root, "ito"), "restricted": "yes"})
    page = root.get("/accounts/ito").text
    assert "the license is restricted (42 CFR 422.566(d))" in page
    assert "knowledge of Medicare&#39;s coverage criteria is not on record" in page
    root.post("/accounts/ito/qualification", {**LICENSE, "seen": seen(root, "ito"), "knows_medicare_criteria": "yes"})
    assert "what is on record is enough to sign what is adverse" in root.get("/accounts/ito").text


def test_a_license_is_looked_at_before_it_is_kept(here: Site) -> None:
    root, before = here.as_("root"), account(here, "ito")
    typed = {"license": "", "state": "CT", "valid_to": "June 2027", "expertise": " ", "practices": "elm\nelm-street"}
    answer = root.post("/accounts/ito/qualification", {**typed, "seen": seen(root, "ito")})
    assert answer.status_code == 422
    assert "4 things to put right" in answer.text
    assert "No practice `elm` is on the list" in answer.text
    assert account(here, "ito") == before
    answer = root.post("/accounts/noor/qualification", {**LICENSE, "seen": seen(root, "noor")})
    assert "Only a physician has a license on record" in answer.text


def test_the_list_narrows_by_role_and_words_and_is_data_too(here: Site) -> None:
    root = here.as_("root")
    data = root.get("/accounts.json").json()
    assert [row["name"] for row in data] == [one.name for one in all_accounts(here.record.database)]
    assert [row["name"] for row in root.get("/accounts.json?role=requester&find=OAK").json()] == ["lee"]
    assert root.get("/accounts.csv?find=kim").text.splitlines()[1].startswith("kim,Kim Ferris,requester,elm-street")
    assert "No account is found" in root.get("/accounts?find=nobody+here").text
    assert root.get("/accounts/nobody").status_code == 404


def test_practices_and_every_list_that_was_loaded(here: Site) -> None:
    root = here.as_("root")
    page = root.get("/practices").text
    assert "Elm Street Radiation Oncology" in page
    assert [row["list"] for row in root.get("/practices/loaded.json").json()] == ["practices", "members"]
    assert root.get("/practices/loaded.csv").text.splitlines()[2].endswith("members.csv," + "0" * 64 + ",2,2,0")
    [row] = root.get("/practices.json?find=1245319599").json()
    assert (row["practice_id"], row["accounts"]) == ("oak-avenue", 1)
    assert "R. Alvarez" not in page


def test_who_saw_what_by_request_and_by_account(here: Site) -> None:
    root = here.as_("root")
    assert "Nobody has looked at a request yet" in root.get("/activity/seen").text
    add_look(here.record.database, Look(MONDAY, "noor", "TRACK-0000-0001-9", "case"))
    add_look(here.record.database, Look(MONDAY, "ito", "TRACK-0000-0002-7", "document " + "ab" * 32))
    [look] = root.get("/activity/seen.json?request=track-0000-0002-7").json()
    assert (look["account"], look["what"]) == ("ito", "document abababababab")
    assert "TRACK-0000-0001-9" in root.get("/activity/seen?account=noor").text
    assert root.get("/activity/seen.csv").text.count("TRACK-") == 2


def test_activity_comes_in_pages(here: Site) -> None:
    root = here.as_("root")
    for _ in range(50):
        root.post("/accounts/noor/sign-out", {"seen": ""})
    [older] = re.findall(r'href="(/activity\?before=\d+)"', root.get("/activity").text)
    assert "added" in root.get(older.replace("&amp;", "&")).text
    assert root.get("/activity?before=x").status_code == 200
    assert root.get(f"/activity?account={'x' * 201}").status_code == 404


def test_settings_are_shown_and_never_changed(here: Site) -> None:
    root = here.as_("root")
    assert "ISODOSE_DATABASE" in root.get("/settings").text
    assert root.get("/settings.json").json() == dict(here.services.settings)
    assert root.post("/settings", {"database": "other"}).status_code in (404, 405)


def test_what_the_plan_has_arranged_stands_beside_the_settings(here: Site) -> None:
    page = here.as_("root").get("/settings").text
    for words in ("APN-CT decides", "members whose primary care is with apn-ct", "since 1 Jan 2025", "422.562(a)(3)"):
        assert words in page
    assert "Nothing is arranged" not in page
