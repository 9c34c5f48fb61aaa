"""Which of several places that a text names is the one where the matter lies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.community.locating.placesearch import Find
from knowledge.community.places.spots import PERCEIVED, SHARED
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from knowledge.community.hood.neighbourhood import Neighbourhood

_ELSE = Expression(
    r"(?:[我俺](?:就|是|家)*(?:住在?|是|在|家)|本人(?:家?住)?在?"
    r"|(?:上次|上回|之前|以前|去年)(?:[报说修]的?)?是?|[修换弄搞](?:好|完)?了)$"
)
"""Before a place: the speaker lives there, or it was its turn another time."""
_FROM = 8
"""Characters before a place in which its reader tells what it is to the matter."""
_SPARED = Expression(
    r"(?:的|那边|这边|灯|电梯)*(?:还|都|倒|是|也|早就|已经|昨天|上次)*"
    r"(?:有[水电气](?=$|[,，。；;！!、\s\d了的啊呀呢吗但而就])|没事|没问题|正常|好的|修好|好了|通了|来[水电气]|冇事|不停)"
)
_THERE = r"(?:了|有|对面|旁边|那边|隔壁|后面|的|是|那)*"
_ASIDE = Expression(
    rf".{{0,8}}{PERCEIVED}{_THERE}"
    rf"|[^，,。；;！!\s]{{0,8}}(?:说|讲|反映|反应|报告?){_THERE}"
    rf"|的?(?:人|老人|老头|老太|娭毑|爹爹|孩子|小孩|阿姨|业主|住户|居民|租客|狗|车)[^，,。；;！!\s]{{0,8}}(?:在|到|往|去){_THERE}"
    r"|的?(?:对面|旁边|隔壁|后面|前面|边上)的?那?个?"
)
"""Between two places: the first is where somebody stands or comes from, or what the other is beside."""
_SPAN = Expression(rf"(?:{SHARED.pattern})(?:口|那里|那边|这边)?(?:一直)?(?:到|至|和|跟)$")
_JOINED = Expression(
    r"(?:门口|楼下|[前后]面|旁边|[那这]边)(?:和|跟|与|及|、|还有|以及)|\s*(?:和|跟|与|及|、|到|至|,|，|还有|以及)?\s*"
)
_EITHER = Expression(r"\s*(?:还是|或者?|或是|要么)\s*")


def choose(text: str, finds: list[Find], hood: Neighbourhood) -> Find:
    """One of several finds in folded text: not where the speaker lives or stands, what they share, the finest."""
    told = [
        find for number, find in enumerate(finds) if not _is_aside(text, finds, number)
    ] or finds
    first = next((find for find in told if find.place or find.many), told[0])
    for later in told[told.index(first) + 1 :]:
        between = text[first.end : later.start]
        shared = hood.common(first.place, later.place)
        if hood.within(later.place, first.place):
            first = later
        elif held := [place for place in first.many if hood.within(place, later.place)]:
            first = replace(first, place=held[0], many=()) if len(held) == 1 else later
        elif shared and _JOINED.fullmatch(between):
            return Find(shared, first.start, later.end, later.end)
        elif shared and _EITHER.fullmatch(between):
            many = tuple(place for place in (first.place, later.place) if place)
            return Find(shared, first.start, later.end, later.end, many)
    if first.place and _SPAN.search(text, 0, first.start):
        estate = hood.estate(first.place)
        return replace(first, place=estate.id) if estate else first
    return first


def _is_aside(text: str, finds: list[Find], number: int) -> bool:
    """Whether the text only comes by this place on its way to another one."""
    find = finds[number]
    if _ELSE.search(text, max(0, find.start - _FROM), find.start):
        return True
    if _SPARED.match(text, find.end):
        return True
    after = finds[number + 1] if number + 1 < len(finds) else None
    return after is not None and _ASIDE.fullmatch(text, find.end, after.start) is not None
