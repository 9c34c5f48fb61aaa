"""Considering a text where one may wait: for commands and pages, which hold no transaction."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.thinking.considering import consider
from knowledge.faq.opinion import OpinionWanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.config import Settings
    from bot.semantic.adviser import Adviser
    from handlers.thinking.thought import Scene, Thought


def adviser_of(settings: Settings) -> Adviser | None:
    """Return the adviser that the settings ask for; None, and nothing loaded, without one."""
    if settings.semantic is None:
        return None
    from bot.semantic.adviser import open_adviser

    return open_adviser(settings.semantic)


async def consult(adviser: Adviser | None, text: str, scene: Scene) -> Thought:
    """Consider a text as the chat does, asking the model where that needs an opinion."""
    if adviser is None:
        return consider(text, scene)
    while True:
        try:
            return consider(text, replace(scene, opinions=adviser.opinions))
        except OpinionWanted as wanted:
            await adviser.learn(wanted.doubtful)


@contextmanager
def consulting(settings: Settings) -> Iterator[Callable[[str, Scene], Thought]]:
    """Yield what considers a text for a command; it asks the model if there is one."""
    adviser = adviser_of(settings)
    if adviser is None:
        yield consider
        return
    with asyncio.Runner() as runner:
        yield lambda text, scene: runner.run(consult(adviser, text, scene))
        runner.run(adviser.close())
