"""企业微信 消息推送: a robot that speaks in one internal group and hears nothing."""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout

from bot.house import Health
from bot.wechat.words import TEXT_BYTES, shortened
from handlers.messages import Capabilities, ChatKind, Outcome, Receipt, Window

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.settings.channels import WecomWebhookSection
    from handlers.messages import Event, Outgoing

NAME = "wecom_webhook"
CAPABILITIES = Capabilities(
    hears="none",
    pushes=True,
    buttons=0,
    edits=False,
    images=False,
    text_bytes=TEXT_BYTES,
    windows=(Window(20, 60, per_chat=False),),
)
"""Limits of the platform's page 91770: 20 messages a minute for one robot, 2,048 bytes of text."""
TIMEOUT = 20
GRACE = 10.0
MINUTE = 60.0
BUSY, TOO_OFTEN, NO_ROBOT = -1, 45009, 93000
"""Error codes: the system is busy, over the limit, the address belongs to no robot."""


class WecomWebhook:
    """One robot; its address is its key and is never written down."""

    name = NAME
    capabilities = CAPABILITIES

    def __init__(self, section: WecomWebhookSection) -> None:
        self._url = section.url.get_secret_value()
        self._session: ClientSession | None = None
        self._sending: set[asyncio.Task[Receipt]] = set()
        self._trouble = ""

    async def start(self, hear: Callable[[Event], Awaitable[object]]) -> None:
        """Get ready to speak; there is nothing to hear."""
        del hear
        self._session = ClientSession(timeout=ClientTimeout(total=TIMEOUT))

    async def stop(self) -> None:
        """Let what is being sent arrive, then let go."""
        session, self._session = self._session, None
        if self._sending:
            await asyncio.wait(self._sending, timeout=GRACE)
        if session is not None:
            await session.close()

    def stir(self) -> None:
        """Nobody has a page open."""

    async def send(self, out: Outgoing) -> Receipt:
        """Say one thing in the robot's group; it cannot reach anybody in private."""
        if out.chat.kind is ChatKind.DIRECT:
            return Receipt(Outcome.UNSUPPORTED, detail="no private chats")
        if self._session is None:
            return Receipt(Outcome.LATER, retry_after=1.0, detail="not running")
        task = asyncio.create_task(self._post(self._session, out))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        receipt = await asyncio.shield(task)
        self._trouble = "" if receipt.outcome is Outcome.SENT else receipt.detail
        return receipt

    def health(self) -> Health:
        """Return how the last sending went."""
        return Health(not self._trouble, self._trouble)

    async def knock(self) -> Any:
        """Say nothing, which the platform shows to nobody; return its code, None without one."""
        empty = {"msgtype": "text", "text": {"content": ""}}
        async with (
            ClientSession(timeout=ClientTimeout(total=TIMEOUT)) as session,
            session.post(self._url, json=empty, allow_redirects=False) as response,
        ):
            return _answer(await response.text(errors="replace"))

    async def _post(self, session: ClientSession, out: Outgoing) -> Receipt:
        body = {"msgtype": "text", "text": {"content": shortened(out.text)}}
        try:
            async with session.post(self._url, json=body, allow_redirects=False) as response:
                status, text = response.status, await response.text(errors="replace")
        except ClientConnectorError as fault:
            return Receipt(Outcome.LATER, detail=type(fault).__name__)
        except (ClientError, TimeoutError, ValueError) as fault:
            return Receipt(Outcome.UNKNOWN, detail=type(fault).__name__)
        return _receipt(status, _answer(text), out.key)


def _answer(text: str) -> Any:
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return answer.get("errcode") if isinstance(answer, dict) else None


def _receipt(status: int, code: Any, key: str) -> Receipt:
    detail = f"{status} {code}"
    if code == 0 and status == HTTPStatus.OK:
        return Receipt(Outcome.SENT, reference=key)
    if code == TOO_OFTEN or status == HTTPStatus.TOO_MANY_REQUESTS:
        return Receipt(Outcome.LATER, retry_after=MINUTE, detail=detail)
    if code == BUSY or status != HTTPStatus.OK:
        return Receipt(Outcome.LATER, detail=detail)
    if not isinstance(code, int):
        return Receipt(Outcome.UNKNOWN, detail=detail)
    return Receipt(Outcome.GONE if code == NO_ROBOT else Outcome.UNSUPPORTED, detail=detail)
