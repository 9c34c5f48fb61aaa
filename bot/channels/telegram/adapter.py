"""The Telegram channel: listens by polling or webhook, sends, and tells how it stands."""

from __future__ import annotations

import asyncio
import hmac
from typing import TYPE_CHECKING, Any, TypeVar

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from bot.channels.telegram.hearing import Ear
from bot.channels.telegram.moves import Moves
from bot.channels.telegram.news import NAME
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.receipts import PlainSession, receipt_of
from bot.channels.telegram.sending import TEXT, Courier
from bot.channels.telegram.translating import HEARD, Translator
from bot.channels.telegram.words import DESCRIPTIONS, IN_GROUPS
from bot.house import Health, House
from handlers.messages import Capabilities, Outcome, Receipt, Window
from handlers.phrases.channels import DISOWNED, RIVAL
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from datetime import datetime

    from bot.settings.channels import TelegramSection
    from handlers.messages import Event, Outgoing

T = TypeVar("T")

CAPABILITIES = Capabilities(
    hears="all",
    pushes=True,
    buttons=8,
    edits=False,
    images=True,
    text_bytes=TEXT,
    windows=(
        Window(1, 1, per_chat=True),
        Window(20, 60, per_chat=True),
        Window(30, 1, per_chat=False),
    ),
)
"""Windows of the official Bots FAQ (research/channels.md §1.4)."""
GRACE = 10.0
"""Seconds given to what is being sent when we stop."""
AGAIN = 5.0
"""Seconds between tries to reach the platform for the first time."""

ALARMS = {"401": DISOWNED, "404": DISOWNED, "token": DISOWNED, "409": RIVAL}
"""What the administrators are told, once a day, where the platform refuses us for good."""

log = Logbook()


