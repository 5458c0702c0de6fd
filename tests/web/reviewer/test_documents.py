"""Reading: pages as pictures with their words beside them, words that are searched, passages that are marked for a criterion."""

import io

import pytest
from PIL import Image
from tests.web.reviewer.cases import LETTER, SAID, do, middle_ear, note, now_of, sent
from tests.web.site import Site

from isodose.store.document import Document
from isodose.store.seen import opened_documents
from isodose.web.reviewer.desk.documents import Part, with_marks
from isodose.web.reviewer.desk.marks import marks


def scan() -> Document:
    made = io.BytesIO()
    Image.new("L", (600, 800), 240).save(made, "PNG")
    return Document("image/png", made.getvalue())


def test_a_page_is_a_picture_and_its_words_stand_beside_it(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    page = noor.get(f"/case/{case.tracking}?doc=1&page=2").text
    assert f"<mark>{SAID}</mark>" in page
    picture = noor.get(f"/case/{case.tracking}/document/{note().sha256}/page/2.png")
    assert picture.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(picture.content)).width > 500


def test_a_document_is_never_sent_as_something_that_a_browser_runs(here: Site) -> None:
    html = Document("text/plain", b"<script>alert(1)</script>")
    case, noor = sent(here, documents=(note(), html), diagnosis_codes=["C30.1"]), here.as_("noor")
    page = noor.get(f"/case/{case.tracking}?doc=2").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    file = noor.get(f"/case/{case.tracking}/document/{html.sha256}")
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["content-disposition"].startswith("attachment")


def test_a_document_of_another_case_is_not_shown_through_this_one(here: Site) -> None:
    case = middle_ear(here)
    other = sent(here, "M2", documents=(note(), LETTER), treatment_intent="palliative")
    assert LETTER.sha256 in other.request.documents
    noor = here.as_("noor")
    assert noor.get(f"/case/{case.tracking}/document/{LETTER.sha256}").status_code == 404
    assert noor.get(f"/case/{case.tracking}/document/{'..%2f' * 3}x").status_code == 404
    assert noor.get(f"/case/{case.tracking}/document/{note().sha256}/page/9.png").status_code == 404


def test_who_looks_at_a_document_has_opened_it(here: Site) -> None:
    case = sent(here, documents=(note(), LETTER), diagnosis_codes=["C30.1"])
    here.as_("noor").get(f"/case/{case.tracking}?doc=2")
    database = here.services.database
    assert opened_documents(database, case.tracking, "noor") == {LETTER.sha256}
    assert opened_documents(database, case.tracking, "ito") == frozenset()


def test_words_are_found_in_all_documents_and_pictures_are_said_to_be_silent(here: Site) -> None:
    case = sent(here, documents=(note(), LETTER, scan()), diagnosis_codes=["C30.1"])
    answer = here.as_("noor").post(f"/case/{case.tracking}/search", {"words": "LEFT"})
    assert "2 places" in answer.text
    assert f'href="/case/{case.tracking}?doc=1&amp;page=1#documents"' in answer.text
    assert "50 Gy to the <mark>left</mark> chest wall." in answer.text
    assert "No words can be searched in paper 3" in answer.text


