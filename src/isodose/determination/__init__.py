"""A case and an edition in; findings, a determination and what is missing out; then the words for it.

Read ``program.py`` first: it is the whole of "what is the answer to this case". ``case.py`` reads what was sent,
``validity.py`` says what cannot be right, ``evaluate.py`` finds each clause's truth, ``possible.py`` finds what is still
open, ``words.py`` says it. Standard library only; no clock; no word of any one guideline.
"""
