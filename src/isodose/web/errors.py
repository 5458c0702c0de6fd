"""What ends a visit early: each has a status and a page of its own, and says what to do next."""

from __future__ import annotations


class PageError(Exception):
    """A page that cannot be shown, in words; ``status`` is HTTP's."""

    status = 400


class NotFoundError(PageError):
    """Nothing is here, or nothing that this account may know of: both are answered alike."""

    status = 404

    def __init__(self, message: str = "There is nothing here.") -> None:
        super().__init__(message)


class ForbiddenError(PageError):
    """The account's role does not have the right."""

    status = 403


class BadFormError(PageError):
    """A form that no page of ours sends."""

    status = 400


class TooLargeError(PageError):
    """More was sent than is taken."""

    status = 413


class TooOftenError(PageError):
    """Too many tries in too short a time."""

    status = 429
