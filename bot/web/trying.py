"""试一试: what a resident would get, by the very function of the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.web.posting import MAX_TEXT, cleaned
from handlers.considering import consider
from handlers.intents.thought import Action, Scene

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.intents.thought import Thought

ACTION_WORDS = {
    Action.ANSWER: "会直接回答",
    Action.CHOOSE: "拿不准，给几个让人选",
    Action.ASK: "当作报修，还要问一句",
    Action.CONFIRM: "当作报修，请他确认",
    Action.LOG: "当作急事，马上登记",
    Action.WARN: "提醒防骗",
    Action.HANDOVER: "不会答，转给人",
    Action.REFUSE: "不能办",
    Action.SILENT: "不出声",
}


async def attempt(visit: Visit) -> web.Response:
    """Try a text with the very function of the chat, privately or as a group hears it."""
    text = cleaned(visit.request.query.get("text", ""))[:MAX_TEXT]
    where = "group" if visit.request.query.get("where") == "group" else "private"
    thought = think(visit, text, addressed=where == "private") if text else None
    template = "piece_try_result.html" if visit.partial else "faq_try.html"
    return visit.page(template, text=text, where=where, thought=thought, words=ACTION_WORDS)


def think(visit: Visit, text: str, *, addressed: bool) -> Thought:
    """Consider a text as the chat would."""
    scene = Scene(
        hood=visit.hood,
        faq=visit.app.papers.faq.current,
        now=visit.now,
        addressed=addressed,
        away=visit.app.town.away(visit.now),
    )
    return consider(text, scene)
