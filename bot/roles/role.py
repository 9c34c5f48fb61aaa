"""The roles of `linli run`: everything in one process, or the work shared by several."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What one process does; all but `all` need a database that processes can share."""

    ALL = "all"
    WEB = "web"
    """Pages, callbacks, listening on the channels."""
    WORKER = "worker"
    """What people have said: batches of the inbox."""
    SENDER = "sender"
    """What must be told: the outbox."""
    CLOCK = "clock"
    """What happens by itself: deadlines, notices, the nightly sweep and backup."""

    def does(self, other: Role) -> bool:
        """Whether a process of this role does the work of the other."""
        return self in (Role.ALL, other)


def sending(channel: str) -> str:
    """Return the name of the seat on which one process at a time sends on a channel."""
    return f"sender:{channel}"


SHARED = tuple(role for role in Role if role is not Role.ALL)
"""Roles among which the work is shared; each has to be there at least once."""
