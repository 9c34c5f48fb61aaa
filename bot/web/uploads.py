"""A file that comes with a form, and goes back with the form that confirms its preview.

Nothing of it is kept in between: a roster holds phones and doors.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from aiohttp import web

from bot.web.forms import cleaned
from knowledge.community.refusals import Unreadable
from knowledge.files.office import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.web.visit import Visit

LONGEST_NAME = 60
NO_FILE = "没有选文件。请先点“选择文件”，再点“看看会改什么”。"
BROKEN = "这一页放得太久了，没有导入。请重新选一次文件。"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file with the name that its sender gave it."""

    name: str
    raw: bytes

    @property
    def packed(self) -> str:
        """The file as a field of the next form; "" where it is too big to be read at all."""
        return base64.b64encode(self.raw).decode() if len(self.raw) <= MOST_BYTES else ""


async def upload_of(visit: Visit) -> Upload:
    """Return the file of the form; raise Unreadable if none was chosen."""
    one = (await visit.request.post()).get("file")
    if not isinstance(one, web.FileField) or not one.filename:
        raise Unreadable(NO_FILE)
    return Upload(_name(one.filename), one.file.read(MOST_BYTES + 1))


async def confirmed(visit: Visit) -> Upload:
    """Return the file whose preview was confirmed; raise Unreadable if it did not come back."""
    form = await visit.request.post()
    try:
        raw = base64.b64decode(str(form.get("packed", "")), validate=True)
    except binascii.Error:
        raw = b""
    if not raw:
        raise Unreadable(BROKEN)
    return Upload(_name(str(form.get("name", ""))), raw)


async def with_upload(
    visit: Visit,
    take: Callable[[Visit], Awaitable[Upload]],
    show: Callable[[Visit, str, int], Awaitable[web.Response]],
    then: Callable[[Visit, Upload], Awaitable[web.Response]],
) -> web.Response:
    """Let `then` have the file that `take` finds in the form; where there is none, `show` says why."""
    try:
        upload = await take(visit)
    except Unreadable as refusal:
        return await show(visit, refusal.say, 409)
    return await then(visit, upload)


def download(raw: bytes, name: str) -> web.Response:
    """Return a workbook to be saved under that name (ASCII)."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    saved = f'attachment; filename="{name}"'
    return web.Response(body=raw, content_type=kind, headers={"Content-Disposition": saved})


def _name(said: str) -> str:
    name = cleaned(PurePath(said.replace("\\", "/")).name)
    return name[-LONGEST_NAME:]
