"""Where somebody is reached in private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.windows import can_be_told
from handlers.messages import ChatRef, direct
from knowledge.store.links import note_spoken, spoken_on

if TYPE_CHECKING:
    from handlers.work import Work

SEVERAL = 2
"""So many chats, and it matters where somebody spoke last."""


def private_chat(work: Work, who: str, *, task: bool = False, avoid: str = "") -> ChatRef | None:
    """Return the private chat in which a party (person id or channel:account) is reached.

    It is the one in which they spoke last; a task goes to the first channel that pushes to them,
    and on from there where it cannot be delivered (scheduler/receipts). A channel that only answers
    is passed over where the person has been silent for too long.
    """
    if ":" in who:
        return direct(*who.split(":", 1))
    reached = [
        chat
        for chat in private_chats(work, who)
        if chat.channel != avoid and can_be_told(work.session, chat, work.now)
    ]
    spoken = None if task or len(reached) < SEVERAL else spoken_on(work.session, who)
    return next((chat for chat in reached if chat.channel == spoken), next(iter(reached), None))


def private_chats(work: Work, person_id: str) -> tuple[ChatRef, ...]:
    """Return every private chat in which a person of the roster is reached, the first one first."""
    accounts = ((name, work.hood.account(person_id, name)) for name in work.rules.channels)
    return tuple(direct(name, account) for name, account in accounts if account)


def note_where(work: Work, person_id: str, channel: str) -> None:
    """Remember where somebody with several accounts speaks: there they are answered."""
    if len(private_chats(work, person_id)) >= SEVERAL:
        note_spoken(work.session, person_id, channel)
