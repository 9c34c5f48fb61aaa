"""The proof of every ticket: chain, words, row, state and clock, all recomputed from its events."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, islice
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select

from knowledge.community.tickets.course import follow
from knowledge.community.tickets.ledger import START, anchor_hash, digest, verify
from knowledge.community.tickets.timers import timers
from knowledge.store.anchors import anchors
from knowledge.store.histories import deed_of, events
from knowledge.store.numbers import given_out
from knowledge.store.rows.tickets import TicketEventRow, TicketRow, TicketTextRow, is_intact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from knowledge.community.days.hours import Days, Hours
    from knowledge.community.tickets.deed import Deed

AT_ONCE = 500
"""Tickets whose histories are read with one statement."""

UNREADABLE = "读不出来，被改过"

T = TypeVar("T")

Heads = dict[int, list[tuple[int, str, str]]]
"""By number: what anchors say of the ticket's chain: its length then, its head, which day."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A ticket whose rows do not prove each other; `seq` 0 = its own row, `no` 0 = an anchor."""

    no: int
    seq: int
    why: str


def verify_all(session: Session, days: Days, hours: Hours) -> tuple[int, list[Flaw]]:
    """How many tickets there are, and the first flaw of each one that does not prove itself."""
    heads, flaws = _anchored(session)
    numbers = {row.id: row.no for row in session.execute(select(TicketRow.id, TicketRow.no))}
    flaws += _missing(set(numbers.values()), given_out(session), heads)
    ids = sorted(numbers)
    for begin in range(0, len(ids), AT_ONCE):
        tickets, torn = _tickets(session, ids[begin : begin + AT_ONCE])
        flaws += [Flaw(numbers[each], 0, UNREADABLE) for each in torn]
        for ticket, rows, texts in _histories(session, tickets, flaws):
            found = _flaws(ticket, rows, heads[ticket.no])
            more = _changed_words(ticket.no, rows, texts)
            clock = _stale(ticket, rows, days, hours)
            flaws += islice(chain(found, more, clock), 1)
    return len(numbers), sorted(flaws, key=attrgetter("no", "seq"))


def reset_clocks(session: Session, days: Days, hours: Hours) -> int:
    """Set the cached times of open tickets anew, as after a change of hours or calendar.

    Returns how many tickets now have other times.
    """
    changed = 0
    for ticket in session.scalars(select(TicketRow).where(TicketRow.next_at.is_not(None))):
        deeds = [deed_of(row, ticket.no) for row in events(session, ticket)]
        clock = timers(deeds, days, hours)
        kept = (ticket.claim_due, ticket.solve_due, ticket.next_at)
        now = (clock.claim_due, clock.solve_due, clock.next_at)
        ticket.claim_due, ticket.solve_due, ticket.next_at = now
        changed += kept != now
    return changed


def _anchored(session: Session) -> tuple[Heads, list[Flaw]]:
    """What the anchors say of each ticket, and the first anchor that does not prove itself."""
    heads: Heads = defaultdict(list)
    prev = START
    for anchor in anchors(session):
        day = f"{anchor.at:%Y-%m-%d}"
        if anchor.prev != prev or anchor.hash != anchor_hash(prev, anchor.at, anchor.heads):
            return heads, [Flaw(0, 0, f"{day} 的日锚被改过，或前一个不见了")]
        for no, length, head in anchor.heads:
            heads[no].append((length, head, day))
        prev = anchor.hash
    return heads, []


def _missing(there: set[int], given: set[int], heads: Heads) -> list[Flaw]:
    """Numbers that were given out and have no ticket."""
    known = {*given, *heads}
    return [Flaw(no, 0, "整件不见了") for no in sorted(known - there)]


def _tickets(session: Session, ids: Sequence[int]) -> tuple[list[TicketRow], list[int]]:
    return _readable(
        ids, lambda some: session.scalars(select(TicketRow).where(TicketRow.id.in_(some)))
    )