def test_a_passage_is_marked_for_a_criterion_and_stands_beside_it(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    passage = {"doc": "1", "page": "2", "words": "33 fractions  next to\nthe brainstem", "target": "1.a"}
    answer = noor.post(f"/case/{case.tracking}/mark", passage)
    assert answer.headers["location"] == f"/case/{case.tracking}?doc=1&page=2#documents"
    [mark] = marks(now_of(here, case).history, now_of(here, case).request)
    assert (mark.target, mark.page, mark.words, mark.by) == ("1.a", 2, "33 fractions next to the brainstem", "noor")
    page = noor.get(f"/case/{case.tracking}").text
    assert '“33 fractions next to the brainstem” <span class="sub">marked by Noor Haddad, RN</span>' in page
    assert "“33 fractions next to the brainstem” (consult.pdf, page 2)" in noor.get(_judging(case.tracking)).text


def _judging(tracking: str) -> str:
    return f"/case/{tracking}/do/judge?of=clause+1.a&line=1"


@pytest.mark.parametrize(
    ("words", "target", "said"),
    [
        ("", "1.a", "Pick the words on the page, or type them"),
        ("70 Gy in 35 fractions", "1.a", "These words do not stand on this page"),
        (SAID, "9.z", "Choose the criterion for which the passage counts"),
    ],
)
def test_what_cannot_be_marked_is_said_and_kept_as_typed(here: Site, words: str, target: str, said: str) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    passage = {"doc": "1", "page": "2", "words": words, "target": target}
    answer = noor.post(f"/case/{case.tracking}/mark?doc=1&page=2", passage)
    assert answer.status_code == 422
    assert said in answer.text
    assert words in answer.text


def test_on_a_picture_any_words_can_be_marked(here: Site) -> None:
    case, noor = sent(here, documents=(note(), scan()), diagnosis_codes=["C30.1"]), here.as_("noor")
    passage = {"doc": "2", "page": "1", "words": "squamous cell carcinoma", "target": "diagnosis in 1"}
    assert noor.post(f"/case/{case.tracking}/mark", passage).status_code == 303
    assert "“squamous cell carcinoma”" in noor.get(f"/case/{case.tracking}").text


def test_a_document_that_cannot_be_read_any_more_is_offered_for_download_and_nothing_breaks(here: Site) -> None:
    broken = Document("application/pdf", b"%PDF-1.7 and then nothing that any reader takes")
    case, noor = sent(here, documents=(note(), broken), diagnosis_codes=["C30.1"]), here.as_("noor")
    page = noor.get(f"/case/{case.tracking}?doc=2").text
    assert "This document cannot be shown here; download it." in page
    assert noor.get(f"/case/{case.tracking}/document/{broken.sha256}/page/1.png").status_code == 404
    assert "No words can be searched in paper 2" in noor.post(f"/case/{case.tracking}/search", {"words": "left"}).text
    passage = {"doc": "2", "page": "1", "words": "left", "target": "1.a"}
    assert noor.post(f"/case/{case.tracking}/mark", passage).status_code == 422


def test_a_mark_is_an_act_of_its_own_and_says_on_the_timeline_what_was_marked(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    noor.post(f"/case/{case.tracking}/mark", {"doc": "1", "page": "2", "words": SAID, "target": "1.a"})
    event = now_of(here, case).history[-1].event
    assert (event.kind, event.by) == ("marked", "noor")
    told = {name: event.facts[name] for name in ("clause", "document", "page", "words")}
    assert told == {"clause": "1.a", "document": note().sha256, "page": 2, "words": SAID}
    page = noor.get(f"/case/{case.tracking}").text
    assert "A passage was marked" in page
    assert "consult.pdf, page 2" in page


def test_a_mark_of_earlier_days_is_a_note_and_stands_beside_its_criterion_still(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    do(noor, here, case, "note", why=f"Passage for 1.a: “{SAID}” (consult.pdf, page 2, {note().sha256[:12]})")
    [mark] = marks(now_of(here, case).history, now_of(here, case).request)
    assert (mark.target, mark.document, mark.page, mark.words) == ("1.a", note().sha256, 2, SAID)
    assert f"“{SAID}” (consult.pdf, page 2)" in noor.get(_judging(case.tracking)).text


def test_a_note_that_only_looks_like_a_mark_of_no_document_is_a_note(here: Site) -> None:
    case, noor = middle_ear(here), here.as_("noor")
    do(noor, here, case, "note", why="Passage for 1.a: “x” (y, page 1, 000000000000)")
    assert marks(now_of(here, case).history, now_of(here, case).request) == ()


@pytest.mark.parametrize(
    ("text", "marked", "parts"),
    [
        ("a b c", ["b"], ["a ", "[b]", " c"]),
        ("a\r\nb c", ["A b"], ["[a\r\nb]", " c"]),
        ("a b a", ["a"], ["[a]", " b ", "[a]"]),
        ("a b c", ["a b", "b c"], ["[a b]", " c"]),
        ("a (b)", ["(b)"], ["a ", "[(b)]"]),
        ("a", ["z", " "], ["a"]),
        ("", ["a"], []),
    ],
)
def test_marked_words_are_found_however_lines_are_broken(text: str, marked: list[str], parts: list[str]) -> None:
    found = [f"[{one.words}]" if one.marked else one.words for one in with_marks(text, marked)]
    assert found == parts
    assert "".join(one.words for one in with_marks(text, marked)) == text
    assert all(isinstance(one, Part) for one in with_marks(text, marked))


def test_a_case_without_documents_says_what_would_stand_there(here: Site) -> None:
    from dataclasses import replace

    from tests.desk.test_automatic import submit
    from tests.web.reviewer.cases import KIM

    what = replace(submit(treatment_intent="palliative"), documents=(), evidence=(), first=here.now)
    case = here.services.office.submit(what, KIM, here.now)
    page = here.as_("noor").get(f"/case/{case.tracking}").text  # type: ignore[union-attr]
    assert "There is no document." in page
