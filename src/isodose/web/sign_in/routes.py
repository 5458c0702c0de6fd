"""The pages of signing in, and of one's own account."""

from __future__ import annotations

from isodose.web.rights import Right
from isodose.web.route import Route, get, post
from isodose.web.sign_in import pages

ROUTES: tuple[Route, ...] = (
    get("/sign-in", Right.ARRIVE, pages.sign_in),
    post("/sign-in", Right.ARRIVE, pages.take_password),
    post("/sign-in/code", Right.ARRIVE, pages.take_code),
    post("/sign-in/enrolment", Right.ARRIVE, pages.take_enrolment),
    post("/sign-in/password", Right.ARRIVE, pages.take_new_password),
    post("/sign-out", Right.SIGNED_IN, pages.leave),
    get("/account", Right.SIGNED_IN, pages.account),
    get("/account/stay", Right.SIGNED_IN, pages.stay),
    post("/account/password", Right.SIGNED_IN, pages.change_password),
    post("/account/sign-out-everywhere", Right.SIGNED_IN, pages.leave_everywhere),
)
