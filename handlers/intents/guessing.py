"""What somebody probably wants where no list knows the words: by leaning, defect and plea."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.intents.emergencies import CRY, is_unreal_or_over
from handlers.intents.matter import matter_of
from handlers.intents.questions import asks_something, is_greeting, is_small_talk
from handlers.intents.reading import Intent, Reading
from handlers.intents.requests import calls_on_office, is_nothing_to_do, lane_of
from handlers.intents.subject import likeliest
from knowledge.community.categories import Mention, category
from knowledge.community.leanings import leaning
from knowledge.community.ticket import URGENT
from knowledge.community.wording import sign

if TYPE_CHECKING:
    from knowledge.community.categories import Category

DANGER_CALLED, DANGER_ASKED, DANGER_HERE, DANGER_SOMEWHERE, DANGER_BESIDE = 0.55, 0.8, 0.7, 0.8, 0.7
REQUEST, REQUEST_ASKED, REQUEST_CLEAR = 0.35, 0.65, 0.8
REQUEST_OVERHEARD, REQUEST_UNSIGNED, REQUEST_PLEADED, REQUEST_SEEN = 0.72, 0.85, 0.5, 0.55
SWINDLE, SWINDLE_BESIDE, DANGER_FAINT = 0.46, 0.6, 0.2
"""Shares from which a leaning counts; chosen by cross-validation on our own sentences.

HERE, SOMEWHERE: danger said to nobody, by words that tell where or when, or do not; BESIDE: danger in words that
the lists take for a mere report; ASKED: a request although it asks; CLEAR: no answer is looked up for it;
UNSIGNED: a request said to nobody, without any word of asking or breaking; PLEADED: one that calls upon the office;
SEEN: a defect and where it is.
"""
_REIMBURSED = re.compile("能不能报|能报|报销|报多少|报好多|怎么报")
"""Who pays a hospital's bill asks about insurance, whatever sum the doctor has named."""
_FEW, _OVERHEARD_FEW, _TOLD = 4, 8, 8
"""Characters below which a text leans nowhere, where nobody called us, and tells of no swindle."""
_DREADED = frozenset(
    "火烟烧炸爆血倒晕昏救命跳刀打砍掉摔跌淹溺触电麻漏气困卡夹喘吐抽死伤断压砸撞吸抖僵粘埋失踪哭喊吊丢扔甩咬见找坐站爬"
)
"""Without any of these nobody tells of danger: the gate passes chatter over quickly."""
_MEASURED = re.compile("血[压糖脂型]")
"""What is said of blood without any danger."""


def guess(text: str) -> Reading | None:
    """What plain `text`, said to us, asks to be seen to, or None; `asks` lets the FAQ go first."""
    if is_greeting(text) or is_small_talk(text):
        return None
    share = DANGER_ASKED if asks_something(text) else DANGER_CALLED
    return _guess_danger(text, share) or _guess_request(text)


def overhear(text: str) -> Reading | None:
    """Danger or a request that plain `text`, said to nobody, leans to, else None."""
    if len(text) < _OVERHEARD_FEW:
        return None
    asks = asks_something(text)
    danger = None if asks else _guess_danger(text, _bar_of_danger(text))
    if danger is not None or leaning(text).request < _bar_of_request(text):
        return danger
    if (asks and sign("邻里闲聊").search(text)) or _is_no_request(text):
        return None
    found = _request(text, text)
    rash = leaning(text).request < REQUEST_OVERHEARD and not sign("求到门上").search(text)
    return None if found is not None and found.lane in URGENT and rash else found


def _bar_of_danger(text: str) -> float:
    told = any(sign(name).search(text) for name in ("现在", "本人在场", "在这里"))
    return DANGER_HERE if told else DANGER_SOMEWHERE


def _bar_of_request(text: str) -> float:
    if sign("求到门上").search(text):
        return REQUEST_PLEADED
    here = sign("在这里").search(text) is not None
    if here and sign("像是毛病").search(text):
        return REQUEST_SEEN
    return REQUEST_OVERHEARD if here or sign("像是有事").search(text) else REQUEST_UNSIGNED


def graver(text: str) -> Reading | None:
    """Danger in plain `text` that the lists take for a mere report, else None."""
    return None if asks_something(text) else _guess_danger(text, DANGER_BESIDE)


def _guess_danger(text: str, share: float) -> Reading | None:
    kept = category(CRY)
    if kept is None or len(text) < _FEW or _DREADED.isdisjoint(_MEASURED.sub("", text)):
        return None
    if leaning(text).danger < share or is_unreal_or_over(text):
        return None
    return _reading(Intent.EMERGENCY, "像是有危险", kept, text, text)


def leans_to_swindle(text: str) -> bool:
    """Whether plain `text` leans to a swindle and names something that swindlers are after."""
    if len(text) < _TOLD or sign("骗子所图").search(text) is None:
        return False
    if _REIMBURSED.search(text) and asks_something(text):
        return False
    return leaning(text).swindle >= SWINDLE


def is_rather_swindle(text: str) -> bool:
    """Whether plain `text` tells of a swindle in words that the lists take for something else."""
    lean = leaning(text)
    return lean.swindle >= SWINDLE_BESIDE and lean.danger < DANGER_FAINT


def _guess_request(text: str) -> Reading | None:
    """A defect told without asking, or a plea to see to something; never what asks for a rule."""
    if _is_no_request(text):
        return None
    found = _plea_or_defect(text)
    if found is not None:
        return _request(text, found[0])
    if len(text) < _FEW or leaning(text).request < (
        REQUEST_ASKED if asks_something(text) else REQUEST
    ):
        return None
    return _request(text, text)


def _is_no_request(text: str) -> bool:
    """Whether plain `text` is settled, elsewhere or unreal, or asks for a rule or what no neighbour does."""
    rules = ("谈待遇",) if calls_on_office(text) else ("政策词", "谈待遇", "问政策", "帮不了的")
    return is_nothing_to_do(text) or any(sign(name).search(text) for name in rules)


def _request(text: str, words: str) -> Reading | None:
    found = likeliest(text)
    if found is None:
        return None
    intent = Intent.SERVICE if found.is_service else Intent.REPORT
    return _reading(intent, f"像是有事要管：{words}", found, words, text)


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
        lane=lane_of(kept, text),
        matter=matter_of(mention, text),
        asks=asks_something(text) and leaning(text).request < REQUEST_CLEAR,
    )
