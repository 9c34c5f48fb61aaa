"""Calls after the end of a ticket: to whom they fall, and what is still to be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from knowledge.store.once import insert_once
from knowledge.store.rows.callbacks import CallbackRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from knowledge.store.rows.tickets import TicketRow


def add_callback(
    session: Session, ticket: TicketRow, *, redone: int, why: str, caller: str, at: datetime
) -> bool:
    """Note a call to make; False when this end of the ticket has one already, for some reason."""
    table = CallbackRow.metadata.tables["callback"]
    values = {
        "ticket_id": ticket.id,
        "redone": redone,
        "why": why,
        "caller_id": caller,
        "asked_at": at,
    }
    statement = insert_once(session, table, "ticket_id", "redone").returning(table.c.id)
    return session.execute(statement, values).first() is not None


def open_callback(session: Session, ticket: TicketRow) -> CallbackRow | None:
    """The newest call about a ticket that nobody has made yet, locked like the ticket."""
    return session.scalars(
        select(CallbackRow)
        .where(CallbackRow.ticket_id == ticket.id, CallbackRow.outcome.is_(None))
        .order_by(CallbackRow.id.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def drop_calls(session: Session, ticket: TicketRow) -> None:
    """Take back the calls that nobody has made: the end that they were about was none."""
    session.execute(
        delete(CallbackRow).where(CallbackRow.ticket_id == ticket.id, CallbackRow.outcome.is_(None))
    )


def is_caller(session: Session, ticket: TicketRow, who: str) -> bool:
    """Whether somebody has to call the reporter of this ticket, or has called."""
    found = select(CallbackRow.id).where(
        CallbackRow.ticket_id == ticket.id, CallbackRow.caller_id == who
    )
    return session.execute(found.limit(1)).first() is not None


def callbacks_of(session: Session, person_id: str) -> list[CallbackRow]:
    """The calls that a person still has to make, oldest first."""
    return list(
        session.scalars(
            select(CallbackRow)
            .where(CallbackRow.caller_id == person_id, CallbackRow.outcome.is_(None))
            .order_by(CallbackRow.id)
        )
    )


def load(session: Session) -> dict[str, int]:
    """How many calls each person still has to make."""
    rows = session.execute(
        select(CallbackRow.caller_id, func.count())
        .where(CallbackRow.outcome.is_(None))
        .group_by(CallbackRow.caller_id)
    )
    return {row[0]: row[1] for row in rows}
