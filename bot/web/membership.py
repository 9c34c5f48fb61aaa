"""Which chats of the built-in channel a person sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.messages import ChatRef, direct
from knowledge.community.roster.people import Role

if TYPE_CHECKING:
    from knowledge.community.hood.neighbourhood import Neighbourhood
    from knowledge.community.places.places import GroupChat
    from knowledge.community.roster.people import Person

CHANNEL = "web"


def groups_of(person: Person, hood: Neighbourhood, channel: str = CHANNEL) -> tuple[GroupChat, ...]:
    """Return the groups of a channel whose place holds, or lies in, one of the person's places.

    A group above the 小区 is a working group: it takes a role beside 居民.
    """
    return tuple(
        chat
        for (where, _), chat in hood.chats.items()
        if where == channel
        and _touches(person, chat.scope, hood)
        and (person.roles - {Role.RESIDENT} or hood.estate(chat.scope) is not None)
    )


def private_chat(person: Person, hood: Neighbourhood) -> ChatRef:
    """Return the person's private chat with the bot."""
    return direct(CHANNEL, hood.account(person.id, CHANNEL) or person.id)


def is_member(person: Person, chat_id: str, hood: Neighbourhood) -> bool:
    """Tell whether the chat is the person's own or a group they belong to."""
    if chat_id == private_chat(person, hood).id:
        return True
    return any(chat.id == chat_id for chat in groups_of(person, hood))


def belongs(person: Person, channel: str, chat_id: str, hood: Neighbourhood) -> bool:
    """Tell whether the chat of a channel is the person's own, or a group they belong to."""
    if channel == CHANNEL:
        return is_member(person, chat_id, hood)
    account = hood.account(person.id, channel)
    if account is not None and chat_id == direct(channel, account).id:
        return True
    return any(chat.id == chat_id for chat in groups_of(person, hood, channel))


def _touches(person: Person, place: str, hood: Neighbourhood) -> bool:
    return any(hood.within(scope, place) or hood.within(place, scope) for scope in person.scopes())
