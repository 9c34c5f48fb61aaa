"""A ticket's history as it is appended, never edited, and what filing asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, or_, select

from knowledge.community.tickets.ticket import ADDED, Step
from knowledge.store.rows.tickets import TicketEventRow, TicketTextRow
from knowledge.store.sheaf import EVENTS, bind, lay

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from knowledge.community.tickets.deed import Deed
    from knowledge.store.rows.tickets import TicketRow

ANSWERED = "已答复"
"""Reason of a JOINED event whose reporter was answered, not only counted."""

_FILED_WORDS = (
    select(TicketTextRow.text, TicketEventRow.seq, TicketEventRow.facts, TicketEventRow.reason)
    .join(TicketEventRow, TicketTextRow.event_id == TicketEventRow.id)
    .where(
        TicketEventRow.ticket_id == bindparam("ticket"),
        or_(
            TicketEventRow.seq == 1,
            TicketEventRow.step == Step.EDITED.value,
            TicketEventRow.reason == ADDED,
        ),
    )
    .order_by(TicketEventRow.seq)
)
_ANSWERED = select(EVENTS.c.at, EVENTS.c.facts).where(
    EVENTS.c.ticket_id == bindparam("ticket"),
    EVENTS.c.step == Step.JOINED.value,
    EVENTS.c.reason == ANSWERED,
)
# Built once, and plain SQL: every report and every step comes along here.


def append_event(session: Session, ticket_id: int, deed: Deed, text: str, salt: str) -> None:
    """Write one event, and apart from it what somebody said: that can be erased.

    A second event of the same `seq` is refused by the database: at once, but for the first of all,
    which nobody else can write: it waits for those of the other tickets of a batch.
    """
    row = {
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
    }
    lay(session, EVENTS, row, [{"text": text, "salt": salt}] if text else ())
    if deed.seq > 1:
        bind(session)


def reported_words(session: Session, ticket: TicketRow) -> str:
    """What the reporter wrote first, or when correcting the matter, and more told later.

    "" when it was erased. What finds fault with whoever handles it is no card's.
    """
    rows = session.execute(_FILED_WORDS, {"ticket": ticket.id}).all()
    said = [text for text, seq, facts, _ in rows if seq == 1 or facts.get("matter")]
    more = [
        text
        for text, _, facts, reason in rows
        if facts.get("more") or (reason == ADDED and not facts.get("blames"))
    ]
    return "，".join(str(words) for words in (*said[-1:], *more))


def joins_answered(session: Session, ticket: TicketRow, chat: str) -> tuple[int, datetime | None]:
    """How many of those who joined in that group were answered, and when the last one was."""
    joined = session.execute(_ANSWERED, {"ticket": ticket.id})
    moments = [at for at, facts in joined if facts.get("chat") == chat]
    return len(moments), max(moments, default=None)
