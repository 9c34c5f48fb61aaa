"""Why a call of another system is refused."""

from __future__ import annotations


class Refused(Exception):
    """A call that cannot be answered: an HTTP status (4xx) and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


def not_found(what: str) -> Refused:
    """Return the refusal for something that is not there, or not public."""
    return Refused(404, f"没有这个{what}")
