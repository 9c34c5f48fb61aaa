"""What could not be handled or sent: one more try, or nothing more, said by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.auditing import note
from handlers.phrases.quarantine import AGAIN, CANCELLED, NEEDS_REASON, NO_LONGER, UNREADABLE
from knowledge.community.privacy import mask
from knowledge.community.refusals import NotFound, Unclear
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.notices import RoundRow
from knowledge.store.sweeping import GIVEN_UP

if TYPE_CHECKING:
    from handlers.work import Work


def handle_again(work: Work, who: str, row_id: int) -> None:
    """Let the worker try a message once more; one more failure sets it aside again.

    Raises:
        Unclear: it could never be read, so there is nothing to try.
    """
    row = _aside(work, row_id)
    if not row.payload:
        raise Unclear(UNREADABLE)
    row.state = "new"
    note(work, who, "quarantine.again", f"in-{row_id}")


def drop_event(work: Work, who: str, row_id: int, reason: str) -> None:
    """Let a message go, for a reason; what was said in it is deleted."""
    why = _reason(reason)
    row = _aside(work, row_id)
    row.state, row.payload, row.done_at = "done", {}, work.now
    note(work, who, "quarantine.drop", f"in-{row_id}", why)


def send_again(work: Work, who: str, row_id: int) -> None:
    """Queue a message once more; one that may have arrived says that it is a repetition.

    Raises:
        Unclear: it belongs to a round that was ended.
    """
    row = _given_up(work, row_id)
    about = work.session.get(RoundRow, row.round_id) if row.round_id is not None else None
    if about is not None and about.cancelled_at is not None:
        raise Unclear(CANCELLED)
    if row.state == "unknown" and not row.text.startswith(AGAIN):
        row.text = AGAIN + row.text
    row.state, row.attempts, row.sent_at = "pending", 0, None
    row.not_before, row.not_after = work.now, None
    note(work, who, "quarantine.again", f"out-{row_id}")


def drop_message(work: Work, who: str, row_id: int, reason: str) -> None:
    """Say that nothing more is to be done about a message; what became of it stays written."""
    why = _reason(reason)
    _given_up(work, row_id).settled_at = work.now
    note(work, who, "quarantine.drop", f"out-{row_id}", why)


def _aside(work: Work, row_id: int) -> InboxRow:
    row = work.session.get(InboxRow, row_id)
    if row is None or row.state != "quarantined":
        raise NotFound(NO_LONGER)
    return row


def _given_up(work: Work, row_id: int) -> OutboxRow:
    row = work.session.get(OutboxRow, row_id)
    if row is None or row.state not in GIVEN_UP or row.settled_at is not None:
        raise NotFound(NO_LONGER)
    return row


def _reason(said: str) -> str:
    if not said.strip():
        raise Unclear(NEEDS_REASON)
    return mask(said.strip())
