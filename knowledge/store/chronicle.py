"""Writing a ticket's history: appended, never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from knowledge.store.rows.tickets import TicketEventRow, TicketTextRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from knowledge.community.deed import Deed

_EVENTS = TicketEventRow.metadata.tables["ticket_event"]
_EVENT = insert(_EVENTS).returning(_EVENTS.c.id)
_WORDS = insert(TicketTextRow.metadata.tables["ticket_text"])
# Built once, and plain SQL: every report and every step comes along here.


def append_event(session: Session, ticket_id: int, deed: Deed) -> int:
    """Write one event; its row id. A second event of the same `seq` is refused by the database."""
    written = session.execute(
        _EVENT,
        {
            "ticket_id": ticket_id,
            "seq": deed.seq,
            "at": deed.at,
            "step": deed.step.value,
            "from_state": deed.origin.value if deed.origin else None,
            "to_state": deed.target.value,
            "actor": deed.actor,
            "role": deed.role,
            "channel": deed.channel,
            "reason": deed.reason,
            "facts": dict(deed.facts),
            "digest": deed.digest,
            "prev": deed.prev,
            "hash": deed.hash,
        },
    )
    return int(written.scalar_one())


def keep_words(session: Session, event_id: int, text: str, salt: str) -> None:
    """Write what somebody said at an event, apart from it: it can be erased."""
    session.execute(_WORDS, {"event_id": event_id, "text": text, "salt": salt})
