"""The channel `[channels.onebot]`: one client at a time, let in by its token."""

from __future__ import annotations

import asyncio
import base64
import hmac
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, TypeVar

from aiohttp import ClientConnectionResetError, WSCloseCode, WSMsgType, web

from bot.channels.onebot.hearing import HOSTS, Ear
from bot.channels.onebot.reading import NAME, online_of, read_frame
from bot.channels.onebot.receipts import Down, receipt_of
from bot.channels.onebot.segments import Odd
from bot.house import Health, House
from handlers.messages import Capabilities, ChatKind, Outcome, Receipt, Window
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Mapping

    from bot.settings.channels import OnebotSection
    from handlers.messages import Event, Outgoing

T = TypeVar("T")

TEXT_BYTES = 4500
CAPABILITIES = Capabilities(
    hears="all",
    pushes=True,
    buttons=0,
    edits=False,
    images=True,
    text_bytes=TEXT_BYTES,
    windows=(
        Window(10, 60, per_chat=True),
        Window(1, 1, per_chat=False),
        Window(30, 60, per_chat=False),
    ),
)
"""The platform publishes no limits, it bans: so we keep far below what a busy person would write."""
PATIENCE = 10.0
BEAT = 30.0
GRACE = 10.0
BIGGEST = 12 * 1024 * 1024
"""Bytes of a frame; a picture may come in it."""
SCHEMES = frozenset({"bearer", "token"})
"""Words before the token; clients of CQHTTP's time write the second."""
KEPT = 2000
"""Ids of our own messages that are kept in mind, to know a reply to one of them."""
NOT_NOW = Receipt(Outcome.LATER, retry_after=1.0, detail="not running")

log = Logbook()


