"""Showing pictures: handed over in pieces on the same connection, then sent like a message.

The platform's page 101463; the same steps in several public adapters (CowAgent, an SDK in Rust).
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from bot.wechat.trouble import Garbled

if TYPE_CHECKING:
    from typing import Any

    from bot.channels.wecom_bot.connection import Connection

BEGIN, PIECE, END = (
    "aibot_upload_media_init",
    "aibot_upload_media_chunk",
    "aibot_upload_media_finish",
)
PIECE_BYTES = 512 * 1024
MOST = 4
"""Pictures shown with one message: each counts in the chat's window."""


async def upload(connection: Connection, picture: bytes) -> str:
    """Hand a picture over and return its media id; raises Down, Unanswered, Refused, Garbled."""
    pieces = [picture[at : at + PIECE_BYTES] for at in range(0, len(picture), PIECE_BYTES)]
    begun = await connection.fetch(
        BEGIN,
        {
            "type": "image",
            "filename": "photo.jpg",
            "total_size": len(picture),
            "total_chunks": len(pieces),
            "md5": hashlib.md5(picture, usedforsecurity=False).hexdigest(),
        },
    )
    upload_id = _word(begun, "upload_id")
    for nth, piece in enumerate(pieces):
        data = base64.b64encode(piece).decode()
        body = {"upload_id": upload_id, "chunk_index": nth, "base64_data": data}
        await connection.fetch(PIECE, body)
    return _word(await connection.fetch(END, {"upload_id": upload_id}), "media_id")


def _word(answer: dict[str, Any], name: str) -> str:
    found = answer.get(name)
    if not isinstance(found, str) or not found:
        raise Garbled(name)
    return found
