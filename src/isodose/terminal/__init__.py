"""Pages for the terminal: what a command prints for a person. Nothing is decided here.

``paper.py`` is the page (80 columns, colour or not, signs or plain letters); the others each lay out one command's answer.
"""