class OneBot:
    """One QQ account, behind a client that dials in; `hosts` = where pictures may come from."""

    name = NAME
    capabilities = CAPABILITIES

    def __init__(self, section: OnebotSection, hosts: tuple[str, ...] = HOSTS) -> None:
        self._token = section.token.get_secret_value().encode()
        self._hosts = hosts
        self._house: House | None = None
        self._ear: Ear | None = None
        self._client: web.WebSocketResponse | None = None
        self._me = ""
        self._online = True
        self._asked: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._ours: dict[str, None] = {}
        self._busy: set[asyncio.Task[Any]] = set()
        self._stopping = False

    def move_in(self, house: House) -> None:
        """Get to know the application."""
        self._house = house

    async def start(self, hear: Callable[[Event], Awaitable[object]]) -> None:
        """Let a client in from now on."""
        if self._house is None:
            raise RuntimeError("move_in comes first")
        self._ear = Ear(self._house, hear, self._hosts)

    async def stop(self) -> None:
        """Let nobody in any more."""
        await self.hang_up()

    async def hang_up(self) -> None:
        """Let what is being sent and stored come to its end, then send the client away."""
        self._stopping = True
        if self._busy:
            await asyncio.wait(self._busy, timeout=GRACE)
        if self._client is not None:
            await self._client.close(code=WSCloseCode.GOING_AWAY)

    def stir(self) -> None:
        """Nobody has a page open."""

    async def send(self, out: Outgoing) -> Receipt:
        """Send one message and tell what became of it."""
        if self._house is None or self._ear is None or self._stopping:
            return NOT_NOW
        return await self._to_the_end(self._send(self._house, out))

    def health(self) -> Health:
        """Return whether a client is there and when something last came."""
        trouble = self._trouble()
        return Health(not trouble, trouble, self._ear.heard_at if self._ear else None)

    # The web server's side.

    def trusts(self, headers: Mapping[str, str], remote: str | None) -> bool:
        """Tell whether a client may come in, in constant time.

        Without a token only this machine may, and neither a proxy nor a page in a browser.
        """
        if "Origin" in headers:
            return False
        if not self._token:
            return _is_here(remote) and not {"X-Forwarded-For", "Forwarded"} & set(headers)
        scheme, _, given = headers.get("Authorization", "").partition(" ")
        same = hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._token)
        return same and scheme.lower() in SCHEMES

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Talk with a client until it goes; another one of the same account takes its place."""
        me = request.headers.get("X-Self-ID", "")
        role = request.headers.get("X-Client-Role", "Universal")
        if self._ear is None or self._stopping:
            return web.Response(status=503)
        if not (me.isascii() and me.isdigit()) or role.lower() != "universal":
            return web.Response(status=400, text="X-Self-ID, X-Client-Role: Universal")
        if self._client is not None and me != self._me:
            return web.Response(status=409, text="another account is connected")
        client = web.WebSocketResponse(heartbeat=BEAT, max_msg_size=BIGGEST, compress=False)
        await client.prepare(request)
        before, self._client, self._me, self._online = self._client, client, me, True
        if before is not None:
            await before.close(code=WSCloseCode.POLICY_VIOLATION)
        log.info("A client came.", action="onebot.connected")
        try:
            await self._listen(client, self._ear)
        finally:
            self._gone(client)
        return client

    # Inside.

    def _trouble(self) -> str:
        if self._client is None:
            return "no client"
        return "" if self._online else "offline"

    def _gone(self, client: web.WebSocketResponse) -> None:
        if self._client is not client:
            return
        self._client = None
        asked, self._asked = self._asked, {}
        for future in asked.values():
            if not future.done():
                future.set_exception(TimeoutError())
        log.info("The client went.", action="onebot.gone")

    async def _listen(self, client: web.WebSocketResponse, ear: Ear) -> None:
        """Take one frame after the other; a ping behind one is answered when it is stored."""
        async for message in client:
            if message.type is not WSMsgType.TEXT:
                continue
            try:
                frame = read_frame(message.data)
            except Odd:
                log.warning("An odd frame.", action="onebot.frame")
                continue
            if (online := online_of(frame)) is not None:
                await self._beaten(ear, online=online)
            elif "post_type" in frame:
                await self._to_the_end(ear.take(frame, self._me, self._ours))
            elif (future := self._asked.get(str(frame.get("echo")))) and not future.done():
                future.set_result(frame)

    async def _beaten(self, ear: Ear, *, online: bool) -> None:
        """Take note of whether the account is online: while it is not, what must be told waits."""
        went, self._online = self._online and not online, online
        if went:
            log.warning("The account is offline.", action="onebot.offline")
            await self._to_the_end(ear.offline())

    async def _send(self, house: House, out: Outgoing) -> Receipt:
        direct = out.chat.kind is ChatKind.DIRECT
        target = (out.chat.account if direct else out.chat.id) or ""
        if not (target.isascii() and target.isdigit()):
            return Receipt(Outcome.GONE, detail="no such account")
        message = [{"type": "text", "data": {"text": out.text}}]
        for media in out.images:
            path = house.picture(media)
            if path is not None:
                data = base64.b64encode(await asyncio.to_thread(path.read_bytes)).decode()
                message.append({"type": "image", "data": {"file": f"base64://{data}"}})
        call = {
            "action": "send_private_msg" if direct else "send_group_msg",
            "params": {"user_id" if direct else "group_id": int(target), "message": message},
            "echo": out.key,
        }
        try:
            receipt = receipt_of(await self._ask(call), out.key)
        except Down:
            return Receipt(Outcome.LATER, detail=self._trouble())
        except TimeoutError:
            return Receipt(Outcome.UNKNOWN, detail="no answer")
        self._ours[receipt.reference] = None
        while len(self._ours) > KEPT:
            self._ours.pop(next(iter(self._ours)))
        return receipt

    async def _ask(self, call: dict[str, Any]) -> dict[str, Any]:
        """Call the client; raises Down, TimeoutError."""
        client, echo = self._client, call["echo"]
        if client is None or self._trouble():
            raise Down
        future = self._asked[echo] = asyncio.get_running_loop().create_future()
        try:
            await client.send_json(call)
            return await asyncio.wait_for(future, PATIENCE)
        except (ClientConnectionResetError, ConnectionError):
            raise Down from None
        finally:
            self._asked.pop(echo, None)

    async def _to_the_end(self, deed: Coroutine[Any, Any, T]) -> T:
        """Do it even if whoever waits for it is sent away; `stop` waits for it."""
        task = asyncio.create_task(deed)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)
        return await asyncio.shield(task)


def _is_here(remote: str | None) -> bool:
    try:
        return ip_address(remote or "").is_loopback
    except ValueError:
        return False
