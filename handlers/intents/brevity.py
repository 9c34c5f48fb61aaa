"""Texts of few words: a greeting, a mere place, a bare plea, words that are all there is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.intents.questions import (
    asks_something,
    is_bare_plea,
    is_greeting,
    is_small_talk,
)
from handlers.intents.requests import is_nothing_to_do
from knowledge.community.places.addresses import addresses
from knowledge.community.places.folding import fold
from knowledge.community.words.wording import sign
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from handlers.intents.weighing import Found

FEW_WORDS = 9
"""Characters up to which a text has no sound of its own: its words are all there is."""
HINTED = 0.3
"""Share of a matter from which a few words of pleading are a plea to us."""
MENTIONED = 0.08
"""Share of a matter below which a few words that ask do not report what they name: 明天停水吗."""
_FEW = 4
"""Characters that must be left beside an address: 电梯坏了 tells something, 错了 does not."""
_POINTED = Expression("[这那]")
_FLOOR = re.compile(
    r"[我们住在就是,，]*[\d一二三四五六七八九十顶负]{1,3}[楼层](?:\d{3,4}[室房号]?)?的?(?:那个|那里|门口|楼梯口|走廊)?[,，的了呢啊]*"
)
"""A bare floor: it answers us, and asks for nothing."""
_SPOT = re.compile(
    "[,，]就?在[^,，。.!！?？;；]{1,12}(?:旁边?|[那这][里边]|边上|门口|路口|附近|对面|[前后上下里外]面|里)$"
)
"""Where it is, told last: 路灯坏了，在幼儿园旁边 says no more than 路灯坏了."""
_STRANGE = re.compile("[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]")
"""Letters from Greek to Khmer, kana and Hangul."""
_CHINESE = re.compile("(?![栋幢座单元楼层号室])[\u4e00-\u9fff]")


def is_short(text: str) -> bool:
    """Whether plain `text` has too few words to sound like anything."""
    return len(_SPOT.sub("", text)) < FEW_WORDS


def is_bare(text: str) -> bool:
    """Whether plain `text` is a greeting, thanks or a mere place."""
    here = _is_place(text) or _FLOOR.fullmatch(text) is not None
    return here or is_greeting(text) or is_small_talk(text)


def is_foreign(text: str) -> bool:
    """Whether plain `text` is in a script of which we know no word, but for an address."""
    return _STRANGE.search(text) is not None and _CHINESE.search(text) is None


def is_plain(text: str, found: Found, wanted: float) -> bool:
    """Whether plain `text` is little more than words that the lists know, a plea, or 那里不亮了.

    `wanted` is the share of a matter in it.
    """
    if len(_SPOT.sub("", text)) > FEW_WORDS or found.danger is not None:
        return False
    if found.request is not None or found.order is not None:
        told = wanted >= MENTIONED or not asks_something(text)
    else:
        told = (_pleads(text, wanted) or _points_at_defect(text)) and not asks_something(text)
    return told and not is_nothing_to_do(text)


def _pleads(text: str, wanted: float) -> bool:
    return wanted >= HINTED and (is_bare_plea(text) or sign("像是求人").search(text) is not None)


def _points_at_defect(text: str) -> bool:
    return _POINTED.search(text) is not None and sign("像是毛病").search(text) is not None


def without_places(text: str) -> str:
    """Plain `text` without its addresses: 3栋，他家姓王 tells no more than 他家姓王."""
    folded = fold(text)
    left, at = "", 0
    for one in addresses(folded.text):
        left, at = left + folded.text[at : one.start], one.end
    return left + folded.text[at:]


def _is_place(text: str) -> bool:
    """Whether hardly anything is left of plain `text` without its addresses: 3栋2单元，就是三楼302."""
    left = without_places(text)
    bare = len(left) < _FEW or _FLOOR.fullmatch(left) is not None
    return bare and len(left) < len(fold(text).text)
