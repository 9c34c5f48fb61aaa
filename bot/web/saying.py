"""A person's words in the built-in chat: bubble and inbox row are one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import select

from bot.web.membership import CHANNEL
from handlers.messages import ChatRef, Event, EventKind
from knowledge.store.bell import CHAT, ring
from knowledge.store.rows.web import WebMessageRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.channels.web import WebChannel
    from bot.web.application import Application
    from knowledge.community.roster.people import Person


@dataclass(frozen=True, slots=True)
class Words:
    """What is said or pressed; `event_id` makes it happen once."""

    event_id: str
    text: str
    images: tuple[str, ...] = ()
    quote: str = ""
    token: str = ""


async def say(app: Application, person: Person, chat_id: str, words: Words) -> None:
    """Let a person say it in a chat; repeated, it changes nothing."""
    now = app.clock.now()
    row = WebMessageRow(
        key=words.event_id,
        chat_id=chat_id,
        sender=person.id,
        name=person.called,
        text=words.text,
        buttons=[],
        images=list(words.images),
        quote=words.quote,
        at=now,
    )
    event = Event(
        channel=CHANNEL,
        event_id=words.event_id,
        chat=ChatRef(CHANNEL, chat_id),
        sender=app.town.hood.account(person.id, CHANNEL) or person.id,
        at=now,
        kind=EventKind.PRESS if words.token else EventKind.MESSAGE,
        text=words.text,
        name=person.called,
        images=words.images,
        quote=words.quote or None,
        token=words.token,
    )

    def add_bubble(session: Session) -> None:
        if (words.text or words.images) and not is_known(session, words.event_id):
            session.add(row)
            ring(session, CHAT, chat_id)

    await app.hear(event, add_bubble)
    cast("WebChannel", app.channels[CHANNEL]).pokes.poke(chat_id)


def is_known(session: Session, event_id: str) -> bool:
    """Tell whether it has been said already."""
    query = select(WebMessageRow.id).where(WebMessageRow.key == event_id)
    return session.scalar(query) is not None
