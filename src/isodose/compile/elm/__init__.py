"""A guideline as a library of CQL: one tree of ELM, written as JSON and as text."""