class Telegram:
    """One bot account; `public_url` is where the platform can reach us (webhook only)."""

    name = NAME
    capabilities = CAPABILITIES

    def __init__(self, section: TelegramSection, public_url: str = "") -> None:
        server = TelegramAPIServer.from_base(section.api)
        self._bot = Bot(section.token.get_secret_value(), session=PlainSession(api=server))
        self._secret = section.secret.get_secret_value().encode() if section.secret else b""
        self._webhook = section.mode == "webhook"
        self._public_url = public_url
        self._moves = Moves()
        self._house: House | None = None
        self._ear: Ear | None = None
        self._courier: Courier | None = None
        self._translator: Translator | None = None
        self._poller: Poller | None = None
        self._listening: asyncio.Task[None] | None = None
        self._busy: set[asyncio.Task[Any]] = set()
        self._trouble = "starting"
        self._heard_at: datetime | None = None
        self._stopping = False

    def move_in(self, house: House) -> None:
        """Get to know the application."""
        self._house = house

    async def start(self, hear: Callable[[Event], Awaitable[object]]) -> None:
        """Begin to listen; a platform that cannot be reached is tried again, start never fails."""
        house = self._house
        if house is None:
            raise RuntimeError("move_in comes first")
        self._moves.learn(await house.moves(NAME))
        self._ear = Ear(self._bot, house, self._moves, hear)
        self._courier = Courier(self._bot, house.picture, self._moves, self._ear.moved)
        self._listening = asyncio.create_task(self._listen(house))

    async def stop(self) -> None:
        """Hear nothing more, let what is being sent arrive, let go."""
        self._stopping = True
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait([self._listening], timeout=GRACE)
        if self._busy:
            await asyncio.wait(self._busy, timeout=GRACE)
        if self._ear is not None:
            await self._ear.finish()
        await self._bot.session.close()

    def stir(self) -> None:
        """Nobody has a page open."""

    async def send(self, out: Outgoing) -> Receipt:
        """Send one message and tell what became of it."""
        if self._courier is None or self._stopping:
            return Receipt(Outcome.LATER, retry_after=1.0, detail="not running")
        return await self._to_the_end(self._courier.send(out))

    def health(self) -> Health:
        """Return whether updates come in and when the last one came."""
        trouble = self._poller.trouble if self._poller else self._trouble
        return Health(not trouble, trouble, self._heard_at)

    # The webhook's side.

    @property
    def listens(self) -> bool:
        """Whether the platform is to call us; never without a secret (M5)."""
        return self._webhook and bool(self._secret)

    def answers_to(self, bot: str) -> bool:
        """Tell whether the address names this bot, by number or by user name."""
        username = self._translator.me.username if self._translator else None
        return self.listens and bot in (str(self._bot.id), username)

    def trusts(self, secret: str) -> bool:
        """Compare in constant time, on bytes; without a secret nobody is trusted."""
        given = secret.encode("utf-8", "surrogateescape")
        return bool(self._secret) and hmac.compare_digest(given, self._secret)

    async def take(self, update: dict[str, Any]) -> bool:
        """Take in one update; True once it is stored, False = not now, deliver it again."""
        if self._stopping or self._translator is None or self._ear is None:
            return False
        await self._hear(update)
        return True

    # Inside.

    async def _listen(self, house: House) -> None:
        while True:
            try:
                self._translator = Translator(await self._bot.get_me(), house.now)
                await self._announce()
                break
            except Exception as fault:  # noqa: BLE001 -- an edge: the platform may be down for hours.
                receipt = receipt_of(fault)
                self._trouble = receipt.detail
                log.warning("No contact.", action="telegram.contact", why=self._trouble)
                await self._alarm(self._trouble)
                await asyncio.sleep(receipt.retry_after or AGAIN)
        self._trouble = ""
        await self._offer_commands()
        await self._ear_of().resume()
        if not self._webhook:
            await house.on_duty(f"{NAME}:{self._bot.id}", self._poll)

    async def _poll(self) -> None:
        """Ask for updates; the platform gives them to one who asks, so one process does."""
        address = self._bot.session.api.api_url(self._bot.token, "getUpdates")
        session = self._bot.session
        assert isinstance(session, PlainSession)  # noqa: S101 -- made in the constructor
        ask = session.create_session
        self._poller = Poller(ask, address, self._hear, self._skip, self._alarm)
        await self._poller.run()

    async def _announce(self) -> None:
        """Say how updates shall come."""
        if self._webhook and self._public_url:
            await self._bot.set_webhook(
                f"{self._public_url}/telegram/{self._bot.id}",
                secret_token=self._secret.decode(),
                max_connections=1,  # one after the other: a chat keeps its order
                allowed_updates=list(HEARD),
            )
        elif not self._webhook:
            await self._bot.delete_webhook()

    async def _offer_commands(self) -> None:
        """Offer the commands in Chinese, in private and in groups; without them all works too."""
        commands = [BotCommand(command=name, description=say) for name, say in DESCRIPTIONS.items()]
        try:
            await self._bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats())
            await self._bot.set_my_commands(
                [one for one in commands if one.command in IN_GROUPS],
                scope=BotCommandScopeAllGroupChats(),
            )
        except Exception as fault:  # noqa: BLE001 -- an edge: a menu is no reason to hear nothing.
            log.warning("No menu.", action="telegram.commands", why=receipt_of(fault).detail)

    def _ear_of(self) -> Ear:
        if self._ear is None:
            raise RuntimeError("not started")
        return self._ear

    async def _hear(self, raw: Any) -> None:
        if self._translator is None or self._house is None:
            raise RuntimeError("not started")
        await self._to_the_end(self._ear_of().take(raw, self._translator))
        self._heard_at = self._house.now()

    async def _to_the_end(self, deed: Coroutine[Any, Any, T]) -> T:
        """Do it even if whoever waits for it is sent away; `stop` waits for it."""
        task = asyncio.create_task(deed)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)
        return await asyncio.shield(task)

    async def _skip(self, update_id: int) -> None:
        if self._house is not None:
            await self._house.set_aside(NAME, str(update_id), "NoJSON")

    async def _alarm(self, why: str) -> None:
        """Tell the administrators of what only they can mend."""
        if self._house is not None and why in ALARMS:
            key = f"{NAME}.refused.{why}.{self._house.now().date()}"
            await self._house.report(key, ALARMS[why].format(channel="Telegram"))
