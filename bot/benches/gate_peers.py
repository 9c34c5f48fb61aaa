"""What others need to get a group message past twenty rules of which none fits: optional peers."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from bot.benches.usual_bot import BROKEN, MENU, NAME, silent_bot, update_of
from knowledge.community.days.zone import ZONE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    Feed = Callable[[int, str], Awaitable[None]]

WARMING = 12
SENT = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


def measured(texts: Sequence[str]) -> dict[str, float]:
    """Return the mean microseconds of each installed peer for the same talk."""
    return {
        name: round(asyncio.run(_mean(make, texts)), 1)
        for name, (package, make) in PEERS.items()
        if find_spec(package)
    }


async def _mean(make: Callable[[], Awaitable[Feed]], texts: Sequence[str]) -> float:
    feed = await make()
    for number, text in enumerate(texts[:WARMING]):
        await feed(number, text)
    begun = time.process_time()
    for number, text in enumerate(texts):
        await feed(number, text)
    return (time.process_time() - begun) / len(texts) * 1e6


async def _aiogram() -> Feed:
    aiogram = import_module("aiogram")
    dispatcher, asked = aiogram.Dispatcher(), aiogram.F
    for word in MENU:
        dispatcher.message.register(_never, asked.text == word)
    called = asked.text.contains(NAME)
    dispatcher.message.register(_never, called & asked.text.regexp(f".*({BROKEN})"))
    dispatcher.message.register(_never, called)
    bot, update = silent_bot(), import_module("aiogram.types").Update

    async def feed(number: int, text: str) -> None:
        payload = update.model_validate(update_of(1, number, text), context={"bot": bot})
        await dispatcher.feed_update(bot, payload)

    return feed


async def _telegram() -> Feed:
    """python-telegram-bot: its handlers are tried in order, each with a filter."""
    ext = import_module("telegram.ext")
    app = ext.ApplicationBuilder().token("1:x").updater(None).build()
    app._initialized = True  # noqa: SLF001 -- initialising asks the platform who we are.
    text_is, matches = ext.filters.Text, ext.filters.Regex
    rules = [text_is([word]) for word in MENU]
    rules += [matches(f"{NAME}.*({BROKEN})"), matches(NAME)]
    for rule in rules:
        app.add_handler(ext.MessageHandler(rule, _never))
    update = import_module("telegram").Update

    async def feed(number: int, text: str) -> None:
        await app.process_update(update.de_json(update_of(1, number, text), app.bot))

    return feed


async def _nonebot() -> Feed:
    """NoneBot2 with the OneBot adapter: one matcher for each rule."""
    nonebot = import_module("nonebot")
    import_module("loguru").logger.remove()  # it logs every event
    nonebot.init(driver="~none")
    for word in MENU:
        nonebot.on_fullmatch(word).append_handler(_nothing)
    nonebot.on_regex(f"{NAME}.*({BROKEN})").append_handler(_nothing)
    nonebot.on_keyword({NAME}).append_handler(_nothing)
    onebot = import_module("nonebot.adapters.onebot.v11")
    bot = onebot.Bot(onebot.Adapter(nonebot.get_driver()), "1")
    handle = import_module("nonebot.message").handle_event

    async def feed(number: int, text: str) -> None:
        await handle(bot, onebot.GroupMessageEvent.model_validate(_onebot_event(number, text)))

    return feed


def _onebot_event(number: int, text: str) -> dict[str, Any]:
    return {
        "time": int(SENT.timestamp()),
        "self_id": 1,
        "post_type": "message",
        "message_type": "group",
        "sub_type": "normal",
        "user_id": 2,
        "group_id": 3,
        "message_id": number,
        "message": [{"type": "text", "data": {"text": text}}],
        "raw_message": text,
        "font": 0,
        "sender": {"user_id": 2, "nickname": "邻居"},
    }


async def _never(*_: object) -> None:
    raise AssertionError("chatter fits no rule")


async def _nothing() -> None:
    await _never()


PEERS: dict[str, tuple[str, Callable[[], Awaitable[Feed]]]] = {
    "aiogram": ("aiogram", _aiogram),
    "python_telegram_bot": ("telegram", _telegram),
    "nonebot2": ("nonebot", _nonebot),
}
"""Name of the peer → the package it needs, and what builds it."""
