"""The words of a request's life: states, lanes, kinds, events and the one table of allowed steps."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a ticket stands; the words are part of every interface."""

    DRAFT = "draft"
    NEW = "new"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    SCHEDULED = "scheduled"
    WAITING_REPORTER = "waiting_reporter"
    WHISTLED = "whistled"
    RETURNED = "returned"
    PARKED = "parked"
    HANDLED = "handled"
    CLOSED_CONFIRMED = "closed_confirmed"
    CLOSED_SILENT = "closed_silent"
    CLOSED_DUPLICATE = "closed_duplicate"
    CLOSED_REJECTED = "closed_rejected"
    CLOSED_UNABLE = "closed_unable"
    CLOSED_WITHDRAWN = "closed_withdrawn"


class Lane(StrEnum):
    """How urgent: P0 danger to life, P1 urgent, P2 ordinary, P3 many parties."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


class Kind(StrEnum):
    """What is wanted."""

    REPAIR = "报修"
    COMPLAINT = "投诉"
    SUGGESTION = "建议"
    HELP = "求助"
    ENQUIRY = "咨询"
    SERVICE = "服务"


class Step(StrEnum):
    """What one event of a ticket's history tells."""

    DRAFTED = "drafted"
    EDITED = "edited"
    FILED = "filed"
    MOVED = "moved"
    TRANSFERRED = "transferred"
    NOTED = "noted"
    LANED = "laned"
    JOINED = "joined"
    URGED = "urged"
    RATED = "rated"
    NUDGED = "nudged"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    SUPERVISED = "supervised"
    ALARMED = "alarmed"
    WHISTLED = "whistled"
    ATTENDED = "attended"
    SPLIT = "split"
    RECHECKED = "rechecked"
    CALLED = "called"
    REDACTED = "redacted"


DRAFTS = frozenset({State.DRAFT})
WAITING_FOR_CLAIM = frozenset({State.NEW, State.RETURNED})
WORKING = frozenset({State.ACCEPTED, State.IN_PROGRESS, State.SCHEDULED, State.WHISTLED})
PAUSED = frozenset({State.WAITING_REPORTER})
CLOSED = frozenset(state for state in State if state.startswith("closed_"))
OPEN = frozenset(State) - CLOSED - DRAFTS
UNFINISHED = OPEN - {State.HANDLED}
PRESSING = UNFINISHED - {State.SCHEDULED, State.PARKED}
"""Somebody is or should be on it now; an agreed day or a parked one leaves its group in peace."""
OUTCOMES = frozenset({State.HANDLED}) | CLOSED
NO_MATTER = DRAFTS | {State.CLOSED_DUPLICATE, State.CLOSED_WITHDRAWN, State.CLOSED_REJECTED}
"""Tickets that are no case of their own."""
URGENT = frozenset({Lane.P0, Lane.P1})

_ENDS = frozenset(
    {
        State.CLOSED_DUPLICATE,
        State.CLOSED_REJECTED,
        State.CLOSED_UNABLE,
        State.CLOSED_WITHDRAWN,
    },
)
_DETOURS = frozenset({State.WAITING_REPORTER, State.WHISTLED, State.PARKED})
_WORK = frozenset({State.IN_PROGRESS, State.SCHEDULED, State.HANDLED, State.RETURNED, State.NEW})

NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.NEW, State.CLOSED_WITHDRAWN, State.CLOSED_DUPLICATE}),
    State.NEW: frozenset({State.ACCEPTED, State.RETURNED}) | _DETOURS | _ENDS,
    State.RETURNED: frozenset({State.ACCEPTED, State.NEW, State.RETURNED}) | _DETOURS | _ENDS,
    State.ACCEPTED: _WORK | _DETOURS | _ENDS,
    State.IN_PROGRESS: (_WORK - {State.IN_PROGRESS}) | _DETOURS | _ENDS,
    State.SCHEDULED: _WORK | _DETOURS | _ENDS,
    State.WAITING_REPORTER: _WORK | {State.ACCEPTED, State.WHISTLED, State.PARKED} | _ENDS,
    State.WHISTLED: frozenset({State.ACCEPTED, State.IN_PROGRESS, State.SCHEDULED, State.HANDLED})
    | {State.WAITING_REPORTER, State.PARKED}
    | _ENDS,
    State.PARKED: frozenset({State.ACCEPTED, State.IN_PROGRESS, State.SCHEDULED, State.HANDLED})
    | {State.WAITING_REPORTER, State.WHISTLED}
    | _ENDS,
    State.HANDLED: frozenset({State.ACCEPTED, State.CLOSED_CONFIRMED, State.CLOSED_SILENT}) | _ENDS,
    State.CLOSED_CONFIRMED: frozenset({State.ACCEPTED}),
    State.CLOSED_SILENT: frozenset({State.ACCEPTED, State.CLOSED_CONFIRMED}),
    State.CLOSED_DUPLICATE: UNFINISHED | {State.HANDLED},
    State.CLOSED_REJECTED: frozenset({State.ACCEPTED}),
    State.CLOSED_UNABLE: frozenset({State.ACCEPTED}),
    State.CLOSED_WITHDRAWN: frozenset({State.ACCEPTED}),
}

CLOCK = "clock"
"""The party who acts when time does."""
ADDED = "居民补充"
"""Reason of a NOTED or URGED event in which the reporter has told, or shown, more."""
STATE_WORDS: dict[State, str] = {
    State.DRAFT: "待补全",
    State.NEW: "待受理",
    State.ACCEPTED: "已接单",
    State.IN_PROGRESS: "处置中",
    State.SCHEDULED: "已约期",
    State.WAITING_REPORTER: "待居民补充",
    State.WHISTLED: "吹哨联办",
    State.RETURNED: "退单待改派",
    State.PARKED: "挂账",
    State.HANDLED: "已处置·待确认",
    State.CLOSED_CONFIRMED: "办结·居民确认",
    State.CLOSED_SILENT: "办结·未回复",
    State.CLOSED_DUPLICATE: "并单",
    State.CLOSED_REJECTED: "不予受理",
    State.CLOSED_UNABLE: "无法解决·已解释",
    State.CLOSED_WITHDRAWN: "居民撤回",
}

LANE_WORDS: dict[Lane, str] = {
    Lane.P0: "危及生命",
    Lane.P1: "紧急",
    Lane.P2: "一般",
    Lane.P3: "疑难",
}


def may_move(origin: State | None, target: State) -> bool:
    """Whether the table allows this step; a ticket begins as a draft or, in an emergency, new."""
    if origin is None:
        return target in {State.DRAFT, State.NEW}
    return target in NEXT[origin]


SPLIT_OFF = "拆单"
"""Reason of the events by which what was merged is two again."""
