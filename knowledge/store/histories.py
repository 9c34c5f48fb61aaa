"""What happened to a ticket, as rows and as deeds, with the words that people wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from knowledge.community.tickets.deed import Deed
from knowledge.community.tickets.ticket import State, Step
from knowledge.store.rows.tickets import TicketEventRow, TicketTextRow

if TYPE_CHECKING:
    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from knowledge.store.rows.tickets import TicketRow

_EVENTS = (
    select(TicketEventRow)
    .where(TicketEventRow.ticket_id == bindparam("ticket"))
    .order_by(TicketEventRow.seq)
)
_PLAIN = TicketEventRow.metadata.tables["ticket_event"]
_HISTORY = select(_PLAIN).where(_PLAIN.c.ticket_id == bindparam("ticket")).order_by(_PLAIN.c.seq)


def events(session: Session, ticket: TicketRow) -> list[TicketEventRow]:
    """A ticket's history as rows, oldest first."""
    return list(session.scalars(_EVENTS, {"ticket": ticket.id}))


def history(session: Session, ticket: TicketRow) -> list[Deed]:
    """A ticket's history, oldest first."""
    return [deed_of(row, ticket.no) for row in session.execute(_HISTORY, {"ticket": ticket.id})]


def words(session: Session, ticket: TicketRow) -> dict[int, str]:
    """What people wrote at the events of a ticket, by `seq`; erased words are missing."""
    found = session.execute(
        select(TicketEventRow.seq, TicketTextRow.text)
        .join(TicketTextRow, TicketTextRow.event_id == TicketEventRow.id)
        .where(TicketEventRow.ticket_id == ticket.id)
        .order_by(TicketEventRow.seq)
    )
    return {row.seq: row.text for row in found}


def handler_notes(session: Session, ticket: TicketRow) -> list[str]:
    """What the handlers noted as progress, oldest first."""
    return list(
        session.scalars(
            select(TicketTextRow.text)
            .join(TicketEventRow, TicketTextRow.event_id == TicketEventRow.id)
            .where(
                TicketEventRow.ticket_id == ticket.id,
                TicketEventRow.step == Step.NOTED,
                TicketEventRow.reason == "",
            )
            .order_by(TicketEventRow.seq)
        )
    )


def deed_of(row: TicketEventRow | Row[Any], no: int) -> Deed:
    """The pure form of one event row."""
    return Deed(
        no=no,
        seq=row.seq,
        at=row.at,
        step=Step(row.step),
        origin=State(row.from_state) if row.from_state else None,
        target=State(row.to_state),
        actor=row.actor,
        role=row.role,
        channel=row.channel,
        reason=row.reason,
        facts=row.facts,
        digest=row.digest,
        prev=row.prev,
        hash=row.hash,
    )
