"""The chats of one person: the list, one chat, what is new, and the photos in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

from aiohttp import web
from sqlalchemy import select

from bot.web import membership
from bot.web.residents import conversation
from bot.web.residents.choices import Reader
from bot.web.visit import NOTHING_HERE
from knowledge.community.hood.access import Act, Relation
from knowledge.community.refusals import NotFound
from knowledge.store.rows.web import WebMessageRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.web.visit import Visit

_NUMBER = re.compile("[0-9]{1,15}")
OWN = frozenset({Relation.OWN})


async def chat_list(visit: Visit) -> web.Response:
    """Show the person's groups and private chat with the last words of each."""
    visit.must(Act.CHAT_READ, OWN)
    private = membership.private_chat(visit.me, visit.hood)
    groups = membership.groups_of(visit.me, visit.hood)
    chats = [private.id, *(group.id for group in groups)]
    me = visit.me.id
    words = await visit.app.look(lambda session: conversation.last_words(session, chats, me))
    return visit.page("chat_list.html", private=private.id, groups=groups, words=words)


async def chat(visit: Visit) -> web.Response:
    """Show one chat with its newest bubbles and the composer."""
    return await show(visit)


async def show(
    visit: Visit, *, draft: str = "", trouble: str = "", status: int = 200
) -> web.Response:
    """Show the chat of the address; a draft stands in the composer, a trouble above it."""
    chat_id = visit.chat_id()
    before = _number(visit, "before")
    reader = _reader(visit, chat_id)
    talk = await visit.app.look(lambda session: conversation.newest(session, reader, before))
    group = visit.hood.chat(membership.CHANNEL, chat_id)
    return visit.page(
        "chat.html",
        status=status,
        draft=draft,
        trouble=trouble,
        chat_id=chat_id,
        group=group,
        talk=talk,
        before=before,
        once=uuid4().hex,
        members=len(visit.hood.members_of(group.scope)) if group else 0,
    )


async def news(visit: Visit) -> web.Response:
    """Return the bubbles after `id` and the choices open now, for the page's script."""
    chat_id = visit.chat_id()
    reader, last = _reader(visit, chat_id), _number(visit, "id") or 0
    talk = await visit.app.look(lambda session: conversation.after(session, reader, last))
    return visit.page("piece_news.html", chat_id=chat_id, talk=talk)


async def photo(visit: Visit) -> web.StreamResponse:
    """Return one photo of one message, to those who can read the chat."""
    chat_id = visit.chat_id()
    message = int(visit.request.match_info["message"])
    nth = int(visit.request.match_info["nth"])

    def look(session: Session) -> str | None:
        row = session.scalar(
            select(WebMessageRow).where(
                WebMessageRow.id == message,
                WebMessageRow.chat_id == chat_id,
                conversation.readable_since(session, visit.me.id),
            )
        )
        return row.images[nth] if row is not None and nth < len(row.images) else None

    return picture(visit, await visit.app.look(look))


def picture(visit: Visit, media_id: str | None) -> web.FileResponse:
    """Return the file of a picture; raises NotFound when there is none."""
    path = visit.app.media.path(media_id) if media_id else None
    if path is None:
        raise NotFound(NOTHING_HERE)
    headers = {
        "Content-Type": "image/jpeg",
        "Cache-Control": "private, no-cache",
    }  # covered = gone at once
    return web.FileResponse(path, headers=headers)


def _reader(visit: Visit, chat_id: str) -> Reader:
    return Reader(chat_id, visit.me.id, visit.hood, visit.now)


def _number(visit: Visit, name: str) -> int | None:
    said = visit.request.query.get(name, "")
    return int(said) if _NUMBER.fullmatch(said) else None
