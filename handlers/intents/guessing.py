"""What somebody probably wants where no list knows the words: by leaning, defect and plea."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.intents.emergencies import CRY, is_unreal_or_over
from handlers.intents.matter import matter_of
from handlers.intents.questions import asks_something, is_greeting, is_small_talk
from handlers.intents.reading import Intent, Reading
from handlers.intents.requests import is_nothing_to_do
from knowledge.community.categories import Mention, category
from knowledge.community.leanings import model
from knowledge.community.wording import sign

if TYPE_CHECKING:
    import re

    from knowledge.community.categories import Category

DANGER_CALLED, DANGER_ASKED, DANGER_OVERHEARD = 0.7, 0.85, 0.8
REQUEST, SWINDLE = 0.4, 0.55
"""Shares from which a leaning counts; chosen on our own sentences."""
_ANYTHING = "other-repair"
_FEW, _OVERHEARD_FEW = 4, 8
"""Characters below which a text leans nowhere, and where nobody called us."""
_DREADED = frozenset(
    "火烟烧炸爆血倒晕昏救命跳刀打砍掉摔跌淹溺触漏气困卡夹喘吐抽死伤断压撞埋失踪哭喊吊丢见找"
)
"""Without any of these nobody tells of danger: the gate passes chatter over quickly."""


def guess(text: str) -> Reading | None:
    """What plain `text`, said to us, asks to be seen to, or None; `asks` lets the FAQ go first."""
    if is_greeting(text) or is_small_talk(text):
        return None
    share = DANGER_ASKED if asks_something(text) else DANGER_CALLED
    return _guess_danger(text, share) or _guess_request(text)


def overhear(text: str) -> Reading | None:
    """Danger that plain `text`, said to nobody, leans to; told and not asked, else None."""
    if len(text) < _OVERHEARD_FEW or asks_something(text):
        return None
    return _guess_danger(text, DANGER_OVERHEARD)


def _guess_danger(text: str, share: float) -> Reading | None:
    kept = category(CRY)
    if kept is None or len(text) < _FEW or _DREADED.isdisjoint(text):
        return None
    if model().lean(text).danger < share or is_unreal_or_over(text):
        return None
    return _reading(Intent.EMERGENCY, "像是有危险", kept, text, text)


def leans_to_swindle(text: str) -> bool:
    """Whether plain `text` leans to a swindle."""
    return len(text) >= _FEW and model().lean(text).swindle >= SWINDLE


def _guess_request(text: str) -> Reading | None:
    """A defect told without asking, or a plea to see to something; never what asks for a rule."""
    kept = category(_ANYTHING)
    if kept is None or is_nothing_to_do(text):
        return None
    if any(sign(name).search(text) for name in ("政策词", "谈待遇", "问政策")):
        return None
    found = _plea_or_defect(text)
    if found is not None:
        return _reading(Intent.REPORT, f"像是有事要管：{found[0]}", kept, found[0], text)
    if len(text) < _FEW or asks_something(text) or model().lean(text).request < REQUEST:
        return None
    return _reading(Intent.REPORT, "像是有事要管", kept, text, text)


def _plea_or_defect(text: str) -> re.Match[str] | None:
    plea = sign("像是求人").search(text)
    return plea or (None if asks_something(text) else sign("像是毛病").search(text))


def _reading(intent: Intent, why: str, kept: Category, words: str, text: str) -> Reading:
    start = text.find(words)
    mention = Mention(kept, start, start + len(words), "", "", words)
    return Reading(
        intent,
        why,
        category=kept,
        kind=kept.kind,
        lane=kept.lane,
        matter=matter_of(mention, text),
        asks=intent is Intent.REPORT,
    )
