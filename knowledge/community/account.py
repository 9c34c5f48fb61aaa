"""What one ticket's history says to a report: folded up to a moment, nothing that came later."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.community.ticket import PAUSED, Kind, Lane, State, Step

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

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
CALLED = "called"
"""Step of a 回访: what was said on the phone goes before what was clicked or not clicked."""
SAID_ON_PHONE = {"满意": True, "一般": True, "没好": False}
"""What a caller's outcome says of the matter; 没联系上 says nothing."""
RESIDENT = "居民"
"""Role of whoever reported it."""
_COUNTED: dict[str, str] = {
    Step.TRANSFERRED: "transfers",
    Step.ESCALATED: "climbs",
    Step.SUPERVISED: "supervised",
    Step.URGED: "urged",
}
_REASONED = {REDONE: "redone", "退单": "returns"}
_ASKED = frozenset({State.NEW, State.RETURNED})
_ANSWERED = frozenset(State) - _ASKED - GONE - {State.DRAFT}
_OUT = frozenset({State.HANDLED}) | ENDED
_STATES = {state.value: state for state in State}


Trace = tuple["datetime", str, "str | None", str, str, str]
"""The bare step of one event: when, which, from where, to where, its word of reason, whose role."""


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
    """When it entered its state."""
    answered: bool | None = None
    silent: bool = False
    """Closed without an answer inside the span."""
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
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
    def ended(self) -> bool:
        """Whether it is 办结."""
        return self.state in ENDED


def fold(account: Account, traces: Iterable[Trace], span: Span) -> Account:
    """Run through a history, oldest first; events after the span must not be among them."""
    start = span.start
    for at, step, origin, target, reason, role in traces:
        inside = at >= start
        if origin != target:
            _move(account, at, _STATES.get(origin or ""), _STATES[target])
            if inside:
                _hear(account, origin or "", target, reason, role)
        elif step == CALLED and inside and reason in SAID_ON_PHONE:
            account.answered, account.silent = SAID_ON_PHONE[reason], False
        counter = _COUNTED.get(step) or _REASONED.get(reason)
        if counter and inside:
            setattr(account, counter, getattr(account, counter) + 1)
    return account


def _move(account: Account, at: datetime, origin: State | None, target: State) -> None:
    """Take over one change of state."""
    if account.filed is None and target is State.NEW:
        account.filed = at
    elif account.contacted is None and origin in _ASKED and target in _ANSWERED:
        account.contacted = at
    if origin in PAUSED and account.since is not None and account.done is None:
        account.pauses.append((account.since, at))
    if account.done is None and target in _OUT:
        account.done = at
    account.state, account.since = target, at


def _hear(account: Account, origin: str, target: str, reason: str, role: str) -> None:
    """Take over what a change of state inside the span says and the reporter."""
    if target == State.CLOSED_CONFIRMED:
        account.answered, account.silent = True, False
    elif target == State.CLOSED_SILENT:
        account.silent = account.answered is None
    elif reason == REDONE and origin in _OUT:
        account.silent = False
        if role == RESIDENT:
            account.answered = False
