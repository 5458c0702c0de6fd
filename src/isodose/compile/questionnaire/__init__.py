"""The questions of an edition as a FHIR Questionnaire."""
