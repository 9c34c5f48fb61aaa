"""What one ticket's history says to a report, up to a moment: nothing that came later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.tickets.ticket import State, Step

if TYPE_CHECKING:
    from datetime import datetime

    from knowledge.community.tickets.ticket import Kind, Lane

ENDED = frozenset(
    {State.CLOSED_CONFIRMED, State.CLOSED_SILENT, State.CLOSED_UNABLE, State.CLOSED_REJECTED}
)
"""办结: with an answer of the reporter, without one, explained, or named who is responsible."""
GONE = frozenset({State.CLOSED_WITHDRAWN, State.CLOSED_DUPLICATE})
"""What is no request of its own any more."""
INVALID = GONE | {State.CLOSED_REJECTED}
"""What does not count as 有效."""
REDONE = "重办"
"""Reason of the event that opens a ticket again."""
RETURNED = "退单"
"""Reason of the event with which a handler objects."""
CALLED = "called"
"""Step of a 回访: what was said on the phone goes before what was clicked or not clicked."""
SAID_ON_PHONE = {"满意": True, "一般": True, "没好": False}
"""What a caller's outcome says of the matter; 没联系上 says nothing."""
WHISTLED, ATTENDED = "whistled", "attended"
"""Steps of 吹哨报到."""
APART = frozenset({CALLED, WHISTLED, ATTENDED, Step.JOINED})
"""Steps whose facts are counted, beside what moves a ticket; so is whatever splits a merged one."""
RESIDENT = "居民"
"""Role of whoever reported it."""
ASKED = frozenset({State.NEW, State.RETURNED})
"""Nobody has taken it up, or nobody does any more."""
ANSWERED = frozenset(State) - ASKED - GONE - {State.DRAFT}
"""Somebody has taken it up."""
OUT = frozenset({State.HANDLED}) | ENDED
"""What was done for it is done."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time [start, end) in which events are counted."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime | None) -> bool:
        """Whether a moment lies inside."""
        return moment is not None and self.start <= moment < self.end


@dataclass(slots=True)
class Account:
    """A ticket as a report counts it; `steps` are the countable events inside the span.

    `contacted` = when a person first took it up, `done` = when it was first handled or closed,
    `answered` = whether the reporter's last word inside the span was 好了 (None = none was said).
    """

    no: int
    kind: Kind
    category: str
    lane: Lane
    place: str | None
    channel: str
    private: bool
    reporter: str
    state: State = State.DRAFT
    filed: datetime | None = None
    contacted: datetime | None = None
    done: datetime | None = None
    since: datetime | None = None
    """When it entered its state; asked only where a list says it."""
    answered: bool | None = None
    silent: bool = False
    """Closed without an answer inside the span."""
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    """Waits for the reporter before it was done."""
    rating: int | None = None
    """The last one that its reporter gave inside the span: 1 满意, 2 一般, 3 不满意."""
    apart: bool = False
    """Whether anything of `APART` happened inside the span."""
    transfers: int = 0
    returns: int = 0
    climbs: int = 0
    supervised: int = 0
    urged: int = 0
    redone: int = 0

    @property
    def valid(self) -> bool:
        """Whether it is a request that was ours to solve."""
        return self.filed is not None and self.state not in INVALID

    @property
    def busy(self) -> bool:
        """Whether any of what is counted by itself happened to it."""
        return bool(
            self.transfers
            or self.returns
            or self.climbs
            or self.supervised
            or self.urged
            or self.redone
        )

    @property
    def ended(self) -> bool:
        """Whether it is 办结."""
        return self.state in ENDED
