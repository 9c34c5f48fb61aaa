"""Fetching a picture: from the platform only, at once, and opened with its own key."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import ClientError
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.downloads import download
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from bot.channels.wecom_bot.reading import Picture

BLOCK = 32
"""Bytes to which the platform pads (PKCS#7), and of its keys."""
TRIES = 2
"""Its words come in anyway."""

log = Logbook()


async def fetch(picture: Picture, home: str) -> bytes:
    """Return the picture's bytes, b"" when it cannot be had.

    `home` is the host of the connection: beside https addresses, only a twin there is called.
    """
    parts = urlsplit(picture.url)
    if parts.scheme != "https" and parts.hostname != home:
        return b""
    for _ in range(TRIES):
        try:
            return opened(await download(picture.url), picture.key)
        except (ClientError, TimeoutError, ValueError) as fault:
            log.warning("No picture.", action="wecom_bot.picture", why=type(fault).__name__)
    return b""


def opened(sealed: bytes, key: str) -> bytes:
    """Return what was sealed with AES-256-CBC under the file's own key; raises ValueError."""
    try:
        raw = base64.b64decode(key + "=" * (-len(key) % 4), validate=True)
    except (ValueError, binascii.Error):
        raise ValueError("key") from None
    if len(raw) != BLOCK or not sealed or len(sealed) % BLOCK:
        raise ValueError("block")
    decryptor = Cipher(algorithms.AES256(raw), modes.CBC(raw[:16])).decryptor()
    plain = decryptor.update(sealed) + decryptor.finalize()
    padding = plain[-1]
    if not 1 <= padding <= BLOCK or plain[-padding:] != bytes([padding]) * padding:
        raise ValueError("padding")
    return plain[:-padding]
