"""A message in the plain words that the lists are written in."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from handlers.intents.hearing import hear
from knowledge.community.words.wording import entry, read_list, wordings
from knowledge.faq.script import to_simplified

LONGEST = 600
"""Characters that are read; what matters stands in them."""

IN_HAND = 256
"""Messages remembered: those of a batch are looked at before each has its turn."""

_HIDDEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\x00-\x08\x0b-\x1f\x7f]"
)
_CALLED = re.compile(r"@[\w·]{1,16}[\s,:]?")
_SPACE = re.compile(r"\s(?:(?<![a-z0-9]\s)\s*|\s*(?![a-z0-9]))")
_DRAWN_OUT = re.compile(r"([^\W\d])\1{2,}|([!?。,.;~])\2+")
_PICTURE = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf]+")
_NAMED = re.compile(r"\[([^\[\]]{1,4})\]")


@lru_cache(maxsize=IN_HAND)
def plain(text: str) -> str:
    """The message in simplified, lower-case, half-width words; dialect and slips put right.

    Clauses stay parted: blanks between Chinese words become commas.
    """
    text = unicodedata.normalize("NFKC", _HIDDEN.sub("", text[: LONGEST * 2]))[:LONGEST]
    text = _PICTURE.sub(",", _CALLED.sub("", to_simplified(text).lower()))
    text = _NAMED.sub(lambda found: "," if found[1] in _emoji() else found[0], text).strip()
    text = _DRAWN_OUT.sub(r"\1\1\2", _SPACE.sub(",", text))
    heard = _heard()
    text = hear(_slips().sub(lambda found: heard[found[0]], text))
    return _politeness().sub("", text).strip(" ,")


@cache
def _emoji() -> frozenset[str]:
    """The names that WeChat writes between brackets; what else stands there was typed."""
    return frozenset(wordings(entry("speech", "微信表情"), "名字"))


@cache
def _heard() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for block in read_list("speech"):
        for line in wordings(block, "听成"):
            said, _, meant = line.partition("=")
            pairs |= {each.strip(): meant.strip() for each in said.split("/") if each.strip()}
    return pairs


@cache
def _slips() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _heard()), key=len, reverse=True)))


@cache
def _politeness() -> re.Pattern[str]:
    words = [word for block in read_list("speech") for word in wordings(block, "去掉")]
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))