def _histories(
    session: Session, tickets: Sequence[TicketRow], flaws: list[Flaw]
) -> Iterator[tuple[TicketRow, list[TicketEventRow], dict[int, TicketTextRow]]]:
    """Each ticket with its events in order and the words that are still there, by event.

    One of whose events cannot be read is left out and added to the flaws.
    """
    event = TicketEventRow
    ids = [ticket.id for ticket in tickets]
    read, torn = _readable(
        ids, lambda some: session.scalars(select(event).where(event.ticket_id.in_(some)))
    )
    rows: dict[int, list[TicketEventRow]] = defaultdict(list)
    for row in sorted(read, key=attrgetter("ticket_id", "seq")):
        rows[row.ticket_id].append(row)
    words = session.scalars(
        select(TicketTextRow)
        .join(event, event.id == TicketTextRow.event_id)
        .where(event.ticket_id.in_(ids))
    )
    texts = {text.event_id: text for text in words}
    for ticket in tickets:
        if ticket.id in torn:
            flaws.append(Flaw(ticket.no, _torn_event(session, ticket), UNREADABLE))
        else:
            yield ticket, rows[ticket.id], texts


def _torn_event(session: Session, ticket: TicketRow) -> int:
    """Which event of a ticket cannot be read, the first of them."""
    event = TicketEventRow
    there = select(event.id, event.seq).where(event.ticket_id == ticket.id).order_by(event.seq)
    places: dict[int, int] = {row.id: row.seq for row in session.execute(there)}
    _, torn = _readable(
        list(places), lambda some: session.scalars(select(event).where(event.id.in_(some)))
    )
    return places[torn[0]]


def _readable(
    ids: Sequence[int], read: Callable[[Sequence[int]], Iterable[T]]
) -> tuple[list[T], list[int]]:
    """What is read of these ids, and those of which a value is none that the program writes."""
    try:
        return list(read(ids)), []
    except (ValueError, TypeError):
        if len(ids) == 1:
            return [], list(ids)
    middle = len(ids) // 2
    (first, torn), (second, more) = _readable(ids[:middle], read), _readable(ids[middle:], read)
    return [*first, *second], [*torn, *more]


def _flaws(
    ticket: TicketRow, rows: list[TicketEventRow], heads: list[tuple[int, str, str]]
) -> Iterator[Flaw]:
    """What is wrong in the chain, against the anchors, or in the ticket's own row."""
    deeds, unknown = _deeds(ticket, rows)
    if unknown:
        yield Flaw(ticket.no, 0, f"记录里有不认识的词：{unknown}")
        return
    broken = verify(deeds, ticket.length, ticket.head)
    if broken is not None:
        yield Flaw(ticket.no, broken.seq, broken.why)
    for length, head, day in heads:
        if length > len(rows) or rows[length - 1].hash != head:
            yield Flaw(ticket.no, length, f"与 {day} 的日锚不符")
    if not is_intact(ticket):
        yield Flaw(ticket.no, 0, "这一件自己的那一行被改过")


def _stale(
    ticket: TicketRow, rows: list[TicketEventRow], days: Days, hours: Hours
) -> Iterator[Flaw]:
    """What the ticket's row remembers and its history does not say."""
    deeds, _ = _deeds(ticket, rows)
    if not deeds:
        yield Flaw(ticket.no, 1, "没有一条记录")
        return
    course = follow(deeds)
    if (course.state, course.lane, course.kind) != (ticket.state, ticket.lane, ticket.kind):
        yield Flaw(ticket.no, 0, "状态与记录不符")
    clock = timers(deeds, days, hours)
    kept = (ticket.claim_due, ticket.solve_due, ticket.next_at)
    if (clock.claim_due, clock.solve_due, clock.next_at) != kept:
        yield Flaw(ticket.no, 0, "时限与记录不符")


def _deeds(ticket: TicketRow, rows: list[TicketEventRow]) -> tuple[list[Deed], str]:
    """The pure history, or the word in it that nobody knows."""
    try:
        return [deed_of(row, ticket.no) for row in rows], ""
    except ValueError as unknown:
        return [], str(unknown)


def _changed_words(
    no: int, rows: list[TicketEventRow], texts: dict[int, TicketTextRow]
) -> Iterator[Flaw]:
    """Words that are not those of which the event keeps the digest; erased words are fine."""
    for row in rows:
        text = texts.get(row.id)
        if text is not None and digest(text.text, text.salt) != row.digest:
            yield Flaw(no, row.seq, "文字被改过")
