"""The route table: every page, with the right that it takes. What is not a line here cannot be reached."""

from __future__ import annotations

from isodose.web.administrator.routes import ROUTES as ADMINISTRATOR
from isodose.web.author.routes import ROUTES as AUTHOR
from isodose.web.claims.routes import ROUTES as CLAIMS
from isodose.web.practice.routes import ROUTES as PRACTICE
from isodose.web.public.routes import ROUTES as PUBLIC
from isodose.web.reviewer.routes import ROUTES as REVIEWER
from isodose.web.route import Route
from isodose.web.sign_in.routes import ROUTES as SIGN_IN

ROUTES: tuple[Route, ...] = (*PUBLIC, *SIGN_IN, *PRACTICE, *REVIEWER, *AUTHOR, *CLAIMS, *ADMINISTRATOR)
