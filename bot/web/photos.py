"""Photos that come with a form: how many, how heavy, and none that is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.media import MAX_BYTES
from knowledge.community.refusals import Unreadable

if TYPE_CHECKING:
    from bot.web.visit import Visit

MAX_PHOTOS = 4
MAX_BODY = MAX_PHOTOS * MAX_BYTES + 1024 * 1024
"""Bytes of a form with photos: whatever is too big is then told of beside the draft."""
TOO_MANY = f"一次最多发 {MAX_PHOTOS} 张照片，没有发出去。请分两次发。"
EMPTY = "有一张照片是空的，没有发出去。请重新选一次，或对着它截个屏再发。"


async def photos_of(visit: Visit) -> list[bytes]:
    """Return the photos of the form as they came.

    Raises:
        Unreadable: too many, or one without content.
    """
    form = await visit.request.post()
    files = [one for one in form.getall("photo", ()) if isinstance(one, web.FileField)]
    photos = [one.file.read() for one in files]
    if len(photos) > MAX_PHOTOS:
        raise Unreadable(TOO_MANY)
    if not all(photos):
        raise Unreadable(EMPTY)
    return photos


async def keep_all(visit: Visit, photos: list[bytes]) -> tuple[str, ...]:
    """Keep them and return their ids.

    Raises:
        Unreadable: one that cannot be shown; none of them is then sent.
    """
    return tuple([await visit.app.media.keep(data, visit.me.id) for data in photos])
