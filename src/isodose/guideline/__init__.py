"""What the document says: clauses, criteria, facts and truth; load, check and choose an edition.

Read ``tree.py`` first (what a rule is made of), then ``edition.py`` (what one dated text holds) and ``load.py`` (how a
folder becomes a ``Guideline``). Checks are one list in ``check/__init__.py``. Nothing here knows a case, reads a clock,
or knows which guideline it has been given.
"""
