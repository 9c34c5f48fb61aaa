"""What really became of a request: every failure of the Bot API has its receipt.

Retrying is safe only where the server saw nothing (research/trust.md M10, M11); a cut or a
time-out after the request went out is honestly unknown.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aiogram import exceptions as api
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import Response
from aiohttp import ClientConnectorError, ClientTimeout, ConnectionTimeoutError

from handlers.messages import Outcome, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiogram import Bot
    from aiogram.methods import TelegramMethod
    from aiogram.methods.base import TelegramType

FLOODED = 30
"""Seconds to wait after a 429 that does not say how long."""
BROKEN_TOKEN = 60.0
"""Seconds between tries while the platform does not accept our token."""
CONNECTING = 10.0
"""Seconds for finding and reaching the platform: until then it has seen nothing."""
ASKING = 60.0
"""Seconds for an answer where the caller names none."""
NOBODY_THERE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
    "chat_write_forbidden",
    "not enough rights",
    "have no rights",
    "bot was kicked",
    "bot is not a member",
    "topic_closed",
)
"""Words of a 400 that mean: here nothing can be said any more."""


class OddAnswer(Exception):
    """The answer is not one of the Bot API: a proxy's page, half a body."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class Lost(api.AiogramError):
    """The network failed; the words of its own error may quote the address with the token (T02)."""

    def __init__(self, cause: BaseException | None) -> None:
        super().__init__(type(cause).__name__)
        self.unseen = isinstance(cause, ClientConnectorError | ConnectionTimeoutError)
        """Whether the platform has surely seen nothing."""


class PlainSession(AiohttpSession):
    """aiogram's session, except that an odd answer never hides its status."""

    connecting = CONNECTING

    async def close(self) -> None:
        """Let the connections go; aiohttp shuts TLS down by itself, there is nothing to sleep for."""
        if self._session is not None and not self._session.closed:
            await self._session.close()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 -- aiogram's own signature.
    ) -> TelegramType:
        """Ask, and tell a platform that could not be reached from one that did not answer."""
        patience = ClientTimeout(total=timeout or ASKING, connect=self.connecting)
        try:
            # aiogram hands the value to aiohttp, which knows two kinds of time-out only apart.
            return await super().make_request(bot, method, timeout=patience)  # type: ignore[arg-type]
        except api.TelegramEntityTooLarge:
            raise  # an answer, though aiogram files it under the network
        except api.TelegramNetworkError as fault:
            raise Lost(fault.__cause__) from None

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """Return the answer, or raise what went wrong with the status that was really given."""
        body = _object(content)
        if body is None:
            raise OddAnswer(status_code)
        if body.get("ok") is True and status_code < HTTPStatus.MULTIPLE_CHOICES:
            return self._accepted(bot, method, status_code, content)
        code = body.get("error_code")
        status = code if isinstance(code, int) else status_code
        parameters = body.get("parameters")
        known = parameters if isinstance(parameters, dict) else {}
        if status == HTTPStatus.TOO_MANY_REQUESTS and not known.get("retry_after"):
            known = {"retry_after": FLOODED}
        failure = {
            "ok": False,
            "description": str(body.get("description", "")),
            "parameters": known,
        }
        try:
            return super().check_response(bot, method, status, json.dumps(failure))
        except api.ClientDecodeError:
            raise OddAnswer(status) from None

    def _accepted(
        self, bot: Bot, method: TelegramMethod[TelegramType], status: int, content: str
    ) -> Response[TelegramType]:
        try:
            return super().check_response(bot, method, status, content)
        except api.ClientDecodeError:
            # Done, though described in a way that this aiogram does not know: still done.
            return Response[Any].model_construct(ok=True, result=None)


def receipt_of(fault: Exception) -> Receipt:
    """Return what a failed sending means; never raises."""
    for kind, judge in _JUDGES:
        if isinstance(fault, kind):
            return judge(fault)
    return Receipt(Outcome.UNKNOWN, detail=type(fault).__name__)


def _flooded(fault: Any) -> Receipt:
    return Receipt(Outcome.LATER, retry_after=float(fault.retry_after), detail="429")


def _bad_request(fault: Any) -> Receipt:
    said = fault.message.lower()
    gone = any(words in said for words in NOBODY_THERE)
    return Receipt(Outcome.GONE if gone else Outcome.UNSUPPORTED, detail="400")


def _lost(fault: Any) -> Receipt:
    return Receipt(Outcome.LATER if fault.unseen else Outcome.UNKNOWN, detail=str(fault))


def _odd(fault: Any) -> Receipt:
    if fault.status < HTTPStatus.MULTIPLE_CHOICES:
        return Receipt(Outcome.UNKNOWN, detail=f"odd {fault.status}")
    flooded = fault.status == HTTPStatus.TOO_MANY_REQUESTS
    wait = float(FLOODED) if flooded else None
    return Receipt(Outcome.LATER, retry_after=wait, detail=f"odd {fault.status}")


def _always(receipt: Receipt) -> Callable[[Any], Receipt]:
    return lambda _fault: receipt


_DISOWNED = _always(Receipt(Outcome.LATER, retry_after=BROKEN_TOKEN, detail="token"))
_JUDGES: tuple[tuple[type[Exception], Callable[[Any], Receipt]], ...] = (
    (api.TelegramRetryAfter, _flooded),
    (api.TelegramForbiddenError, _always(Receipt(Outcome.GONE, detail="403"))),
    (api.TelegramBadRequest, _bad_request),
    (api.TelegramUnauthorizedError, _DISOWNED),
    (api.TelegramNotFound, _DISOWNED),
    (api.TelegramEntityTooLarge, _always(Receipt(Outcome.UNSUPPORTED, detail="413"))),
    (api.TelegramServerError, _always(Receipt(Outcome.LATER, detail="5xx"))),
    (api.TelegramConflictError, _always(Receipt(Outcome.LATER, detail="409"))),
    (Lost, _lost),
    (api.TelegramAPIError, _always(Receipt(Outcome.UNSUPPORTED, detail="refused"))),
    (OddAnswer, _odd),
)
"""First match counts: special errors stand above the general ones that they belong to."""


def _object(content: str) -> dict[str, Any] | None:
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None
