"""From updates to what they mean: an aiogram router whose handlers return news."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from aiogram import F, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types.update import UpdateTypeLookupError

from bot.channels.telegram.news import NAME, Membership, Moved, News, Press, Said, Unheard
from bot.channels.telegram.words import (
    addressed,
    clean,
    picture_of,
    readable,
    unreadable,
    voice_of,
    words_of,
)
from handlers.messages import ChatRef, Event, EventKind, direct
from handlers.phrases.channels import unheard
from knowledge.community.places.places import TOPIC_MARK

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiogram.types import (
        CallbackQuery,
        ChatMemberUpdated,
        MaybeInaccessibleMessageUnion,
        Message,
        Update,
        User,
    )

HEARD = ("message", "edited_message", "callback_query", "my_chat_member")
"""Kinds of updates that we ask for."""
ANONYMOUS_ADMIN = 1087968824
TELEGRAM = 777000
GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}
MEND = timedelta(minutes=10)
"""How long after a message its edit still counts."""
PRESENT = {
    ChatMemberStatus.CREATOR,
    ChatMemberStatus.ADMINISTRATOR,
    ChatMemberStatus.MEMBER,
    ChatMemberStatus.RESTRICTED,
}

_IN_GROUP = F.chat.type.in_(GROUPS)


class Translator:
    """Turns one decoded update into news; knows the bot's own name and nothing else."""

    def __init__(self, me: User, now: Callable[[], datetime]) -> None:
        self.me = me
        self._now = now
        self._router = Router(name=NAME)
        listen = self._router
        listen.message.register(self._moved, F.migrate_to_chat_id)
        listen.message.register(self._grown, F.migrate_from_chat_id)
        listen.message.register(self._message, F.func(readable))
        listen.message.register(self._unheard, F.func(unreadable), F.from_user)
        listen.edited_message.register(self._edited, F.func(readable))
        listen.callback_query.register(self._pressed, F.message, Press.filter())
        listen.callback_query.register(self._pressed_old, F.message, F.data)
        listen.my_chat_member.register(self._member, _IN_GROUP)

    async def news(self, update: Update) -> News | None:
        """Return what the update means to us, or None."""
        try:
            kind, event = update.event_type, update.event
        except UpdateTypeLookupError:
            return None  # a kind that is younger than this aiogram
        found = await self._router.propagate_event(
            update_type=kind, event=event, event_update=update
        )
        return None if found is UNHANDLED else found

    def _message(self, message: Message, event_update: Update) -> Said | None:
        who = _speaker(message)
        if who is None:
            return None
        picture = picture_of(message)
        replied = message.reply_to_message
        event = Event(
            channel=NAME,
            event_id=str(event_update.update_id),
            chat=_place(message),
            sender=who,
            at=message.date,
            text=words_of(message, self.me),
            name=_name(message.from_user),
            addressed=addressed(message, self.me),
            quote=str(replied.message_id) if replied else None,
            message=str(message.message_id),
        )
        voice = voice_of(message) if self._meant(message) else None
        album = "" if voice else message.media_group_id or ""
        return Said(event, (picture,) if picture else (), (voice,) if voice else (), album=album)

    def _edited(self, message: Message, event_update: Update) -> Said | None:
        """Hear the words that now stand in a message, soon after it was written."""
        said = self._message(message, event_update)
        if said is None or not said.event.text:
            return None
        return Said(said.event, edited=True, late=self._now() - message.date > MEND)

    def _unheard(self, message: Message, event_update: Update) -> Unheard | None:
        """Say what we cannot take in, to somebody who meant us."""
        if not self._meant(message) or _speaker(message) is None:
            return None
        why = unheard(unreadable(message))
        return Unheard(_place(message), str(event_update.update_id), why)

    def _meant(self, message: Message) -> bool:
        """Tell whether it is surely said to us."""
        return message.chat.type == ChatType.PRIVATE or bool(addressed(message, self.me))

    def _pressed(
        self, query: CallbackQuery, event_update: Update, callback_data: Press
    ) -> Said | None:
        return self._press(query, event_update, callback_data.token)

    def _pressed_old(self, query: CallbackQuery, event_update: Update) -> Said | None:
        """Hear a button of before 0020, or one that nobody has made: its key will tell."""
        return self._press(query, event_update, query.data or "")

    def _press(self, query: CallbackQuery, update: Update, token: str) -> Said | None:
        if query.message is None:
            return None
        event = Event(
            channel=NAME,
            event_id=str(update.update_id),
            chat=_place(query.message),
            sender=str(query.from_user.id),
            at=self._now(),
            kind=EventKind.PRESS,
            name=_name(query.from_user),
            token=clean(token),
        )
        return Said(event, press=query.id)

    def _moved(self, message: Message) -> Moved:
        return Moved(str(message.chat.id), str(message.migrate_to_chat_id))

    def _grown(self, message: Message) -> Moved:
        return Moved(str(message.migrate_from_chat_id), str(message.chat.id))

    def _member(self, change: ChatMemberUpdated) -> Membership | None:
        was, is_ = (
            change.old_chat_member.status in PRESENT,
            change.new_chat_member.status in PRESENT,
        )
        if was == is_:
            return None
        return Membership(str(change.chat.id), clean(change.chat.title or ""), inside=is_)


def _place(message: MaybeInaccessibleMessageUnion) -> ChatRef:
    """Return the chat, or the topic of a forum group; its first topic, General, is the group."""
    chat = message.chat
    if chat.type == ChatType.PRIVATE:
        return direct(NAME, str(chat.id))
    inside = getattr(message, "is_topic_message", False)
    topic = getattr(message, "message_thread_id", None) if inside else None
    return ChatRef(NAME, f"{chat.id}{TOPIC_MARK}{topic}" if topic else str(chat.id))


def _speaker(message: Message) -> str | None:
    """Return the account, `anonymous…` for who hides behind a chat, None for machines.

    An anonymous administrator is nobody: no right may hang on an id that many share
    (research/trust.md T06).
    """
    user = message.from_user
    if message.chat.type not in GROUPS | {ChatType.PRIVATE} or message.is_automatic_forward:
        return None
    if message.sender_chat is not None or (user is not None and user.id == ANONYMOUS_ADMIN):
        return f"anonymous{message.chat.id}"
    if user is None or user.is_bot or user.id == TELEGRAM:
        return None
    return str(user.id)


def _name(user: User | None) -> str:
    return clean(user.full_name) if user else ""
