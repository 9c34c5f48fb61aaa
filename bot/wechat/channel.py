"""What the channels of the family have in common: a callback in, an API out, a house to live in."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from weakref import WeakValueDictionary

from bot.house import Health, House
from bot.wechat.api import ApiTrouble
from bot.wechat.trouble import Garbled
from handlers.messages import Capabilities, ChatKind, Event, Outcome, Receipt, direct
from handlers.phrases.channels import unheard
from knowledge.community.days.zone import ZONE
from knowledge.community.refusals import Unreadable
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Mapping

    from bot.wechat.api import Api
    from bot.wechat.callback import Callback, Fields
    from handlers.messages import Outgoing

T = TypeVar("T")

GRACE = 10.0
"""Seconds given to what is in hand when we stop."""
TRIES = 2
"""Attempts to fetch a picture before the words go in without it: the platform waits 5 s."""
LONGEST_ID = 64
NOT_NOW = Receipt(Outcome.LATER, retry_after=1.0, detail="not running")

log = Logbook()


class WechatChannel:
    """A channel of the family; a subclass says what a callback means and how a message is sent."""

    name: str
    capabilities: Capabilities
    gate: ClassVar[str] = "wecom"
    """The first part of the callback's address."""
    get_media: ClassVar[str] = "/cgi-bin/media/get"

    def __init__(self, address: str, api: Api, callback: Callback) -> None:
        self.address = address
        """The last part of the callback's address."""
        self._api = api
        self._callback = callback
        self._house: House | None = None
        self._hear: Callable[[Event], Awaitable[object]] | None = None
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._busy: set[asyncio.Task[Any]] = set()
        self._trouble = ""
        self._heard_at: datetime | None = None

    # What a subclass fills in.

    async def _take(self, house: House, fields: Fields, nonce: str) -> str:
        """Hear a message; return what is answered at once, "" for nothing."""
        raise NotImplementedError

    async def _deliver(self, house: House, out: Outgoing) -> Receipt:
        """Send one message to one account; raises ApiTrouble."""
        raise NotImplementedError

    async def _shake(self) -> None:
        """Ask the platform something that shows whether it knows us; raises ApiTrouble."""
        await self._api.token()

    # A channel's life.

    def move_in(self, house: House) -> None:
        """Get to know the application."""
        self._house = house

    async def start(self, hear: Callable[[Event], Awaitable[object]]) -> None:
        """Take what the platform brings from now on."""
        self._api.open()
        self._hear = hear

    async def stop(self) -> None:
        """Hear nothing more, let what is in hand end, let go."""
        self._hear = None
        if self._busy:
            await asyncio.wait(self._busy, timeout=GRACE)
        await self._api.close()

    def stir(self) -> None:
        """Nobody has a page open."""

    async def send(self, out: Outgoing) -> Receipt:
        """Send one message and tell what became of it."""
        house = self._house
        if house is None or self._hear is None:
            return NOT_NOW
        receipt = await self._to_the_end(self._send(house, out))
        if receipt.outcome in (Outcome.LATER, Outcome.UNKNOWN):  # else it is the chat's trouble
            self._trouble = receipt.detail
        else:
            self._trouble = ""
        return receipt

    def health(self) -> Health:
        """Return how the last sending went, and when something last came."""
        return Health(not self._trouble, self._trouble, self._heard_at)

    async def shake_hands(self) -> None:
        """Ask the platform whether it knows us; raises ApiTrouble."""
        self._api.open()
        try:
            await self._shake()
        finally:
            await self._api.close()

    # The web server's side.

    def proof(self) -> tuple[dict[str, str], str]:
        """Return a verification of our address as the platform sends it, and its right answer."""
        return self._callback.proof()

    def greet(self, query: Mapping[str, str]) -> str:
        """Return the answer to a verification of the address; raises Forged, Garbled."""
        return self._callback.greet(query)

    async def take(self, query: Mapping[str, str], body: bytes) -> str | None:
        """Take in one call; the answer's body, or None = not now, deliver it again.

        Raises Forged and Garbled.
        """
        house = self._house
        if house is None or self._hear is None:
            return None
        fields = self._callback.read(query, body)
        try:
            answer = await self._to_the_end(self._take(house, fields, query.get("nonce", "")))
        except ApiTrouble as trouble:
            self._trouble = trouble.receipt.detail
            return None
        self._heard_at = house.now()
        return answer

    # Inside.

    def _turn(self, account: str) -> asyncio.Lock:
        """Return what keeps an account's messages in order; a slow picture holds up nobody else."""
        lock = self._turns.get(account)
        if lock is None:
            lock = self._turns[account] = asyncio.Lock()
        return lock

    async def _send(self, house: House, out: Outgoing) -> Receipt:
        if out.chat.kind is not ChatKind.DIRECT:
            return Receipt(Outcome.UNSUPPORTED, detail="no groups")
        try:
            return await self._deliver(house, out)
        except ApiTrouble as trouble:
            return trouble.receipt

    async def _heard(
        self, house: House, event: Event, media_id: str = "", *, spoken: bool = False
    ) -> None:
        """Store an event, with its picture or voice, before anybody is told "received"."""
        if (hear := self._hear) is None:
            raise RuntimeError("not running")
        if not media_id:
            await hear(event)
        elif await house.wants(replace(event, images=(media_id,))):
            try:
                whole = replace(event, images=(await self._kept(house, event, media_id, spoken),))
            except Unreadable as refusal:
                if event.text:
                    await hear(event)
                if not event.text or not spoken:  # words that the platform has heard are enough
                    key = f"{self.name}:{event.event_id}:picture"
                    await house.say(key, event.chat, refusal.say)
            else:
                await hear(whole)

    async def _kept(self, house: House, event: Event, media_id: str, spoken: bool) -> str:  # noqa: FBT001 -- handed through.
        """Fetch what came along at once: the platform forgets it after three days.

        Raises:
            Unreadable: it cannot be had, or is none.
        """
        data, who = await self._fetch(media_id), f"{self.name}:{event.sender}"
        return await (house.keep_voice if spoken else house.keep_picture)(data, who)

    async def _fetch(self, media_id: str) -> bytes:
        for _ in range(TRIES):
            try:
                return await self._api.download(self.get_media, media_id)
            except ApiTrouble as trouble:
                why = trouble.receipt.detail
                log.warning("No picture.", action=f"{self.name}.picture", why=why)
        return b""

    async def _unheard(self, house: House, event: Event) -> None:
        """Say that this kind of message is not understood."""
        await house.say(f"{self.name}:{event.event_id}:unheard", event.chat, unheard())

    async def _add_pictures(
        self, house: House, out: Outgoing, show: Callable[[str], Awaitable[object]]
    ) -> None:
        """Show the pictures after the words: they alone are enough, and nothing is told twice."""
        for media in out.images:
            path = house.picture(media)
            if path is None:
                continue
            try:
                data = await asyncio.to_thread(path.read_bytes)
                await show(await self._api.upload("/cgi-bin/media/upload", data))
            except ApiTrouble as trouble:
                detail = trouble.receipt.detail
                log.warning("No picture went.", action=f"{self.name}.pictures", detail=detail)

    async def _to_the_end(self, deed: Coroutine[Any, Any, T]) -> T:
        """Do it even if whoever waits for it is sent away; `stop` waits for it."""
        task = asyncio.create_task(deed)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)
        return await asyncio.shield(task)


def event_of(channel: str, fields: Mapping[str, str], event_id: str, **more: Any) -> Event:
    """Return what somebody said in private; raises Garbled when its sender or moment is none."""
    sender = fields.get("FromUserName", "")
    if not sender.strip() or len(sender) > LONGEST_ID or len(event_id) > 4 * LONGEST_ID:
        raise Garbled("FromUserName")
    return Event(
        channel=channel,
        event_id=event_id,
        chat=direct(channel, sender),
        sender=sender,
        at=moment(fields.get("CreateTime", "")),
        addressed=True,
        **more,
    )


def moment(seconds: str) -> datetime:
    """Return a moment that is written in Unix seconds; raises Garbled."""
    try:
        return datetime.fromtimestamp(int(seconds if seconds.isdecimal() else ""), ZONE)
    except (ValueError, OverflowError, OSError):
        raise Garbled("CreateTime") from None
