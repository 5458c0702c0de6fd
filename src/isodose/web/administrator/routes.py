"""The pages of the administrator: accounts, practices, activity, letters, settings."""

from __future__ import annotations

from isodose.web.administrator import accounts, activity, letters, one, practices, settings
from isodose.web.rights import Right
from isodose.web.route import Route, get, post

ROUTES: tuple[Route, ...] = (
    get("/accounts", Right.ADMINISTER, accounts.show),
    get("/accounts.json", Right.ADMINISTER, accounts.show_json),
    get("/accounts.csv", Right.ADMINISTER, accounts.show_csv),
    get("/accounts/new", Right.ADMINISTER, accounts.new),
    post("/accounts/new", Right.ADMINISTER, accounts.add),
    get("/accounts/{name}", Right.ADMINISTER, one.show),
    post("/accounts/{name}/change", Right.ADMINISTER, one.change),
    post("/accounts/{name}/qualification", Right.ADMINISTER, one.qualify),
    post("/accounts/{name}/disable", Right.ADMINISTER, one.disable),
    post("/accounts/{name}/sign-out", Right.ADMINISTER, one.sign_out),
    post("/accounts/{name}/reset", Right.ADMINISTER, one.reset),
    get("/practices", Right.ADMINISTER, practices.show),
    get("/practices.json", Right.ADMINISTER, practices.show_json),
    get("/practices.csv", Right.ADMINISTER, practices.show_csv),
    get("/practices/loaded.json", Right.ADMINISTER, practices.versions_json),
    get("/practices/loaded.csv", Right.ADMINISTER, practices.versions_csv),
    get("/activity", Right.ADMINISTER, activity.show),
    get("/activity.json", Right.ADMINISTER, activity.show_json),
    get("/activity.csv", Right.ADMINISTER, activity.show_csv),
    get("/activity/seen", Right.ADMINISTER, activity.seen),
    get("/activity/seen.json", Right.ADMINISTER, activity.seen_json),
    get("/activity/seen.csv", Right.ADMINISTER, activity.seen_csv),
    get("/letters", Right.ADMINISTER, letters.show),
    get("/letters.json", Right.ADMINISTER, letters.show_json),
    get("/letters.csv", Right.ADMINISTER, letters.show_csv),
    get("/settings", Right.ADMINISTER, settings.show),
    get("/settings.json", Right.ADMINISTER, settings.show_json),
)
