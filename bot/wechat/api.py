"""Calls to the platform's API: one access token for all, and a true reason when a call fails."""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, FormData

from bot.wechat.errcodes import STALE_TOKEN, receipt_of
from handlers.messages import Outcome, Receipt

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMEOUT = 20
BIGGEST = 20 * 1024 * 1024
"""Bytes of a picture that are taken; the platform lets people send 10 MB."""
EARLY = 300.0
"""Seconds before its end at which a token is renewed."""


class ApiTrouble(Exception):
    """A call failed; `receipt` is what it means for a sending, `code` the platform's word if any."""

    def __init__(self, receipt: Receipt, code: int | None = None) -> None:
        super().__init__(receipt.detail)
        self.receipt = receipt
        self.code = code


class Api:
    """The API of one application; `login` is the path and the values that bring a token."""

    def __init__(self, base: str, login: str, values: Mapping[str, str]) -> None:
        self._base = base.rstrip("/")
        self._login, self._values = login, dict(values)
        self._token, self._until = "", 0.0
        self._renewing: asyncio.Task[None] | None = None
        self._session: ClientSession | None = None

    def open(self) -> None:
        """Get ready to call."""
        self._session = ClientSession(timeout=ClientTimeout(total=TIMEOUT))

    async def close(self) -> None:
        """Let the connections go."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def call(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Post JSON and return the answer; raises ApiTrouble."""
        raw = json.dumps(body, ensure_ascii=False).encode()
        return await self._with_token(path, {}, lambda: raw)

    async def look(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        """Fetch JSON; raises ApiTrouble."""
        return await self._with_token(path, dict(query), lambda: None, "GET")

    async def upload(self, path: str, picture: bytes) -> str:
        """Upload a picture and return its media id; raises ApiTrouble."""

        def form() -> FormData:
            filled = FormData()
            filled.add_field("media", picture, filename="photo.jpg", content_type="image/jpeg")
            return filled

        answer = await self._with_token(path, {"type": "image"}, form)
        return str(answer.get("media_id", ""))

    async def download(self, path: str, media_id: str) -> bytes:
        """Return a media file; raises ApiTrouble."""
        for last in (False, True):
            token = await self.token()
            query = {"access_token": token, "media_id": media_id}
            raw, kind = await self._exchange("GET", path, query, None)
            if "json" not in kind and "text" not in kind:
                return raw
            code = _code(_object(raw))
            if code not in STALE_TOKEN or last:
                raise ApiTrouble(receipt_of(code), code)
            await self.renew(token)
        raise AssertionError

    async def token(self) -> str:
        """Return the valid access token; raises ApiTrouble."""
        if not self._token or asyncio.get_running_loop().time() >= self._until:
            await self.renew(self._token)
        return self._token

    async def renew(self, stale: str) -> None:
        """Fetch a new token, one call for all who want it; raises ApiTrouble."""
        if self._token and self._token != stale:
            return
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.create_task(self._log_in())
        await asyncio.shield(self._renewing)

    async def _log_in(self) -> None:
        """Fetch a token; raises ApiTrouble."""
        self._token = ""
        raw, _ = await self._exchange("GET", self._login, self._values, None)
        answer = _object(raw, Outcome.LATER)  # nothing was sent yet
        token, lasts = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token:
            code = _code(answer)
            raise ApiTrouble(receipt_of(code), code)
        seconds = float(lasts) if isinstance(lasts, int) else 0.0
        early = min(EARLY, seconds / 2)
        self._token, self._until = token, asyncio.get_running_loop().time() + seconds - early

    async def _with_token(
        self, path: str, query: dict[str, str], body: Any, method: str = "POST"
    ) -> dict[str, Any]:
        for last in (False, True):
            token = await self.token()
            raw, _ = await self._exchange(method, path, query | {"access_token": token}, body())
            answer = _object(raw)
            code = _code(answer)
            if code == 0:
                return answer
            if code not in STALE_TOKEN or last:
                raise ApiTrouble(receipt_of(code), code)
            await self.renew(token)
        raise AssertionError

    async def _exchange(
        self, method: str, path: str, query: Mapping[str, str], body: Any
    ) -> tuple[bytes, str]:
        """Return body and content type of a 200; raises ApiTrouble without the address in it."""
        if self._session is None:
            raise ApiTrouble(Receipt(Outcome.LATER, retry_after=1.0, detail="not running"))
        try:
            async with self._session.request(
                method, self._base + path, params=query, data=body, allow_redirects=False
            ) as response:
                raw = await response.content.read(BIGGEST + 1)
                while len(raw) <= BIGGEST and (more := await response.content.read(BIGGEST)):
                    raw += more
                status, kind = response.status, response.content_type
        except ClientConnectorError as fault:
            raise ApiTrouble(Receipt(Outcome.LATER, detail=type(fault).__name__)) from None
        except (ClientError, TimeoutError, ValueError) as fault:
            outcome = Outcome.UNKNOWN if method == "POST" else Outcome.LATER
            raise ApiTrouble(Receipt(outcome, detail=type(fault).__name__)) from None
        if status != HTTPStatus.OK or len(raw) > BIGGEST:
            wait = 60.0 if status == HTTPStatus.TOO_MANY_REQUESTS else None
            raise ApiTrouble(Receipt(Outcome.LATER, retry_after=wait, detail=str(status)))
        return raw, kind


def _object(raw: bytes, otherwise: Outcome = Outcome.UNKNOWN) -> dict[str, Any]:
    """Return the JSON object of an answer; raises ApiTrouble where there is none."""
    try:
        answer = json.loads(raw)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise ApiTrouble(Receipt(otherwise, detail="odd 200"))
    return answer


def _code(answer: Mapping[str, Any]) -> int:
    code = answer.get("errcode", 0)
    if not isinstance(code, int):
        raise ApiTrouble(Receipt(Outcome.UNKNOWN, detail="odd errcode"))
    return code
