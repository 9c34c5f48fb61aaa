"""The chain of what people of the office did, and whether it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from knowledge.community.tickets.ledger import START, row_seal
from knowledge.store.once import insert_once
from knowledge.store.rows.audit import AuditRow
from knowledge.store.rows.roster import StampRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

TURN = "audit"


class Noted(NamedTuple):
    """One deed; `who` empty = a command on the machine."""

    at: datetime
    who: str
    kind: str
    deed: str
    subject: str
    detail: str


def append(session: Session, deed: Noted) -> None:
    """Write a deed behind the last one; processes take turns until their transactions end."""
    turn = select(StampRow).where(StampRow.name == TURN).with_for_update()
    if session.scalars(turn).first() is None:
        table = StampRow.metadata.tables["stamp"]
        session.execute(insert_once(session, table, "name"), {"name": TURN, "value": 0})
    counted = session.scalars(turn).one()
    last = session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(1)).first()
    prev = last.hash if last else START
    session.add(AuditRow(**deed._asdict(), prev=prev, hash=row_seal([prev, *deed])))
    counted.value += 1
    session.flush()


def first_break(session: Session) -> int | None:
    """Return the number of the first line that does not fit the one before, None for a whole chain.

    A line that was cut off at the end is found by the count kept beside: then it is the next number.
    """
    prev, count, last = START, 0, 0
    for row in session.scalars(select(AuditRow).order_by(AuditRow.id)):
        deed = Noted(row.at, row.who, row.kind, row.deed, row.subject, row.detail)
        if row.prev != prev or row.hash != row_seal([prev, *deed]):
            return row.id
        prev, count, last = row.hash, count + 1, row.id
    counted = session.get(StampRow, TURN)
    return None if counted is None or counted.value == count else last + 1
