"""Pictures, decoded once and written anew without anything the camera added; voices as they came."""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
import secrets
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.voices import recorded_as
from knowledge.community.attached import VOICES, kind_of
from knowledge.community.refusals import Unreadable
from knowledge.store.rows.media import MediaRow

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image
    from sqlalchemy.orm import Session

    from handlers.messages import Clock
    from knowledge.store.database import Database

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 25_000_000
"""Checked before decoding: a 10 KB file can hold 400 MB of pixels (research/trust.md M18)."""
MAX_WHOLE = 9_000_000
"""Pixels of a PNG or WebP, decoded whole: 4K screens fit, and 72 MB with the copy for scaling."""
ORPHAN = timedelta(days=1)
"""Age from which a file without a row is nobody's."""
LONGEST_SIDE = 1600
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
MIME = "image/jpeg"

TOO_HEAVY = "照片太大了（超过 10 MB）。请在相册里选小一点的，或截个屏再发。"
TOO_LARGE = "照片太大了（像素太多）。请把相机的照片尺寸调小，或截个屏再发。"
NO_PICTURE = "这不是能打开的照片。请发 JPG、PNG 格式的，或对着它截个屏再发。"
HEIC = (
    "这是苹果手机的 HEIC 照片，这里打不开。请对着它截个屏再发；"
    "以后想直接发，在“设置→相机→格式”里选“兼容性最佳”。"
)
"""Reading them would take a C library of codecs for the few phones that do not convert by themselves."""

_HEIC = re.compile(rb"....ftyp(?:hei[cxms]|hev[cx]|mif1|msf1)", re.DOTALL)
_ID = re.compile(rf"[0-9a-f]{{32}}(?:\.(?:{'|'.join(VOICES)}))?")


class MediaStore:
    """Keeps pictures as JPEG files of at most 1600 px, and voices, below one folder."""

    def __init__(self, folder: Path, database: Database, clock: Clock) -> None:
        self._folder = folder
        self._database = database
        self._clock = clock
        self._decoding = asyncio.Semaphore(1)
        database.after_deleting(MediaRow, lambda row: self._file(row.id).unlink(missing_ok=True))

    def sweep(self) -> int:
        """Remove files without a row that are older than a day; return how many.

        They are what a crash between a file and its row has left.
        """
        with self._database.view() as session:
            known = set(session.scalars(select(MediaRow.id)))
        old = time.time() - ORPHAN.total_seconds()  # as the disk counts, whatever our clock says
        orphans = [
            path
            for path in self._folder.glob("*/*")
            if _id_of(path) not in known and path.stat().st_mtime < old
        ]
        for path in orphans:
            path.unlink(missing_ok=True)
        return len(orphans)

    async def keep(self, data: bytes, who: str) -> str:
        """Re-encode a picture that `who` sent and return its id.

        Raises:
            Unreadable: too big, or no picture; the Chinese sentence says what to do.
        """
        if len(data) > MAX_BYTES:
            raise Unreadable(TOO_HEAVY)
        async with self._decoding:  # each needs a hundred megabytes while it is taken apart
            picture = await asyncio.to_thread(reencode, data)
        return await self._keep(secrets.token_hex(16), picture, MIME, who)

    async def keep_voice(self, data: bytes, who: str) -> str:
        """Keep a voice as `who` sent it and return its id, which tells how it was recorded.

        Raises:
            Unreadable: too long, or no voice; the Chinese sentence says what to do.
        """
        kind = recorded_as(data)
        return await self._keep(f"{secrets.token_hex(16)}.{kind}", data, VOICES[kind], who)

    async def _keep(self, media_id: str, data: bytes, mime: str, who: str) -> str:
        await asyncio.to_thread(self._write, media_id, data)
        row = MediaRow(
            id=media_id,
            who=who,
            sha256=hashlib.sha256(data).hexdigest(),
            mime=mime,
            size=len(data),
            created_at=self._clock.now(),
        )

        def note(session: Session) -> None:
            session.add(row)

        await self._database.write(note)
        return media_id

    def path(self, media_id: str) -> Path | None:
        """Return the file of a picture or a voice, or None for anything that is not one of ours."""
        if not _ID.fullmatch(media_id):
            return None
        path = self._file(media_id)
        return path if path.is_file() else None

    def _file(self, media_id: str) -> Path:
        name = media_id if kind_of(media_id) else f"{media_id}.jpg"
        return self._folder / media_id[:2] / name

    def _write(self, media_id: str, data: bytes) -> None:
        path = self._file(media_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        try:
            half.write_bytes(data)
        except OSError:
            half.unlink(missing_ok=True)  # of a full disk it would take the last bytes
            raise
        half.replace(path)


def _id_of(path: Path) -> str:
    """Return the id under which a file was kept, if it was."""
    return path.name if kind_of(path.name) else path.stem


def reencode(data: bytes) -> bytes:
    """Return the picture as a plain JPEG, upright, at most 1600 px, without metadata.

    Raises:
        Unreadable: more than 25 million pixels (9 if not JPEG), or no JPEG, PNG or WebP picture; for
            HEIC with the way to send it all the same.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            most = MAX_PIXELS if picture.format == "JPEG" else MAX_WHOLE
            if picture.width * picture.height > most:
                raise Unreadable(TOO_LARGE)
            return _small_jpeg(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Unreadable(TOO_LARGE) from bomb
    except (OSError, SyntaxError, ValueError, MemoryError) as broken:
        raise Unreadable(HEIC if _HEIC.match(data) else NO_PICTURE) from broken


def _small_jpeg(picture: Image) -> bytes:
    """Decode small where the format lets us, and copy only what is small already."""
    from PIL import Image, ImageOps

    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    if picture.mode == "P":  # scaled as it is, a palette loses every second pixel
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    if upright.has_transparency_data:
        rgba = upright.convert("RGBA")
        upright = Image.new("RGB", rgba.size, "white")
        upright.paste(rgba, mask=rgba.getchannel("A"))
    out = io.BytesIO()
    upright.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
