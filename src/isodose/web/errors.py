"""What ends a visit early: each has a status and a page of its own, and says what to do next."""

from __future__ import annotations

from datetime import timedelta

from isodose.web.show import counted


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
    """More was asked in a short time than a network's allowance holds; ``wait`` is how long it takes to fill up."""

    status = 429

    def __init__(self, wait: timedelta) -> None:
        super().__init__(
            f"Many questions came from your network in a short time, so this one was not answered. Wait {counted(wait.seconds, 'second')}, "
            "go back one page and send it again: what you typed is still there. Who signs in does not have to wait."
        )
        self.wait = wait
