"""A person with a browser that has no script: gets pages, sends forms."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

import aiohttp

from bot.web.keys import IDENTITIES

if TYPE_CHECKING:
    from tests.bot.web.stage import Stage


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    headers: dict[str, str]

    def says(self, words: str) -> bool:
        return words in self.text

    def count(self, testid: str) -> int:
        return self.text.count(f'data-testid="{testid}"')


class Visitor:
    """One person of a demo at their own address."""

    def __init__(self, stage: Stage, session: aiohttp.ClientSession, person_id: str) -> None:
        self.stage = stage
        self.session = session
        token = stage.runner.app[IDENTITIES].pass_of(person_id)
        identity = stage.runner.app[IDENTITIES].by_pass(token)
        assert identity is not None
        self.csrf = identity.csrf
        self.home = f"{stage.address}/as/{token}"

    async def get(self, path: str, **options) -> Answer:
        async with self.session.get(self.home + path, **options) as response:
            text = await response.text(errors="replace")
            return Answer(response.status, text, dict(response.headers))

    async def post(
        self,
        path: str,
        fields: dict[str, str | bytes] | None = None,
        *,
        csrf=None,
        filename="photo.jpg",
        **options,
    ) -> Answer:
        data = aiohttp.FormData(quote_fields=False)  # browsers send names as they are
        data.add_field("csrf", self.csrf if csrf is None else csrf)
        for name, value in (fields or {}).items():
            if isinstance(value, bytes):
                data.add_field(name, io.BytesIO(value), filename=filename)
            else:
                data.add_field(name, value)
        async with self.session.post(self.home + path, data=data, **options) as response:
            text = await response.text(errors="replace")
            return Answer(response.status, text, dict(response.headers))

    async def says(self, chat: str, text: str, photo: bytes | None = None, once=None) -> Answer:
        """Write into a chat, and let the bot think and answer."""
        fields: dict[str, str | bytes] = {"text": text, "uuid": once or uuid4().hex}
        if photo is not None:
            fields["photo"] = photo
        answer = await self.post(f"/chat/{chat}/post", fields)
        await self.stage.app.settle()
        return answer

    async def chat(self, chat: str) -> list[tuple[str, str]]:
        """Who said what in a chat, as (bot|me|other, text)."""
        page = await self.get(f"/chat/{chat}")
        found = re.findall(r'data-from="(\w+)">(.*?)</article>', page.text, flags=re.DOTALL)
        return [(who, _bubble(body)) for who, body in found]


def _bubble(body: str) -> str:
    found = re.search(r'<div class="bubble"[^>]*>(.*?)</div>', body, flags=re.DOTALL)
    return found[1] if found else ""
