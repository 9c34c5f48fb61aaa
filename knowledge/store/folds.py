"""Tickets folded from their events: the database tells each history in two lines, read here."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, case, cast, func, select

from knowledge.community.tickets.account import APART, Account
from knowledge.community.tickets.fate import fate_of
from knowledge.community.tickets.ticket import SPLIT_OFF, Kind, Lane, Step
from knowledge.store.base import read_utc, to_stored, written
from knowledge.store.rows.tickets import TicketEventRow, TicketRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Select, SelectBase
    from sqlalchemy.orm import Session

    from knowledge.community.tickets.account import Span
    from knowledge.community.tickets.fate import Fate, Places

_TICKETS = TicketRow.metadata.tables["ticket"]
_E = TicketEventRow.metadata.tables["ticket_event"].c
_KINDS = {kind.value: kind for kind in Kind}
_LANES = {lane.value: lane for lane in Lane}
IN_HAND = 100
"""Rows that are read ahead."""
_ARRAY = {"sqlite": "json_array", "postgresql": "json_build_array"}
STANDS_APART = _E.step.in_(APART) | (_E.reason == SPLIT_OFF)
"""Events whose facts are counted."""


def folded(session: Session, concerned: SelectBase, span: Span) -> Iterator[tuple[int, Account]]:
    """Row id and account of the filed tickets among `concerned` (row ids), in no order.

    Nothing after the span is known; what is counted is counted inside it.
    """
    query = _histories(session.get_bind().dialect.name, concerned, span)
    found = session.execute(query, execution_options={"yield_per": IN_HAND})
    start = to_stored(span.start)
    for row, *ticket, told, moments in chain.from_iterable(found.partitions()):
        stamps = moments.split(",")
        within = min(stamps) >= start
        fate = fate_of(told, () if within else tuple([at >= start for at in stamps]))
        if fate is not None:
            yield row, _account(ticket, fate, stamps)


def _histories(dialect: str, concerned: SelectBase, span: Span) -> Select[Any]:
    """One row a ticket: its events before the end of the span, and their moments, in one order."""
    rating = case((_E.step == Step.RATED, _E.facts["rating"].as_integer()))
    trace = getattr(func, _ARRAY[dialect])(
        *(_E.seq, _E.step, _E.from_state, _E.to_state),
        *(_E.reason, _E.role, rating),
    )
    told = (
        select(
            _E.ticket_id,
            func.aggregate_strings(cast(trace, String), ",").label("traces"),
            func.aggregate_strings(written(_E.at, dialect), ",").label("moments"),
        )
        .where(_E.ticket_id.in_(concerned), _E.at < span.end)
        .group_by(_E.ticket_id)
        .subquery()
    )
    row = _TICKETS.c
    # An outer join, though every event has its ticket: SQLite then passes each group on at once.
    return select(
        *(row.id, row.no, row.kind, row.category, row.lane, row.place_id, row.channel),
        *(row.private, row.reporter, told.c.traces, told.c.moments),
    ).select_from(told.outerjoin(_TICKETS, row.id == told.c.ticket_id))


def _account(ticket: list[Any], fate: Fate, moments: list[str]) -> Account:
    no, kind, category, lane, place, channel, private, reporter = ticket
    done = _first(fate.done, moments)
    return Account(
        no,
        _KINDS[kind],
        category,
        _LANES[lane],
        place,
        channel,
        private,
        reporter,
        fate.state,
        _first(fate.filed, moments),
        _first(fate.contacted, moments),
        done,
        None if fate.since is None else read_utc(moments[fate.since]),
        fate.answered,
        fate.silent,
        _pauses(fate, moments, done) if fate.pauses else (),
        fate.rating,
        fate.apart,
        **fate.sums,
    )


def _first(places: Places, moments: list[str]) -> datetime | None:
    if len(places) == 1:
        return read_utc(moments[places[0]])
    return read_utc(min([moments[place] for place in places])) if places else None


def _pauses(
    fate: Fate, moments: list[str], done: datetime | None
) -> tuple[tuple[datetime, datetime], ...]:
    """The waits for the reporter before it was done."""
    waits = ((read_utc(moments[at]), read_utc(moments[over])) for at, over in fate.pauses)
    return tuple(wait for wait in waits if done is None or wait[1] <= done)
