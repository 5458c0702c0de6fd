"""The solver serves one page at a time: Z3 keeps one state for all threads of a process, and is not made for two at once."""

from __future__ import annotations

from threading import Lock

SOLVER = Lock()
"""Held around everything that asks the solver."""
