"""Sending: one message with its buttons and pictures, and what became of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aiogram.exceptions import TelegramBadRequest, TelegramMigrateToChat
from aiogram.methods import SendMediaGroup, SendMessage, SendPhoto
from aiogram.types import (
    FSInputFile,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
)
from aiogram.utils.keyboard import InlineKeyboardBuilder

from bot.channels.telegram.news import Press
from bot.channels.telegram.receipts import receipt_of
from handlers.messages import ChatKind, Outcome, Receipt
from knowledge.community.places.places import TOPIC_MARK
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from aiogram import Bot
    from aiogram.methods import TelegramMethod

    from bot.channels.telegram.moves import Moves
    from handlers.messages import Outgoing

TEXT = 4096
CAPTION = 1024
ALBUM = 10
"""Limits of the Bot API: characters of a text and of a caption, photos of an album."""
PER_ROW = 2
TIMEOUT = 30
"""Seconds after which an answer is no longer waited for."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""The platform would fetch our pages, and put a picture of the sign-in under every task."""
TOPIC_LOST = ("thread not found", "topic_closed", "topic_deleted", "topic closed")
"""Words of a 400 that mean: the group is there, the topic is not."""

_NUMBER = re.compile(r"-?[0-9]{1,19}")

log = Logbook()


class Courier:
    """Carries messages to the Bot API; `picture` finds the file of a media id."""

    def __init__(
        self,
        bot: Bot,
        picture: Callable[[str], Path | None],
        moves: Moves,
        moved: Callable[[str, str], Awaitable[None]],
    ) -> None:
        self._bot = bot
        self._picture = picture
        self._moves = moves
        self._moved = moved

    async def send(self, out: Outgoing) -> Receipt:
        """Send it; a group that has moved is followed to its new id at once."""
        direct = out.chat.kind is ChatKind.DIRECT
        target, _, topic = (out.chat.account or "" if direct else out.chat.id).partition(TOPIC_MARK)
        if not _NUMBER.fullmatch(target) or (direct and target[0] == "-"):
            return Receipt(Outcome.GONE, detail="no such account")
        target = self._moves.present(target)
        thread = int(topic) if _NUMBER.fullmatch(topic) else None
        try:
            return await self._deliver_in(int(target), thread, out)
        except TelegramMigrateToChat as move:
            new = str(move.migrate_to_chat_id)
        except Exception as fault:  # noqa: BLE001 -- an edge: every failure becomes a receipt (M10).
            return receipt_of(fault)
        await self._moved(target, new)
        try:
            return await self._deliver_in(int(new), thread, out)
        except Exception as fault:  # noqa: BLE001 -- the same edge.
            return receipt_of(fault)

    async def _deliver_in(self, chat: int, thread: int | None, out: Outgoing) -> Receipt:
        """Send it into the topic; where that has been closed or removed, into the group."""
        try:
            return await self._deliver(chat, thread, out)
        except TelegramBadRequest as fault:
            if thread is None or not any(words in fault.message.lower() for words in TOPIC_LOST):
                raise
        return await self._deliver(chat, None, out)

    async def _deliver(self, chat: int, thread: int | None, out: Outgoing) -> Receipt:
        """Send the words first: they alone are enough, and a retry must not double pictures."""
        files = [path for media in out.images[:ALBUM] if (path := self._picture(media))]
        where: dict[str, Any] = {"chat_id": chat, "message_thread_id": thread}
        keyboard = _keyboard(out)
        text = out.text if len(out.text) <= TEXT else out.text[: TEXT - 1] + "…"
        if len(files) == 1 and len(text) <= CAPTION:
            photo = FSInputFile(files[0], "photo.jpg")
            only = SendPhoto(**where, photo=photo, caption=text, reply_markup=keyboard)
            return _sent(await self._ask(only))
        words = SendMessage(
            **where, text=text, reply_markup=keyboard, link_preview_options=NO_PREVIEW
        )
        receipt = _sent(await self._ask(words))
        await self._add_pictures(where, files)
        return receipt

    async def _add_pictures(self, where: dict[str, Any], files: list[Path]) -> None:
        if not files:
            return
        photos = [FSInputFile(path, f"photo{nth}.jpg") for nth, path in enumerate(files)]
        try:
            if len(photos) == 1:
                await self._ask(SendPhoto(**where, photo=photos[0]))
            else:
                media: list[Any] = [InputMediaPhoto(media=photo) for photo in photos]
                await self._ask(SendMediaGroup(**where, media=media))
        except Exception as fault:  # noqa: BLE001 -- the words have arrived; pictures stay with the ticket.
            detail = receipt_of(fault).detail
            log.warning("Pictures did not arrive.", action="telegram.pictures", detail=detail)

    async def _ask(self, method: TelegramMethod[Any]) -> Any:
        return await self._bot(method, request_timeout=TIMEOUT)


def _keyboard(out: Outgoing) -> InlineKeyboardMarkup | None:
    if not out.buttons:
        return None
    builder = InlineKeyboardBuilder()
    for button in out.buttons:
        builder.button(text=button.label, callback_data=Press(token=button.token))
    return InlineKeyboardMarkup(inline_keyboard=builder.adjust(PER_ROW).export())


def _sent(message: Any) -> Receipt:
    return Receipt(Outcome.SENT, reference=str(getattr(message, "message_id", "")))
