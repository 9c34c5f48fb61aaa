"""Saying something in the built-in chat: text, photos, or the press of a button."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aiohttp import web
from sqlalchemy import select

from bot.web import membership
from bot.web.forms import check_length, cleaned
from bot.web.photos import keep_all, photos_of
from bot.web.residents.chat import show
from bot.web.saying import Words, is_known, say
from knowledge.community.refusals import Unclear, Unreadable
from knowledge.store.rows.dialogues import MenuRow, OptionRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.web.visit import Visit

STALE = "这一页放得太久了，没有发出去。请刷新后再发一次。"

_ONCE = re.compile(r"[0-9a-f-]{16,64}")


async def post(visit: Visit) -> web.Response:
    """Take a message with text, photos or both; the same `uuid` again changes nothing.

    What cannot be taken is said beside the words, which stay in the composer.
    """
    chat_id = visit.chat_id()
    text = cleaned(str((await visit.request.post()).get("text", "")))
    try:
        await _take(visit, chat_id, text)
    except Unreadable as refusal:
        if visit.partial:
            raise
        return await show(visit, draft=text, trouble=refusal.say, status=409)
    return _done(visit, chat_id)


async def press(visit: Visit) -> web.Response:
    """Take the press of a button; what it says is shown as the presser's own words."""
    chat_id = visit.chat_id()
    form = await visit.request.post()
    token = str(form.get("token", ""))
    event_id = _event_id(visit, str(form.get("uuid", "")))
    label = await visit.app.look(lambda session: _label(session, token, chat_id))
    await say(visit.app, visit.me, chat_id, Words(event_id, label, token=token))
    return _done(visit, chat_id)


async def _take(visit: Visit, chat_id: str, text: str) -> None:
    form = await visit.request.post()
    check_length(text)
    event_id = _event_id(visit, str(form.get("uuid", "")))
    photos = await photos_of(visit)
    if await visit.app.look(lambda session: is_known(session, event_id)):
        return
    images = await keep_all(visit, photos)
    if text or images:
        quote = str(form.get("quote", ""))
        await say(visit.app, visit.me, chat_id, Words(event_id, text, images, quote))


def _event_id(visit: Visit, once: str) -> str:
    """Bind the form's one-time word to its sender: nobody can spend another's."""
    if not _ONCE.fullmatch(once):
        raise Unclear(STALE)
    return f"{visit.me.id}:{once}"


def _label(session: Session, token: str, chat_id: str) -> str:
    """Return what the button says, "" for one that does not belong to this chat."""
    query = (
        select(OptionRow.label)
        .join(MenuRow, MenuRow.id == OptionRow.menu_id)
        .where(
            OptionRow.token == token,
            MenuRow.channel == membership.CHANNEL,
            MenuRow.chat_id == chat_id,
        )
    )
    return session.scalar(query) or ""


def _done(visit: Visit, chat_id: str) -> web.Response:
    if visit.partial:
        return web.Response(status=204)
    return visit.back(f"/chat/{chat_id}")
