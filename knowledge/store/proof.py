"""The proof of every ticket: chain, words, state and clock, all recomputed from its events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from knowledge.community.course import follow
from knowledge.community.ledger import digest, verify
from knowledge.community.timers import timers
from knowledge.store.rows.tickets import TicketEventRow, TicketRow, TicketTextRow
from knowledge.store.tickets import deed_of, events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from knowledge.community.deed import Deed
    from knowledge.community.hours import Days, Hours


@dataclass(frozen=True, slots=True)
class Flaw:
    """A ticket whose rows do not prove each other; `seq` 0 = the ticket's own row."""

    no: int
    seq: int
    why: str


def verify_all(session: Session, days: Days, hours: Hours) -> tuple[int, list[Flaw]]:
    """How many tickets there are, and the first flaw of each one that does not prove itself."""
    tickets = session.scalars(select(TicketRow).order_by(TicketRow.no)).all()
    found = (next(_flaws(session, ticket, days, hours), None) for ticket in tickets)
    return len(tickets), [flaw for flaw in found if flaw is not None]


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


def _flaws(session: Session, ticket: TicketRow, days: Days, hours: Hours) -> Iterator[Flaw]:
    rows = events(session, ticket)
    try:
        deeds = [deed_of(row, ticket.no) for row in rows]
    except ValueError as unknown:
        yield Flaw(ticket.no, 0, f"记录里有不认识的词：{unknown}")
        return
    broken = verify(deeds, ticket.length, ticket.head)
    if broken is not None:
        yield Flaw(ticket.no, broken.seq, broken.why)
        return
    yield from _changed_words(session, ticket.no, rows)
    if deeds:
        yield from _stale(ticket, deeds, days, hours)


def _stale(ticket: TicketRow, deeds: list[Deed], days: Days, hours: Hours) -> Iterator[Flaw]:
    """What the ticket's row remembers and its history does not say."""
    if follow(deeds).state != ticket.state:
        yield Flaw(ticket.no, 0, "状态与记录不符")
    clock = timers(deeds, days, hours)
    kept = (ticket.claim_due, ticket.solve_due, ticket.next_at)
    if (clock.claim_due, clock.solve_due, clock.next_at) != kept:
        yield Flaw(ticket.no, 0, "时限与记录不符")


def _changed_words(session: Session, no: int, rows: list[TicketEventRow]) -> Iterator[Flaw]:
    """Words that are not those of which the event keeps the digest; erased words are fine."""
    kept = session.scalars(
        select(TicketTextRow).where(TicketTextRow.event_id.in_([row.id for row in rows]))
    )
    texts = {text.event_id: text for text in kept}
    for row in rows:
        text = texts.get(row.id)
        if text is not None and digest(text.text, text.salt) != row.digest:
            yield Flaw(no, row.seq, "文字被改过")
