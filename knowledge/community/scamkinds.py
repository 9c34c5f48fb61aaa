"""Which kind of swindle words tell of, and whether somebody has done already what it wants."""

from __future__ import annotations

import re
from functools import cache

from knowledge.community.wording import either, read_list, sign, wordings

DONE = "已经照做"


def kind_of(text: str) -> str:
    """Return the kind of swindle that plain `text` tells of, as the police call it; "" if unclear."""
    return next((kind for kind, pattern in _kinds() if pattern.search(text)), "")


def has_shared_screen(text: str) -> bool:
    """Whether somebody says in plain `text` that the other side has seen their screen."""
    return sign(DONE, "scamkinds").search(text) is not None


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (block.title, re.compile(either(wordings(block, "说法"))))
        for block in read_list("scamkinds")
        if block.title != DONE
    )
