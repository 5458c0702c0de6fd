"""Courses of treatment that are made up: what a practice states of each, and the documents that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from isodose.desk.line import Line
from isodose.desk.request import Evidence
from isodose.store.document import Document
from isodose.store.event import Json
from isodose.store.members import Member
from isodose.web.demo.documents import scanned, typed

Facts = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Course:
    """``facts`` are those of the flat case beside code and date; ``sessions`` are planned; ``site`` is for the documents.

    ``more`` is what is told beside a yes, by fact.
    """

    site: str
    diagnoses: tuple[str, ...]
    sessions: int
    facts: Facts
    code: str = "77407"
    more: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Papers:
    """What is attached: documents with their names, and the passages that show the stated facts."""

    documents: tuple[Document, ...]
    names: Mapping[str, str]
    evidence: tuple[Evidence, ...]


_CLEAR: Facts = {
    "technique": "imrt",
    "treatment_intent": "curative",
    "dose_escalation_concern": True,
    "previously_irradiated": False,
    "concurrent_proton_therapy": False,
}

PROSTATE = Course("prostate", ("C61",), 28, _CLEAR)
TONGUE = Course("base of tongue", ("C01",), 35, _CLEAR, "77412")
LUNG = Course("left upper lobe of the lung", ("C34.12",), 30, _CLEAR)
BRAIN = Course("frontal lobe", ("C71.1",), 30, _CLEAR)
EAR = Course("middle ear", ("C30.1",), 33, _CLEAR, "77412")
METASTASIS = Course("brain metastasis", ("C79.31",), 10, {**_CLEAR, "treatment_intent": "palliative"})
PALLIATIVE = Course("left lower lobe of the lung", ("C34.32",), 10, {**_CLEAR, "treatment_intent": "palliative"})
AGAIN = Course(
    "pelvis",
    ("C20",),
    25,
    {**_CLEAR, "dose_escalation_concern": False, "previously_irradiated": True},
    more={"previously_irradiated": {"ended": "2019", "site": "pelvis", "dose": "45"}},
)
PROTON = Course(
    "sinus",
    ("C31.0",),
    33,
    {**_CLEAR, "concurrent_proton_therapy": True},
    "77412",
    {"concurrent_proton_therapy": {"first": "unknown", "last": "unknown", "target": "sinus, the same phase"}},
)
UNSAID = Course("right breast", ("C50.911",), 20, {**_CLEAR, "dose_escalation_concern": None})
YOUNG = Course("spine", ("C72.0",), 28, {**_CLEAR, "radiation_required": True})


def line_of(course: Course, start: date, code: str = "") -> Line:
    return Line(1, frozenset({code or course.code}), start, None, course.sessions)


def content_of(course: Course, member: Member, start: date, code: str = "") -> dict[str, Json]:
    """The request as the determination reads it; what is not said is left out."""
    facts: dict[str, Json] = {
        "line": 1,
        "date_of_service": str(start),
        "procedure_code": code or course.code,
        "diagnosis_codes": list(course.diagnoses),
        **{name: value for name, value in course.facts.items() if value is not None},
    }
    of_member: dict[str, Json] = {
        "member_id": member.member_id,
        "member_birth_date": str(member.birth_date),
        "product": member.product_on(start),
    }
    return {"member": of_member, "lines": [facts]}


def papers_of(course: Course, member: Member) -> Papers:
    """A consultation note of three pages and a scanned pathology report, with the passage for each fact."""
    assessment, plan = _assessment(course), _plan(course)
    first = ("Radiation oncology consultation", f"Patient: {member.name}", f"Born: {member.birth_date}", "")
    referred = f"Referred for treatment of a tumor: {course.site}."
    second = ("Assessment", *assessment.values())
    third = ("Plan", f"{course.sessions} sessions, five a week.", *plan.values())
    note = typed(((*first, referred, "History, examination and imaging were reviewed."), second, third))
    diagnosis = f"Diagnosis: malignant, {', '.join(course.diagnoses)}"
    pathology = scanned((("Pathology report", f"Patient: {member.name}", "", f"Specimen: {course.site}", diagnosis),))
    passages = [(name, 2, words) for name, words in assessment.items()] + [
        (name, 3, words) for name, words in plan.items()
    ]
    evidence = [
        Evidence(name, note.sha256, page, words) for name, page, words in passages if course.facts.get(name) is not None
    ]
    names = {note.sha256: "Consultation note.pdf", pathology.sha256: "Pathology report (scan).pdf"}
    return Papers((note, pathology), names, (*evidence, Evidence("diagnosis", pathology.sha256, 1, diagnosis)))


def _assessment(course: Course) -> dict[str, str]:
    intent = "palliative" if course.facts["treatment_intent"] == "palliative" else "curative"
    return {
        "treatment_intent": f"The intent of treatment is {intent}.",
        "dose_escalation_concern": f"A 3D conformal plan would exceed the tolerance of organs next to the {course.site}.",
        "radiation_required": "Radiation is required for this tumor.",
    }


def _plan(course: Course) -> dict[str, str]:
    return {
        "technique": "Delivery is by IMRT with daily image guidance.",
        "previously_irradiated": _earlier(course),
        "concurrent_proton_therapy": _proton(course),
    }


def _earlier(course: Course) -> str:
    if course.facts["previously_irradiated"]:
        return "The pelvis was irradiated in 2019 to 45 Gy for an earlier tumor."
    return "No earlier radiation to this region."


def _proton(course: Course) -> str:
    if course.facts["concurrent_proton_therapy"]:
        return "Proton therapy to the same target is planned in the same phase, 10 sessions."
    return "No proton therapy is planned."
