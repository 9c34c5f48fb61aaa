"""The long connection: subscribes, keeps itself alive, and comes back after every fall.

Whoever subscribes later takes the bot over; the platform tells the earlier one so. That one stops
for good: two that fight for a bot would throw each other out for ever (research/channels.md §4.2).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from aiohttp import (
    ClientConnectionResetError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ClientWSTimeout,
    WSMsgType,
)

from bot.channels.wecom_bot.frames import BIGGEST, PING, SUBSCRIBE, new_id, read_frame, write_frame
from bot.wechat.trouble import Garbled
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp import ClientWebSocketResponse

    from bot.channels.wecom_bot.frames import Frame
    from bot.channels.wecom_bot.rhythm import Rhythm

FAREWELL = 2.0
"""Seconds in which the other side may confirm that we hang up."""
KICKED, ELSEWHERE = "kicked", "elsewhere"
"""Whom it is left to: a stranger, or another process of ours."""

log = Logbook()


class Down(Exception):
    """There is no connection: nothing was sent."""


class Unanswered(Exception):
    """It was sent, and nobody knows whether it arrived; the text is a machine word."""


class Refused(Exception):
    """The platform does not do what was asked; the text is that and its code."""

    def __init__(self, what: str, code: int) -> None:
        super().__init__(f"{what} {code}")


class Connection:
    """One connection for one bot; `take` returns once a callback is stored."""

    def __init__(
        self,
        url: str,
        login: dict[str, str],
        take: Callable[[Frame], Awaitable[None]],
        rhythm: Rhythm,
    ) -> None:
        self._url, self._login = url, login
        self._take = take
        self._rhythm = rhythm
        self._socket: ClientWebSocketResponse | None = None
        self._asked: dict[str, asyncio.Future[Frame]] = {}
        self._settled = asyncio.Event()
        self._holding = False
        """Whether a callback is being stored, so that nothing else is read."""
        self._read_at = 0.0
        self._left_to = ""
        """Who has the bot now; "" = it is ours."""
        self.trouble = "starting"
        """Why nothing comes at present; "" = all is well."""

    async def run(self) -> None:
        """Stay connected until cancelled, or until somebody else took the bot over."""
        failures = 0
        if not self.kicked:
            self._left_to = ""
        timeout = ClientTimeout(total=None, sock_connect=self._rhythm.patience)
        async with ClientSession(timeout=timeout) as session:
            while not self._left_to:
                began, refused = asyncio.get_running_loop().time(), False
                try:
                    await self._converse(session)
                except Exception as fault:  # noqa: BLE001 -- an edge: it never ends by itself.
                    refused = isinstance(fault, Refused)
                    self.trouble = str(fault) if refused else type(fault).__name__
                    self._settled.set()
                    log.warning("No connection.", action="wecom_bot.contact", why=self.trouble)
                lasted = asyncio.get_running_loop().time() - began
                failures = 0 if lasted > self._rhythm.beat else failures + 1
                if not self._left_to:
                    await asyncio.sleep(self._rhythm.pausing(failures, refused=refused))
        self.trouble = self._left_to
        self._settled.set()

    @property
    def kicked(self) -> bool:
        """Whether a stranger has the bot now: for good."""
        return self._left_to == KICKED

    def leave_to(self, whom: str) -> None:
        """Leave the bot to whoever subscribed later; one of us may give it back."""
        self._left_to = whom

    async def first_try(self) -> str:
        """Return what became of the first try: "" or the trouble, a machine word."""
        await self._settled.wait()
        return self.trouble

    async def ask(self, cmd: str, body: dict[str, Any], req_id: str = "") -> int:
        """Send a frame and return the platform's code for it, 0 = done; raises Down, Unanswered."""
        return (await self._answer(cmd, body, req_id or new_id())).code or 0

    async def fetch(self, cmd: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send a frame and return what the answer brings; raises Down, Unanswered, Refused."""
        answer = await self._answer(cmd, body, new_id())
        if answer.code:
            raise Refused(cmd, answer.code)
        return answer.body

    async def _answer(self, cmd: str, body: dict[str, Any], req_id: str) -> Frame:
        await self._come_back()
        if self._socket is None or self.trouble:
            raise Down(self.trouble or "down")
        return await self._ask(self._socket, cmd, body, req_id)

    async def _come_back(self) -> None:
        """Wait for the first try after a fall: whether it works is known within a moment."""
        if not self._settled.is_set():
            try:
                await asyncio.wait_for(self._settled.wait(), self._rhythm.patience)
            except TimeoutError:
                raise Down("connecting") from None

    async def _converse(self, session: ClientSession) -> None:
        """Speak and listen until it ends; raises Refused, Unanswered, ClientError, OSError."""
        async with session.ws_connect(
            self._url, max_msg_size=BIGGEST, compress=0, timeout=ClientWSTimeout(ws_close=FAREWELL)
        ) as socket:
            attending = asyncio.create_task(self._attend(socket))
            try:
                await self._listen(socket)
            finally:
                worked = self._fall()
                if worked:
                    attending.cancel()
                await asyncio.wait([attending])
            if not worked:
                raise attending.exception() or Unanswered("subscribe")

    def _fall(self) -> bool:
        """Let those who wait for an answer know that none will come; True = we were connected."""
        worked, self._socket = self._socket is not None, None
        if worked:
            self._settled.clear()  # the next try comes soon
        self.trouble = self.trouble or "closed"
        asked, self._asked = self._asked, {}
        for future in asked.values():
            if not future.done():
                future.set_exception(Unanswered("closed"))
        return worked

    async def _attend(self, socket: ClientWebSocketResponse) -> None:
        """Subscribe, then keep the connection alive; close it when it is dead.

        Raises:
            Refused, Unanswered, Down: there is no connection any more.
        """
        try:
            answer = await self._ask(socket, SUBSCRIBE, self._login, new_id())
            if answer.code:
                raise Refused("subscribe", answer.code)
            self._socket, self.trouble = socket, ""
            self._settled.set()
            log.info("Connected.", action="wecom_bot.connected")
            while True:
                await asyncio.sleep(self._rhythm.beat)
                await self._beat(socket)
        finally:
            await socket.close()

    async def _beat(self, socket: ClientWebSocketResponse) -> None:
        """Send a heartbeat; its answer is not missed while a callback is being stored."""
        try:
            await self._ask(socket, PING, {}, new_id())
        except Unanswered:
            since = asyncio.get_running_loop().time() - self._read_at
            if not self._holding and since >= self._rhythm.patience:
                raise

    async def _ask(
        self, socket: ClientWebSocketResponse, cmd: str, body: dict[str, Any], req_id: str
    ) -> Frame:
        future = asyncio.get_running_loop().create_future()
        self._asked[req_id] = future
        try:
            await socket.send_str(write_frame(cmd, body, req_id))
            return await asyncio.wait_for(future, self._rhythm.patience)
        except TimeoutError:
            raise Unanswered("timeout") from None
        except (ClientConnectionResetError, ClientError, OSError):
            raise Down("closing") from None
        finally:
            self._asked.pop(req_id, None)

    async def _listen(self, socket: ClientWebSocketResponse) -> None:
        """Take one frame after the other: the next is read when this one is stored.

        The platform's own pings are answered in the same order; so what it sees answered is safe.
        """
        async for message in socket:
            self._read_at = asyncio.get_running_loop().time()
            if message.type is not WSMsgType.TEXT:
                continue
            try:
                frame = read_frame(message.data)
            except Garbled as why:
                log.warning("An odd frame.", action="wecom_bot.frame", why=str(why))
                continue
            if frame.cmd:
                await self._hold(frame)
                if self._left_to:
                    return
            elif (future := self._asked.get(frame.req_id)) is not None and not future.done():
                future.set_result(frame)

    async def _hold(self, frame: Frame) -> None:
        self._holding = True
        try:
            await self._take(frame)
        finally:
            self._holding = False
            self._read_at = asyncio.get_running_loop().time()
