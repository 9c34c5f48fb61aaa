"""Tickets folded from their events by the database: one row a ticket, whatever its history holds."""

from __future__ import annotations

from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, not_, or_, select, type_coerce

from knowledge.community.account import (
    ANSWERED,
    APART,
    ASKED,
    CALLED,
    OUT,
    REDONE,
    RESIDENT,
    RETURNED,
    SAID_ON_PHONE,
    Account,
)
from knowledge.community.ticket import PAUSED, SPLIT_OFF, Kind, Lane, State, Step
from knowledge.store.base import UtcMoment
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select, SelectBase
    from sqlalchemy.orm import Session

    from knowledge.community.account import Span

    Pauses = list[tuple[datetime, datetime]]

_TICKET = TicketRow.metadata.tables["ticket"]
_E = TicketEventRow.metadata.tables["ticket_event"].c
_LAST = TicketEventRow.metadata.tables["ticket_event"].alias("last")
_KINDS = {kind.value: kind for kind in Kind}
_LANES = {lane.value: lane for lane in Lane}
_STATES = {state.value: state for state in State}
_DATED = (State.PARKED, State.WHISTLED)
"""States of which a report says since when."""
AT_ONCE = 1000
"""Tickets that are looked up together."""
_MARKS = 8
"""More than any rating is: the last event and its rating are one number, ordered by the event."""
_BESIDE = (
    *(Step.NUDGED, Step.REMINDED, Step.ALARMED),
    *(Step.NOTED, Step.EDITED, Step.JOINED, Step.RATED),
)
"""Events that neither move a ticket nor are counted by themselves."""
_COUNTED: dict[str, str] = {
    Step.TRANSFERRED: "transfers",
    Step.ESCALATED: "climbs",
    Step.SUPERVISED: "supervised",
    Step.URGED: "urged",
}
_REASONED = {RETURNED: "returns", REDONE: "redone"}
_TELLING = (_E.step.in_(_COUNTED) | _E.reason.in_(_REASONED)) & _E.step.not_in(_BESIDE)
"""Events that are counted: few tickets have any."""
STANDS_APART = _E.step.in_(APART) | (_E.reason == SPLIT_OFF)
"""Events whose facts are counted."""
_MOVED = _E.from_state.is_distinct_from(_E.to_state)
_AGAIN = and_(_E.reason == REDONE, _MOVED, _E.from_state.in_(OUT))


def folded(session: Session, concerned: SelectBase, span: Span) -> dict[int, Account]:
    """The filed tickets of `concerned` (row ids) by row id, in the order of their numbers.

    Nothing after the span is known; what is counted is counted inside it.
    """
    sums = _sums(concerned, span).subquery()
    row, last, found = _TICKET.c, _LAST.c, sums.c
    query = (
        select(
            *(row.id, row.no, row.kind, row.category, row.lane, row.place_id, row.channel),
            *(row.private, row.reporter, last.to_state),
            *(type_coerce(found[name], UtcMoment()) for name in ("filed", "contacted", "done")),
            type_coerce(case((last.to_state.in_(_DATED), last.at)), UtcMoment()),
            *(found.yes, found.no, found.silent, found.again, found.rated),
            *(found.apart, found.paused, found.telling),
        )
        .join(sums, found.ticket_id == row.id)
        .join(_LAST, and_(last.ticket_id == row.id, last.seq == found.standing))
        .where(found.filed.is_not(None))
    )
    accounts: dict[int, Account] = {}
    paused: list[int] = []
    telling: list[int] = []
    for one in session.execute(query).all():
        accounts[one[0]] = _account(one)
        if one.paused:
            paused.append(one[0])
        if one.telling:
            telling.append(one[0])
    for ticket, pauses in _pauses(session, paused, span.end):
        done = accounts[ticket].done
        waits = (wait for wait in pauses if done is None or wait[1] <= done)
        accounts[ticket].pauses = tuple(waits)
    for ticket, name, times in _counts(session, telling, span):
        setattr(accounts[ticket], name, getattr(accounts[ticket], name) + times)
    return dict(sorted(accounts.items(), key=_number))


