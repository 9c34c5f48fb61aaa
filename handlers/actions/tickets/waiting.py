"""Where the reporter is asked, and where the answer may be given."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.actions.dialogues import await_reply, end_dialogue, pending_dialogue
from handlers.actions.names import call_name
from handlers.actions.telling import tell_chat
from handlers.actions.tickets.speaking import about, asking_chat, chat_of
from handlers.messages import ChatKind
from handlers.phrases import drafts

if TYPE_CHECKING:
    from handlers.messages import ChatRef
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

AWHILE = timedelta(minutes=30)
"""How long the next words count as the answer (research/ux.md §5.1 rule 4)."""


def asking_chats(work: Work, ticket: TicketRow) -> tuple[ChatRef, ...]:
    """Where an answer counts: where it is asked, then where a private matter was first said."""
    return tuple(dict.fromkeys((asking_chat(work, ticket), chat_of(ticket))))


def wait_for(work: Work, ticket: TicketRow, topic: str, lasts: timedelta = AWHILE) -> None:
    """Take the reporter's next words as the answer to what was asked."""
    for chat in asking_chats(work, ticket):
        await_reply(work, chat, ticket.reporter, topic, ticket_id=ticket.id, lasts=lasts)


def stop_waiting(work: Work, ticket: TicketRow) -> None:
    """Wait for no more words of the reporter about this."""
    for chat in asking_chats(work, ticket):
        dialogue = pending_dialogue(work, chat, ticket.reporter)
        if dialogue is not None and dialogue.ticket_id == ticket.id:
            end_dialogue(work, chat, ticket.reporter)


def ask_aside(work: Work, ticket: TicketRow) -> None:
    """Say in the group, once, that a private matter goes on in the private chat."""
    asked, said = asking_chat(work, ticket), chat_of(ticket)
    if asked != said and said.kind is ChatKind.GROUP:
        text = drafts.in_private(call_name(work, ticket.reporter))
        tell_chat(work, said, text, about=about(ticket))
