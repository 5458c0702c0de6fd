"""A case at the desk, as a nurse or a physician goes through it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from playwright.sync_api import Locator
from tests.web.scene import Scene

REASON = (
    "Your treatment aims at easing symptoms, and the note gives no reason why a simpler plan of radiation would harm "
    "organs beside the tumor. Radiation itself is not in question."
)


def find(scene: Scene, tracking: str) -> None:
    """From the worklist to a case by its number."""
    scene.go("/worklist")
    scene.look("worklist")
    scene.fill({"Find": tracking})
    scene.press("Find")
    scene.look("found")
    scene.page.get_by_role("row").filter(has_text=tracking).get_by_role("link").first.click()
    scene.says("The guideline, clause by clause")


def open_documents(scene: Scene) -> None:
    """Each document is looked at once."""
    documents = scene.page.get_by_role("navigation", name="Documents").get_by_role("link")
    for number in range(documents.count()):
        documents.nth(number).click()
        scene.page.get_by_role("region", name="Documents").get_by_role("img").first.wait_for()


def offer_call(scene: Scene) -> None:
    """A time tomorrow for a call with the practice's physician."""
    scene.follow("Offer a call between physicians")
    tomorrow = datetime.now() + timedelta(days=1)  # noqa: DTZ005 (as it is typed)
    scene.field("A time").fill(f"{tomorrow:%Y-%m-%d}T10:00")
    scene.press("Offer it")
    scene.says("The call is offered.")


def open_criterion(scene: Scene) -> Locator:
    """The first criterion that only a reviewer can settle."""
    return scene.page.locator("[data-row]").filter(has=scene.page.get_by_role("link", name="Not met")).first


def settle(scene: Scene, truth: str, why: str) -> None:
    """Judge the first criterion that is open."""
    open_criterion(scene).get_by_role("link", name=re.compile(f"^{truth}")).click()
    scene.says("If you mark this")
    scene.fill({"Why": why})
    scene.press("Record the judgement")
    scene.says("The judgement is recorded.")


def approve(scene: Scene, reason: str) -> None:
    scene.page.get_by_role("link", name="Approve P").click()
    scene.fill({"Why": reason})
    scene.press("Approve")


def words_of_clause(scene: Scene) -> str:
    return scene.page.get_by_role("region", name="Criteria").locator(".gl").filter(visible=True).first.inner_text()


def preview(scene: Scene) -> str:
    return scene.page.get_by_role("region", name="What the member will read").inner_text()
