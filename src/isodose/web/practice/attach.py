"""Documents of a draft: chosen in a form, or sent in parts by a script; their kind is what their content says."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from isodose.store.document import Document
from isodose.store.draft_documents import Attached, attach, attached_document, detach
from isodose.store.drafts import Draft
from isodose.store.errors import StoreError
from isodose.store.uploads import Upload, add_part, begin_upload, find_upload, finish_upload
from isodose.web.documents.kind import media_type_of
from isodose.web.documents.serve import served
from isodose.web.errors import NotFoundError
from isodose.web.form import File
from isodose.web.practice.drafts import own_draft
from isodose.web.visit import Visit

PART = 1 << 20
"""Bytes of a part: what a line that breaks costs."""

_FILES = "file"


def attach_files(visit: Visit, draft: Draft) -> list[tuple[str, str]]:
    """Attach what was chosen in the form; what was refused, in words."""
    refused = []
    for file in visit.form.files.get(_FILES, ()):
        try:
            _attach(visit, draft, file)
        except StoreError as error:
            words = str(error)
            refused.append((_FILES, words if words.startswith(file.name) else f"{file.name}: {words}"))
    return refused


def detach_file(visit: Visit, draft: Draft, sha256: str) -> None:
    detach(visit.services.database, draft.id, sha256)


def show_attached(visit: Visit) -> Response:
    """A page of an attached document as a picture, or the file to be kept."""
    draft = own_draft(visit)
    try:
        document = attached_document(visit.services.database, draft.id, visit.path["sha256"])
    except StoreError:
        raise NotFoundError("This document is not attached to the draft any more.") from None
    return served(document, "document", visit.path.get("page"))


def begin_parts(visit: Visit) -> Response:
    """A document of which parts will come; where to go on if it broke off."""
    draft, total = own_draft(visit), visit.form.text("total")
    size = int(total) if total.isascii() and total.isdecimal() and len(total) < 12 else 0  # noqa: PLR2004
    try:
        upload = begin_upload(visit.services.database, draft.id, _name(visit.form.text("name")), size, visit.now)
    except StoreError as error:
        return _refused(error)
    return _told(upload)


def take_part(visit: Visit) -> Response:
    upload = _own_upload(visit)
    part = visit.form.files.get("part", ())
    start = visit.form.text("start")
    if not part or not start.isascii() or not start.isdecimal():
        return _told(upload)
    try:
        return _told(add_part(visit.services.database, upload.id, int(start[:12]), part[0].content))
    except StoreError as error:
        return _refused(error)


def finish_parts(visit: Visit) -> Response:
    upload = _own_upload(visit)
    try:
        attached = finish_upload(visit.services.database, upload.id, media_type_of, visit.now)
    except StoreError as error:
        return _refused(error)
    return JSONResponse({"sha256": attached.sha256, "name": attached.name})


def _attach(visit: Visit, draft: Draft, file: File) -> Attached:
    document = Document(media_type_of(file.content) if file.content else "text/plain", file.content)
    return attach(visit.services.database, draft.id, _name(file.name), document, visit.now)


def _name(name: str) -> str:
    """A name that can be kept: a file without one is a document."""
    kept = "".join(letter for letter in name if letter.isprintable())[:200].strip()
    return kept or "document"


def _own_upload(visit: Visit) -> Upload:
    draft, upload = own_draft(visit), find_upload(visit.services.database, visit.path["upload"])
    if upload is None or upload.draft != draft.id:
        raise NotFoundError("This upload was finished or given up; choose the file again.")
    return upload


def _told(upload: Upload) -> Response:
    return JSONResponse({"id": upload.id, "received": upload.received, "total": upload.total, "part": PART})


def _refused(error: StoreError) -> Response:
    return JSONResponse({"problem": str(error)}, 422)
