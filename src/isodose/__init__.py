"""Isodose makes a health plan's medical necessity guideline executable.

>>> import isodose
>>> program = isodose.program("imrt")
>>> program.determine({"date_of_service": "2025-11-03", "procedure_code": "77386", ...}).outcome

The parts, each importing only from those above it: ``guideline`` (what the document says), ``determination`` (case and
edition in, findings and words out), ``batch`` (files), ``fhir`` (resources), ``terminal`` (pages), ``cli``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from isodose.determination.program import Program

__version__ = "0.1.0"


def program(guideline: str) -> Program:
    """The shipped guideline of that name, loaded and ready to determine cases.

    Raises ``isodose.guideline.guideline.GuidelineError`` if its content has errors.
    """
    from isodose.determination.program import Program
    from isodose.guideline.content import shipped
    from isodose.guideline.load import load_or_raise

    return Program(load_or_raise(shipped(guideline)))
