"""“你说的不对”: whether words say that an answer of ours is wrong, and what is right instead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.intents.intent import Intent
from handlers.intents.plain import plain
from handlers.intents.questions import asks_something
from handlers.intents.read import read_plain
from knowledge.community.words.wording import sign

_CALL = re.compile(r"^\s*@\S+\s+")
_HINTS = re.compile(
    "不[对對是在办辦收要准準一]|[错錯误誤旧舊变變搬换換涨漲乱亂瞎胡改]"
    "|[过過][时時]|老的|老[黄黃]|[问問][题題]|出入|取消|[没沒][说說]|降到"
)
"""Without any of these nobody objects: most words are passed over quickly."""
_EDGES = " ,，。.！!？?~、：:;；吧啊呀的了哦嘞"


@dataclass(frozen=True, slots=True)
class Objection:
    """What is said to be right instead; `outright` = the words alone say that we were wrong."""

    words: str
    outright: bool


def read_objection(text: str) -> Objection | None:
    """Return what a text objects to an answer; None for any other text.

    Outright: 你说的不对, 地址写错了. Else it only follows from the talk: 不对, 现在搬到三楼了.
    """
    if _HINTS.search(text) is None:
        return None
    said = plain(text)
    found = sign("说错了").search(said)
    if found is not None:
        return Objection(_rest(text), outright=True)
    if sign("不对").search(said) is None or asks_something(said):
        return None
    if read_plain(said).intent not in (Intent.CHATTER, Intent.QUESTION):
        return None
    return Objection(_rest(text), outright=False)


def _rest(text: str) -> str:
    """Return the words behind those that object; where there are none, all of them."""
    whole = " ".join(_CALL.sub("", text).split())
    for title in ("说错了", "不对"):
        found = None
        for one in sign(title).finditer(whole):
            found = one
        rest = whole[found.end() :].strip(_EDGES) if found else ""
        if len(rest) > 1:
            return rest
    return whole
