"""The daily anchor: what every ticket's chain ended with on that day, chained itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from knowledge.community.tickets.ledger import START, anchor_hash
from knowledge.store.rows.tickets import AnchorRow, TicketEventRow, TicketRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

OVERLAP = timedelta(minutes=10)
"""Events of another process that were committed a little late are in the next anchor too."""


def newest_anchor(session: Session) -> AnchorRow | None:
    """The last anchor."""
    return session.scalars(select(AnchorRow).order_by(AnchorRow.at.desc()).limit(1)).first()


def first_unanchored(session: Session) -> datetime | None:
    """When the first event happened that no anchor holds."""
    last = session.scalar(select(func.max(AnchorRow.at)))
    first = select(func.min(TicketEventRow.at))
    # Two questions, each answered from the end of an index: every heartbeat asks.
    return session.scalar(first if last is None else first.where(TicketEventRow.at >= last))


def drop_anchor(session: Session, at: datetime) -> AnchorRow:
    """Write the heads of all tickets that changed since the last anchor."""
    last = newest_anchor(session)
    changed = select(TicketEventRow.ticket_id).where(TicketEventRow.at < at)
    if last is not None:
        changed = changed.where(TicketEventRow.at >= last.at - OVERLAP)
    found = session.execute(
        select(TicketRow.no, TicketRow.length, TicketRow.head)
        .where(TicketRow.id.in_(changed))
        .order_by(TicketRow.no)
    )
    heads = [[no, length, head] for no, length, head in found]
    prev = last.hash if last else START
    row = AnchorRow(at=at, heads=heads, prev=prev, hash=anchor_hash(prev, at, heads))
    session.add(row)
    session.flush()
    return row


def anchors(session: Session) -> list[AnchorRow]:
    """All anchors, oldest first."""
    return list(session.scalars(select(AnchorRow).order_by(AnchorRow.at, AnchorRow.id)))
