"""Another system with a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from handlers.actions.keys import make_key

if TYPE_CHECKING:
    import aiohttp

    from tests.bot.web.stage import Stage


@dataclass
class Partner:
    """A program that reads and feeds the ledger."""

    stage: Stage
    session: aiohttp.ClientSession
    key: str

    async def get(self, path: str, **query: str) -> tuple[int, Any]:
        async with self.session.get(self.at(path), params=query) as answer:
            return answer.status, await answer.json()

    async def post(self, path: str = "v2/requests.json", **form: str) -> tuple[int, Any]:
        form = {"api_key": self.key, **form}
        async with self.session.post(self.at(path), data=form) as answer:
            return answer.status, await answer.json()

    def at(self, path: str) -> str:
        return f"{self.stage.address}/open311/{path}"


@pytest.fixture
async def partner(stage: Stage, browser_session: aiohttp.ClientSession) -> Partner:
    key = await stage.app.act("key", lambda work: make_key(work, "partner"))
    return Partner(stage, browser_session, key)
