"""The channel `[channels.wecom_bot]`: answers where it was spoken to, pushes where it is known."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from bot.channels.wecom_bot.cards import BUTTONS, TEXT_BYTES, message_of, reply_of, task_id
from bot.channels.wecom_bot.connection import Connection, Down, Refused, Unanswered
from bot.channels.wecom_bot.frames import PUSH, REPLY, WELCOME
from bot.channels.wecom_bot.hearing import Ear
from bot.channels.wecom_bot.pictures import MOST, upload
from bot.channels.wecom_bot.reading import NAME
from bot.channels.wecom_bot.rhythm import Rhythm
from bot.channels.wecom_bot.windows import Windows
from bot.house import Health, House
from bot.wechat.errcodes import receipt_of
from bot.wechat.trouble import Garbled
from handlers.messages import Capabilities, ChatKind, Outcome, Receipt, Window
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from bot.channels.wecom_bot.frames import Frame
    from bot.settings.channels import WecomBotSection
    from handlers.messages import ChatRef, Event, Outgoing

T = TypeVar("T")

CAPABILITIES = Capabilities(
    hears="addressed",
    pushes=True,
    buttons=BUTTONS,
    edits=True,
    images=True,
    text_bytes=TEXT_BYTES,
    windows=(Window(30, 60, per_chat=True), Window(1000, 3600, per_chat=True)),
    after_contact=True,
)
"""Limits of the platform's page 101463: replies and pushes of one chat count together."""
GRACE = 10.0
KICKED_PAUSE = 300.0
NOT_NOW = Receipt(Outcome.LATER, retry_after=1.0, detail="not running")
ALONE, IN_A_GROUP = 1, 2
"""Kinds of chats, as the platform numbers them."""
WINDOW_SHUT = frozenset({846605, 846608})
"""The call that we answer is not open any more; nothing was shown (named by public adapters)."""
UNKNOWN_CHAT = 93006

log = Logbook()


class WecomBot:
    """One bot, with the one connection that the platform allows it."""

    name = NAME
    capabilities = CAPABILITIES

    def __init__(self, section: WecomBotSection, rhythm: Rhythm | None = None) -> None:
        login = {"bot_id": section.bot_id, "secret": section.secret.get_secret_value()}
        self._connection = Connection(section.url, login, self._take, rhythm or Rhythm())
        self._host = urlsplit(section.url).hostname or ""
        self._windows = Windows()
        self._ear: Ear | None = None
        self._running: asyncio.Task[None] | None = None
        self._busy: set[asyncio.Task[Any]] = set()
        self._house: House | None = None
        self._stopping = False
        self._connected = False
        """Whether the connection is this process's business."""

    def move_in(self, house: House) -> None:
        """Get to know the application."""
        self._house = house

    async def start(self, hear: Callable[[Event], Awaitable[object]]) -> None:
        """Begin to listen; a platform that cannot be reached is tried again, start never fails."""
        if self._house is None:
            raise RuntimeError("move_in comes first")
        self._ear = Ear(self._house, self._connection, self._windows, self._host, hear)
        self._running = asyncio.create_task(self._house.on_line(NAME, self._converse))

    async def stop(self) -> None:
        """Let what is being sent and stored come to its end, then hang up."""
        self._stopping = True
        if self._busy:
            await asyncio.wait(self._busy, timeout=GRACE)
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running], timeout=GRACE)
        for task in self._busy:
            task.cancel()

    def stir(self) -> None:
        """Nobody has a page open."""

    async def send(self, out: Outgoing) -> Receipt:
        """Send one message and tell what became of it."""
        if self._house is None or self._running is None or self._stopping:
            return NOT_NOW
        return await self._to_the_end(self._send(self._house, out))

    def health(self) -> Health:
        """Return whether the connection stands and when something last came.

        Where another process has the line, that is no trouble of this one.
        """
        trouble = self._connection.trouble if self._connected else ""
        return Health(not trouble, trouble, self._ear.heard_at if self._ear else None)

    # Inside.

    async def _converse(self) -> None:
        """Be the one that is connected."""
        self._connected = True
        try:
            await self._connection.run()
        finally:
            self._connected = self._connection.kicked

    async def _take(self, frame: Frame) -> None:
        if self._ear is not None:
            await self._to_the_end(self._ear.take(frame))

    async def _send(self, house: House, out: Outgoing) -> Receipt:
        try:
            code = await self._deliver(house, out)
        except Down as fault:
            wait = KICKED_PAUSE if self._connection.kicked else None
            return Receipt(Outcome.LATER, retry_after=wait, detail=str(fault))
        except Unanswered as fault:
            return Receipt(Outcome.UNKNOWN, detail=str(fault))
        if code == UNKNOWN_CHAT:
            return Receipt(Outcome.GONE, detail=str(code))
        if code:
            return receipt_of(code)
        await self._show_pictures(house, out)
        return Receipt(Outcome.SENT, reference=task_id(out.key))

    async def _show_pictures(self, house: House, out: Outgoing) -> None:
        """Show them after the words, which alone are enough: nothing is told twice."""
        paths = [path for one in out.images[:MOST] if (path := house.picture(one))]
        try:
            for path in paths:
                data = await asyncio.to_thread(path.read_bytes)
                image = {
                    "msgtype": "image",
                    "image": {"media_id": await upload(self._connection, data)},
                }
                await self._connection.fetch(PUSH, _target(out.chat) | image)
        except (Down, Unanswered, Refused, Garbled) as fault:
            log.warning("No picture went.", action="wecom_bot.pictures", why=str(fault))

    async def _deliver(self, house: House, out: Outgoing) -> int:
        """Answer the last thing said there while it waits for an answer, else push."""
        message = message_of(out)
        if "template_card" in message:
            self._windows.keep(message["template_card"])
        greeting = self._windows.greeting(out.chat.id, house.now())
        if greeting and not out.buttons:
            words = {"msgtype": "text", "text": {"content": out.text}}
            return await self._connection.ask(WELCOME, words, greeting)
        answered = self._windows.question(out.chat.id, house.now())
        if answered:
            code = await self._connection.ask(REPLY, reply_of(out), answered)
            if code not in WINDOW_SHUT:
                return code
        return await self._connection.ask(PUSH, _target(out.chat) | message)

    async def _to_the_end(self, deed: Coroutine[Any, Any, T]) -> T:
        """Do it even if whoever waits for it is sent away; `stop` waits for it."""
        task = asyncio.create_task(deed)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)
        return await asyncio.shield(task)


def _target(chat: ChatRef) -> dict[str, Any]:
    """Return where a push goes, as the platform names it."""
    direct = chat.kind is ChatKind.DIRECT
    return {
        "chatid": (chat.account if direct else chat.id) or "",
        "chat_type": ALONE if direct else IN_A_GROUP,
    }
