"""为什么没回: the last group messages, each with why it was or was not answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.doctor.silence import UNSEEN, Town, heard_lately
from bot.web.keys import REASONS
from handlers.messages import ChatRef

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit

FEW, MANY = 20, 50


async def show(visit: Visit) -> web.Response:
    """Show the last twenty or fifty, of one group or of all; no message's words."""
    query = visit.request.query
    chosen = visit.hood.chat(*_named(query.get("chat", "")))
    chat = ChatRef(chosen.channel, chosen.id) if chosen else None
    last = MANY if query.get("last") == str(MANY) else FEW
    rules = visit.app.rules
    town = Town(visit.hood, visit.app.papers.faq.current, rules.names)
    reasons = visit.request.app[REASONS]
    found = await visit.app.look(lambda session: heard_lately(session, town, last, chat, reasons))
    return visit.page(
        "silence.html",
        heard=found,
        chats=visit.hood.chats.values(),
        chosen=chosen.key if chosen else "",
        last=last,
        few=FEW,
        many=MANY,
        unseen=UNSEEN,
    )


def _named(key: str) -> tuple[str, str]:
    channel, _, chat_id = key.partition(":")
    return channel, chat_id