def _sums(concerned: SelectBase, span: Span) -> Select[Any]:
    """One row a ticket; a moment is the first of its kind, a number the place of the last one."""
    inside = _E.at >= span.start
    phone = and_(_E.step == CALLED, not_(_MOVED))
    good = [word for word, fine in SAID_ON_PHONE.items() if fine]
    bad = [word for word, fine in SAID_ON_PHONE.items() if not fine]
    yes = or_(and_(_E.to_state == State.CLOSED_CONFIRMED, _MOVED), phone & _E.reason.in_(good))
    no = or_(_AGAIN & (_E.role == RESIDENT), phone & _E.reason.in_(bad))
    return (
        select(
            _E.ticket_id,
            _first(_E.to_state == State.NEW).label("filed"),
            _first(_E.from_state.in_(ASKED) & _E.to_state.in_(ANSWERED)).label("contacted"),
            _first(_E.to_state.in_(OUT)).label("done"),
            _last(_MOVED).label("standing"),
            _last(yes & inside).label("yes"),
            _last(no & inside).label("no"),
            _last((_E.to_state == State.CLOSED_SILENT) & _MOVED & inside).label("silent"),
            _last(_AGAIN & inside).label("again"),
            func.count().filter(_E.to_state.in_(PAUSED) & _MOVED).label("paused"),
            func.count().filter(_TELLING & inside).label("telling"),
            func.count().filter(STANDS_APART & inside).label("apart"),
            func.max(_E.seq * _MARKS + _E.facts["rating"].as_integer())
            .filter((_E.step == Step.RATED) & inside)
            .label("rated"),
        )
        .where(_E.ticket_id.in_(concerned), _E.at < span.end)
        .group_by(_E.ticket_id)
    )


def _first(fits: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.min(_E.at).filter(fits & _MOVED)


def _last(fits: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.max(_E.seq).filter(fits)


def _account(one: Any) -> Account:
    _, no, kind, category, lane, place, channel, private, reporter, state, *rest = one
    filed, contacted, done, since, good, bad, silent, again, rated, apart, *_ = rest
    said = good is not None or bad is not None
    return Account(
        no,
        _KINDS[kind],
        category,
        _LANES[lane],
        place,
        channel,
        private,
        reporter,
        _STATES[state],
        filed,
        contacted,
        done,
        since,
        (good or 0) > (bad or 0) if said else None,
        silent is not None and not said and silent > (again or 0),
        rating=None if rated is None else rated % _MARKS,
        apart=apart > 0,
    )


def _number(account: tuple[int, Account]) -> int:
    return account[1].no


def _counts(session: Session, tickets: list[int], span: Span) -> Iterator[tuple[int, str, int]]:
    """What happened how often inside the span to each of these tickets."""
    for begin in range(0, len(tickets), AT_ONCE):
        rows = session.execute(
            select(_E.ticket_id, _E.step, _E.reason, func.count())
            .where(_TELLING, _E.at >= span.start, _E.at < span.end)
            .where(_E.ticket_id.in_(tickets[begin : begin + AT_ONCE]))
            .group_by(_E.ticket_id, _E.step, _E.reason)
        )
        for ticket, step, reason, times in rows.all():
            yield ticket, _COUNTED.get(step) or _REASONED[reason], times


def _pauses(session: Session, tickets: list[int], end: datetime) -> Iterator[tuple[int, Pauses]]:
    """The waits for the reporter of these tickets that were over before `end`."""
    for begin in range(0, len(tickets), AT_ONCE):
        rows = session.execute(
            select(_E.ticket_id, type_coerce(_E.at, UtcMoment()), _E.to_state)
            .where(_E.ticket_id.in_(tickets[begin : begin + AT_ONCE]), _E.at < end, _MOVED)
            .where(or_(_E.from_state.in_(PAUSED), _E.to_state.in_(PAUSED)))
            .order_by(_E.ticket_id, _E.seq)
        )
        for ticket, events in groupby(rows, key=itemgetter(0)):
            steps = [(at, state) for _, at, state in events]
            pairs = pairwise(steps)
            yield ticket, [(at, over) for (at, state), (over, _) in pairs if state in PAUSED]
