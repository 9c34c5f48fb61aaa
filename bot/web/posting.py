"""Saying something in the built-in chat: bubble and inbox row are one transaction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aiohttp import web
from sqlalchemy import select

from bot.web import membership
from bot.web.chat import show
from bot.web.photos import keep_all, photos_of
from handlers.messages import ChatRef, Event, EventKind, visible
from knowledge.community.refusals import Unclear, Unreadable
from knowledge.store.rows.dialogues import MenuRow, OptionRow
from knowledge.store.rows.web import WebMessageRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.web.visit import Visit

MAX_TEXT = 2000
TOO_LONG = f"话太长了（最多 {MAX_TEXT} 字），没有发出去。请分几次说，先说最要紧的。"
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
    await _hear(visit, chat_id, event_id, text=label, token=token)
    return _done(visit, chat_id)


async def _take(visit: Visit, chat_id: str, text: str) -> None:
    form = await visit.request.post()
    check_length(text)
    event_id = _event_id(visit, str(form.get("uuid", "")))
    photos = await photos_of(visit)
    if await visit.app.look(lambda session: _known(session, event_id)):
        return
    images = await keep_all(visit, photos)
    if text or images:
        quote = str(form.get("quote", ""))
        await _hear(visit, chat_id, event_id, text=text, images=images, quote=quote)


async def _hear(
    visit: Visit,
    chat_id: str,
    event_id: str,
    *,
    text: str,
    images: tuple[str, ...] = (),
    quote: str = "",
    token: str = "",
) -> None:
    row = WebMessageRow(
        key=event_id,
        chat_id=chat_id,
        sender=visit.me.id,
        name=visit.me.called,
        text=text,
        buttons=[],
        images=list(images),
        quote=quote,
        at=visit.now,
    )
    event = Event(
        channel=membership.CHANNEL,
        event_id=event_id,
        chat=ChatRef(membership.CHANNEL, chat_id),
        sender=visit.hood.account(visit.me.id, membership.CHANNEL) or visit.me.id,
        at=visit.now,
        kind=EventKind.PRESS if token else EventKind.MESSAGE,
        text=text,
        name=visit.me.called,
        images=images,
        quote=quote or None,
        token=token,
    )

    def add_bubble(session: Session) -> None:
        if (text or images) and not _known(session, event_id):
            session.add(row)

    await visit.app.hear(event, add_bubble)
    visit.pokes.poke(chat_id)


def check_length(text: str) -> None:
    """Raise Unreadable for more words than one message may hold."""
    if len(text) > MAX_TEXT:
        raise Unreadable(TOO_LONG)


def cleaned(text: str) -> str:
    """Return the text without control and direction characters, which only mislead readers."""
    return visible(text).strip()


def _event_id(visit: Visit, once: str) -> str:
    """Bind the form's one-time word to its sender: nobody can spend another's."""
    if not _ONCE.fullmatch(once):
        raise Unclear(STALE)
    return f"{visit.me.id}:{once}"


def _known(session: Session, event_id: str) -> bool:
    query = select(WebMessageRow.id).where(WebMessageRow.key == event_id)
    return session.scalar(query) is not None


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
