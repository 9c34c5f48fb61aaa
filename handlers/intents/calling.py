"""Our own name before or after what is said to us: 小助手，进度 · 完127 @小助手."""

from __future__ import annotations

import re
from functools import cache, lru_cache

IN_HAND = 256
"""Messages remembered: those of a batch are looked at before each has its turn."""
_PAUSE = r"[\s,，:：、。.!！?？~]"
_TO_US = r"(?=救命|着火|起火|帮|请|我(?!们?[说讲])|进度|任务|催|报|在[吗不]|你[是会能好]|能干|怎么用|真|闭嘴|别|讲个|[接完转]\d)"
"""小助手救命: what follows the name without a pause is said of us (小助手说错了), but for such words."""


@lru_cache(maxsize=IN_HAND)
def uncalled(text: str, names: tuple[str, ...]) -> str:
    """What is said besides calling us by one of `names`; the whole where the name is part of it.

    小助手说错了 and 小助手没回我 speak of us, 小助手，进度 and 小助手救命 to us.
    """
    before, after = _called(names)
    if found := before.match(text):
        return text[found.end() :]
    found = after.search(text)
    return text[: found.start()] if found and found.start() else text


@cache
def _called(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    name = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    greeted = rf"{_PAUSE}*(?:[你您]好|喂|嗨|哈[喽罗]|hi|hello)?{_PAUSE}*"
    named = rf"(?:@(?:{name}){_PAUSE}*|(?:{name})(?:{_PAUSE}+|{_TO_US}))"
    before = rf"{greeted}{named}(?=[^\s?？!！])"
    after = rf"(?:{_PAUSE}+@?|@)(?:{name}){_PAUSE}*$"
    return re.compile(before, re.IGNORECASE), re.compile(after)
