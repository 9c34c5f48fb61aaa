"""One generic channel: what comes in is checked and heard, what goes out is signed and posted."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels.hook.reading import read_event
from bot.channels.hook.signing import SIGNATURE, TIMESTAMP, sign, verify
from bot.house import Health, House
from handlers.messages import Capabilities, Outcome, Receipt
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bot.channels.hook.reading import Heard
    from bot.settings.channels import HookSection
    from handlers.messages import Event, Outgoing

CAPABILITIES = Capabilities(
    hears="all",
    pushes=True,
    buttons=8,
    edits=False,
    images=True,
    text_bytes=20_000,
    idempotent=True,
    public_address=True,
)
"""Whoever receives must show a `key` once (docs/channels.md): so a doubt may be sent again."""
TIMEOUT = 20
GRACE = 10.0
LONGEST_WAIT = 3600.0
"""Seconds of a Retry-After that are believed."""
REFUSED = frozenset(
    {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY}
)
"""Answers that would be the same for ever."""

log = Logbook()


class Hook:
    """The channel `[channels.hook.NAME]`; its name is its channel in the roster."""

    def __init__(
        self, name: str, section: HookSection, wall: Callable[[], float] = time.time
    ) -> None:
        self.name = name
        self.capabilities = replace(CAPABILITIES, pushes=bool(section.out_url))
        self._secret = section.secret.get_secret_value().encode()
        self._out_url = section.out_url
        self._wall = wall
        self._house: House | None = None
        self._hear: Callable[[Event], Awaitable[object]] | None = None
        self._session: ClientSession | None = None
        self._sending: set[asyncio.Task[Receipt]] = set()
        self._order = asyncio.Lock()
        self._trouble = ""
        self._heard_at: datetime | None = None

    def move_in(self, house: House) -> None:
        """Get to know the application."""
        self._house = house

    async def start(self, hear: Callable[[Event], Awaitable[object]]) -> None:
        """Take what the web server brings from now on."""
        self._hear = hear
        self._session = ClientSession(timeout=ClientTimeout(total=TIMEOUT))

    async def stop(self) -> None:
        """Let what is being sent arrive, then let go."""
        self._hear = None
        if self._sending:
            await asyncio.wait(self._sending, timeout=GRACE)
        if self._session is not None:
            await self._session.close()

    def stir(self) -> None:
        """Nobody has a page open."""

    async def send(self, out: Outgoing) -> Receipt:
        """Post one message; the same `key` again is the same message."""
        if not self._out_url:
            return Receipt(Outcome.UNSUPPORTED, detail="no out_url")
        if self._session is None or self._hear is None:
            return Receipt(Outcome.LATER, retry_after=1.0, detail="not running")
        task = asyncio.create_task(self._post(self._session, out))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        receipt = await asyncio.shield(task)
        self._trouble = "" if receipt.outcome is Outcome.SENT else receipt.detail
        return receipt

    def health(self) -> Health:
        """Return how the last sending went, and when something last came."""
        return Health(not self._trouble, self._trouble, self._heard_at)

    # The web server's side.

    def trusts(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Tell whether a request is signed with our secret, just now."""
        timestamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
        return verify(self._secret, timestamp, signature, body, self._wall())

    async def take(self, body: Mapping[str, Any]) -> bool | None:
        """Hear a message or press; False = known already, None = not now.

        Raises:
            Nonsense: it is not what CONTRACT §8 says.
            Unreadable: a picture cannot be opened.
        """
        house, hear = self._house, self._hear
        if house is None or hear is None:
            return None
        heard = read_event(self.name, body, house.now())
        async with self._order:
            event = await self._with_pictures(heard, house)
            new = await hear(event)
        self._heard_at = house.now()
        return bool(new)

    # Inside.

    async def _with_pictures(self, heard: Heard, house: House) -> Event:
        event = heard.event
        marked = replace(event, images=tuple("?" for _ in heard.pictures))
        if not heard.pictures or not await house.wants(marked):
            return event
        who = f"{self.name}:{event.sender}"
        kept = [await house.keep_picture(data, who) for data in heard.pictures]
        return replace(event, images=tuple(kept))

    async def _post(self, session: ClientSession, out: Outgoing) -> Receipt:
        body = await asyncio.to_thread(self._body, out)
        timestamp = str(int(self._wall()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            TIMESTAMP: timestamp,
            SIGNATURE: sign(self._secret, timestamp, body),
        }
        try:
            async with session.post(
                self._out_url, data=body, headers=headers, allow_redirects=False
            ) as response:
                return _receipt(response.status, response.headers.get("Retry-After", ""), out.key)
        except (ClientError, TimeoutError, ValueError) as fault:
            # Perhaps it arrived: with its key it may safely be sent again.
            return Receipt(Outcome.LATER, detail=type(fault).__name__)

    def _body(self, out: Outgoing) -> bytes:
        chat = {"id": out.chat.account or out.chat.id, "kind": out.chat.kind.value}
        message = {
            "key": out.key,
            "chat": chat,
            "text": out.text,
            "buttons": [{"label": one.label, "token": one.token} for one in out.buttons],
            "images": [{"mime": "image/jpeg", "data": data} for data in self._images(out)],
        }
        return json.dumps(message, ensure_ascii=False).encode()

    def _images(self, out: Outgoing) -> list[str]:
        paths = [self._house.picture(media) for media in out.images] if self._house else []
        return [base64.b64encode(path.read_bytes()).decode() for path in paths if path]


def _receipt(status: int, retry_after: str, key: str) -> Receipt:
    detail = str(status)
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Receipt(Outcome.SENT, reference=key)
    if status == HTTPStatus.GONE:
        return Receipt(Outcome.GONE, detail=detail)
    if status in REFUSED:
        return Receipt(Outcome.UNSUPPORTED, detail=detail)
    wait = min(float(retry_after), LONGEST_WAIT) if retry_after.isdecimal() else None
    return Receipt(Outcome.LATER, retry_after=wait, detail=detail)
