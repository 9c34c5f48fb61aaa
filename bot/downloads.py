"""Fetching a file that a platform keeps for us: within bytes and seconds, and no redirects."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import ClientSession, ClientTimeout

BIGGEST = 20 * 1024 * 1024
PATIENCE = 5.0
"""Seconds: the file holds up the next message, so little time is given."""


async def download(url: str) -> bytes:
    """Return the file; raises ClientError, TimeoutError, ValueError."""
    timeout = ClientTimeout(total=PATIENCE)
    async with (
        ClientSession(timeout=timeout) as session,
        session.get(url, allow_redirects=False) as response,
    ):
        if response.status != HTTPStatus.OK:
            raise ValueError("status")
        body = bytearray()
        async for chunk in response.content.iter_chunked(65_536):
            body += chunk
            if len(body) > BIGGEST:
                raise ValueError("size")
        return bytes(body)
