"""Speaking with an endpoint that speaks as OpenAI's does: JSON there, JSON back."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from bot.settings.semantic import SemanticSection

MOST_BYTES = 4_000_000
"""A longer reply is no reply: seventeen vectors of 4,096 figures need less."""
AT_ONCE = 4
"""Requests under way at a time; the others wait, and their wait counts."""


class NoOpinion(Exception):
    """The endpoint is of no use just now; `args[0]` is a machine word that says why."""


class Endpoint:
    """One address with its key; the connection is made when the first question comes."""

    def __init__(self, section: SemanticSection) -> None:
        self._section = section
        self._session: ClientSession | None = None

    @property
    def model(self) -> str:
        """The name of the model that is to answer."""
        return self._section.model

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        """Return what the endpoint says to a body, within the time that the settings allow.

        Raises:
            NoOpinion: it is dead, slow, refuses, or does not answer in JSON.
        """
        from aiohttp import ClientError

        if self._session is None:
            self._session = self._opened()
        address = f"{self._section.url}/{path}"
        try:
            async with self._session.post(address, json=body, allow_redirects=False) as response:
                if response.status != HTTPStatus.OK:
                    raise NoOpinion(f"status_{response.status}")
                return _read(await response.content.read(MOST_BYTES + 1))
        except TimeoutError:
            raise NoOpinion("timeout") from None
        except (ClientError, OSError, ValueError) as fault:
            raise NoOpinion(type(fault).__name__) from None

    async def close(self) -> None:
        """Let the connection go."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _opened(self) -> ClientSession:
        from aiohttp import ClientSession, ClientTimeout, TCPConnector

        key = self._section.key.get_secret_value()
        return ClientSession(
            connector=TCPConnector(limit=AT_ONCE),
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=ClientTimeout(total=self._section.timeout),
        )


def _read(raw: bytes) -> Any:
    try:
        return json.loads(raw) if len(raw) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        return None
