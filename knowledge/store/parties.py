"""Who joined a ticket after its reporter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from knowledge.store.once import insert_once
from knowledge.store.rows.tickets import TicketPartyRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from knowledge.store.rows.tickets import TicketRow

_PARTY = select(TicketPartyRow.id).where(
    TicketPartyRow.ticket_id == bindparam("ticket"), TicketPartyRow.who == bindparam("who")
)
_PARTIES = TicketPartyRow.metadata.tables["ticket_party"]


def parties(session: Session, ticket: TicketRow) -> list[TicketPartyRow]:
    """Who joined a ticket, in order."""
    return list(
        session.scalars(
            select(TicketPartyRow)
            .where(TicketPartyRow.ticket_id == ticket.id)
            .order_by(TicketPartyRow.id)
        )
    )


def is_party(session: Session, ticket: TicketRow, who: str) -> bool:
    """Whether somebody reported the same after the first reporter."""
    found = session.execute(_PARTY, {"ticket": ticket.id, "who": who})
    return found.first() is not None


def add_party(
    session: Session, ticket: TicketRow, who: str, chat: tuple[str, str], at: datetime
) -> bool:
    """Note who reports the same, in which (channel, chat); False when they are among them."""
    party = {
        "ticket_id": ticket.id,
        "who": who,
        "channel": chat[0],
        "chat_id": chat[1],
        "joined_at": at,
    }
    statement = insert_once(session, _PARTIES, "ticket_id", "who").returning(_PARTIES.c.id)
    return session.execute(statement, party).first() is not None
