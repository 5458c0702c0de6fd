"""FHIR R4 resources to requests. Pure functions: no HTTP, no input or output, no clock.

Supported: a Da Vinci PAS request Bundle (2.2.1, 2.0.1, and 1.1 in so far as it is alike), new or
updated, or the ``Parameters`` of ``$submit`` around it. Read are the first Claim, its items
(date, procedure code, diagnoses), the Patient, the Coverage, the order that an item carries out,
Conditions, and what supportingInfo refers to; a guideline's facts by the FHIRPath and codes of its
``facts.yaml`` (mCODE and CodeX for radiotherapy). Start with ``request.py``. And a QuestionnaireResponse
to the Questionnaire of a guideline, as a flat case.

Not supported: checking profiles or refusing a Bundle for a dangling reference (a note says it;
HL7's validator finds the rest); details of an item and ranges of codes (a note); mapping SNOMED CT
to ICD-10-CM; a QuestionnaireResponse within a Bundle unless a fact's path names it; what an update
changed since the last version; other orders than the one requested; fetching anything.
Inquiries, responses, notifications, bills and cancellations are ``NotARequestError``.

https://hl7.org/fhir/us/davinci-pas/STU2.2/specification.html
"""

from __future__ import annotations

from isodose.fhir.questionnaire_response import FlatCase, flat_case_from_response
from isodose.fhir.recognize import NotARequestError
from isodose.fhir.request import request_from_bundle

__all__ = ["FlatCase", "NotARequestError", "flat_case_from_response", "request_from_bundle"]
