"""Whose account it is, and where somebody with several spoke last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from knowledge.store.rows.faq import ObjectionRow
from knowledge.store.rows.links import SpokenRow
from knowledge.store.rows.media import MediaRow
from knowledge.store.rows.parties import PartyNameRow
from knowledge.store.rows.questions import AnswerRow, QuestionRow
from knowledge.store.rows.tickets import TicketPartyRow, TicketRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def take_over(session: Session, party: str, person_id: str) -> None:
    """Make what an unregistered account (`channel:account`) has said and asked the person's own.

    The chain of events stays as it is: the row of a ticket says whose it is now.
    """
    for ticket in session.scalars(select(TicketRow).where(TicketRow.reporter == party)):
        ticket.reporter = person_id
    joined = select(TicketPartyRow.ticket_id).where(TicketPartyRow.who == person_id)
    session.execute(
        delete(TicketPartyRow).where(
            TicketPartyRow.who == party, TicketPartyRow.ticket_id.in_(joined)
        )
    )
    for table in (TicketPartyRow, QuestionRow, AnswerRow, ObjectionRow, MediaRow):
        session.execute(update(table).where(table.who == party).values(who=person_id))
    session.execute(delete(PartyNameRow).where(PartyNameRow.who == party))


def note_spoken(session: Session, person_id: str, channel: str) -> None:
    """Write down on which channel somebody with several accounts has just spoken."""
    row = session.get(SpokenRow, person_id)
    if row is None:
        session.add(SpokenRow(person_id=person_id, channel=channel))
    elif row.channel != channel:
        row.channel = channel


def spoken_on(session: Session, person_id: str) -> str | None:
    """The channel on which they spoke last; None for somebody with one account only."""
    row = session.get(SpokenRow, person_id)
    return row.channel if row else None
