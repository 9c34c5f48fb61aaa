"""Which group messages are worth a row: called, urgent, a report, a question, a swindle, pending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.fraud import suspect
from handlers.intents.commands import read_command
from handlers.intents.plain import plain
from handlers.intents.questions import asks_something
from handlers.intents.read import read_plain
from handlers.intents.reading import Intent
from knowledge.community.ticket import URGENT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.community.places import ChatMode

SHORT = 60
"""Characters up to which the words of somebody with a pending matter count as a reply to it."""


def worth_storing(
    text: str,
    *,
    addressed: bool,
    names: Iterable[str],
    pending: bool,
    mode: ChatMode = "积极",
    has_images: bool = False,
) -> bool:
    """Whether a group message may ask something of the bot; False leaves no trace of it.

    Never False for what `consider` would act upon in a group of that mode.
    """
    if addressed or (has_images and not text.strip()) or (pending and len(text) <= SHORT):
        return True
    if any(name in text for name in names) or read_command(text) is not None:
        return True
    return _asks_for_something(plain(text), mode)


def _asks_for_something(said: str, mode: ChatMode) -> bool:
    reading = read_plain(said)
    if reading.intent is Intent.EMERGENCY:
        return True
    if mode != "积极":
        return mode == "仅@" and reading.lane in URGENT
    return reading.category is not None or asks_something(said) or suspect(said) is not None
