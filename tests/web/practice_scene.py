"""A practice's request, from the first field to its number, as somebody at the practice types it."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import FilePayload
from tests.web.browsing import Browsing
from tests.web.scene import Scene, scene

from isodose.store.members import Member
from isodose.web.demo.courses import Course, papers_of

_QUESTIONS = {
    "previously_irradiated": "Was the tissue to be treated",
    "treatment_intent": "What is the intent",
    "dose_escalation_concern": "Is there a documented reason",
    "concurrent_proton_therapy": "Will IMRT and proton beam therapy",
}


def begin(scene: Scene, member: Member) -> None:
    scene.fill({"Member id": member.member_id, "Birth date": str(member.birth_date)})
    scene.press("Begin")


def describe(scene: Scene, course: Course) -> None:
    """The service, the people and the diagnosis."""
    start = date.today() + timedelta(days=9)  # noqa: DTZ011 (the server's own clock goes)
    scene.fill({"Procedure code": course.code, "First day of treatment": str(start), "Sessions": str(course.sessions)})
    scene.choose("With which technique", "IMRT")
    scene.fill({"Ordering physician": "Dr. Lena Park", "Who bills": "Elm Street Radiation Oncology"})
    people = scene.page.get_by_role("region", name="Who and where")
    people.get_by_label("NPI").first.fill("1447258397")
    people.get_by_label("NPI").last.fill("1234567893")
    scene.field("Place of service").select_option(label="Independent clinic")
    scene.fill({"Whom the plan may call": "Kim Ferris", "Phone": "860-555-0141"})
    choose_diagnosis(scene, course.diagnoses[0])


def choose_diagnosis(scene: Scene, code: str) -> None:
    """By its code, from what is offered."""
    scene.fill({"Find it by words or code": code})
    if not scene.script:
        scene.press("Find")
    scene.page.get_by_role("button", name=code).first.click()
    scene.page.get_by_role("button", name=f"Remove {code}").wait_for()


def answer(scene: Scene, course: Course) -> None:
    """What the guideline asks, as far as the course says it."""
    for fact, question in _QUESTIONS.items():
        said = course.facts[fact]
        if said is not None:
            scene.choose(question, ("Yes" if said else "No") if isinstance(said, bool) else str(said))


def show_by_documents(scene: Scene, course: Course, member: Member) -> None:
    """The consultation note and the scan are attached, and each fact that has a row is found in one of them."""
    papers = papers_of(course, member)
    files = [
        FilePayload(name=papers.names[one.sha256], mimeType=one.media_type, buffer=one.content)
        for one in papers.documents
    ]
    scene.page.locator("input[type=file]").set_input_files(files)
    if not scene.script:
        scene.press("Attach")
    scene.says("2 documents")
    show_passages(scene, course, member)


def show_passages(scene: Scene, course: Course, member: Member) -> None:
    """Each fact that has a row is found in a document that is attached."""
    papers = papers_of(course, member)
    shown = {one.fact: one for one in papers.evidence}
    passages = scene.page.get_by_role("group").filter(has=scene.page.get_by_label("Words on it"))
    for number in range(passages.count()):
        row = passages.nth(number)
        fact = str(row.get_by_label("Words on it").get_attribute("name")).removeprefix("words-")
        row.get_by_label("Document").select_option(label=papers.names[shown[fact].document])
        row.get_by_label("Page").fill(str(shown[fact].page))
        row.get_by_label("Words on it").fill(shown[fact].words)


def check(scene: Scene) -> None:
    """Without a script the page is asked what follows of what was typed."""
    if not scene.script:
        scene.press("Check again")


def authorization(scene: Scene) -> str:
    return scene.page.get_by_role("region", name="Authorization").locator(".authorization-number").inner_text()


def send(scene: Scene) -> str:
    """Look it over, attest, send: the tracking number."""
    scene.press("Look it over and send")
    scene.look("look it over")
    scene.page.get_by_role("checkbox").check()
    scene.press("Send to the plan")
    scene.says("Tracking number")
    return scene.page.title().partition(" ")[0]


def sent(here: Browsing, course: Course, member: Member) -> str:
    """A request that Kim's practice has sent, with what shows it: its tracking number."""
    with scene(here, "kim", script=False, name="sent") as kim:
        kim.go("/requests/new")
        begin(kim, member)
        describe(kim, course)
        check(kim)
        answer(kim, course)
        show_by_documents(kim, course, member)
        return send(kim)
