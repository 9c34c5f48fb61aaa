"""House numbers in folded text: `3栋2单元5层502`, `3-2`, `2单元`, `3号502`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.places.namings import HOUSE_WORDS
from knowledge.community.places.numerals import canonical
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = r"(?:[\s,，、的.·/-]{0,2}|的?那[个边]的?)"
_NOT_A_DOOR = r"(?![\d元块天人度次年月度点:.路])"
_DETAIL = (
    rf"(?:{_GAP}\d{{1,2}}层)?"
    rf"(?:{_GAP}\d{{3,4}}(?:[室房户]|号(?!楼))?{_NOT_A_DOOR})?"
)
_SPOKEN = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_LETTER = "[A-Z甲乙丙丁戊东南西北中左右]"
_DOOR = r"门(?![口卫岗禁铃锁面牌诊票牌店])"
_STAIR = r"梯(?![级形田队子井]|\d{1,2}户)"
_UNIT = (
    rf"(?:\d{{1,3}}|{_LETTER})(?=单元)"
    rf"|{_SPOKEN}(?={_DOOR})|(?:{_SPOKEN}|{_LETTER})(?={_STAIR})"
    r"|\d{1,2}(?=-\d{3,4}(?!\d))"
)
_BARE = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?=$|[\s,，。.!！?？])"
_LIST = rf"(?:{_SPOKEN}[、,，~到至和跟与-]){{1,4}}"
_UNITS = rf"(?:{_SPOKEN}[门梯]?[、,，~到至和跟与-]){{1,4}}"
_MEASURE = r"(?!\s?(?:[天个人户名位点月日号时分元块次岁年周层比胜输赢斤米度]|小时|公斤))"

_TURNED = (
    rf"(?P<up>\d{{1,3}}|{_LETTER})单元的?(?P<of>[0-9A-Z甲乙丙丁戊]{{1,5}})栋(?!{_GAP}\d{{1,3}}单元)"
)
"""The unit before its building: 2单元3栋."""
_HOUSE = (
    r"(?<![\d/A-Z月甲乙丙丁-])(?<!月份)(?<!\d[.:：])"
    rf"(?P<house>\d{{1,4}})(?:(?P<word>号?宿?(?:{'|'.join(HOUSE_WORDS[1:])}))|号)(?!\d?[码线机型令])"
    rf"(?:[\s-]?(?P<room>{_SPOKEN})(?:单元|门|(?(word)号|(?!))))?(?P<within>{_DETAIL})"
)
"""A house with another word than 栋: 3号502, 5排7号, 2舍."""

_ADDRESS = Expression(
    rf"{_TURNED}|(?:(?<![\d/A-Z])(?<!\d[.:：])(?P<list>{_LIST}))?"
    r"(?P<building>[0-9A-Z甲乙丙丁戊]{1,5})(?P<form>[栋座])(?:楼(?![道梯上下]))?"
    rf"(?:{_GAP}(?P<units>{_UNITS})?(?P<unit>{_UNIT})(?:单元|门|(?P<by>梯))?|(?P<bare>{_BARE}))?"
    rf"(?P<detail>{_DETAIL})"
    rf"|(?<![\d/A-Z周期第-])(?<!\d[.:：])(?P<first>{_SPOKEN}|[A-Z]\d{{0,3}})-(?:(?P<door>\d{{3,4}})|(?P<second>{_SPOKEN})"
    rf"(?:单元)?(?P<more>-\d{{3,4}}|-\d{{1,2}}-\d{{1,2}}|{_DETAIL}))(?![\d栋:：/.%-]){_MEASURE}"
    rf"|(?P<alone>\d{{1,3}}|{_LETTER})单元(?P<inside>{_DETAIL})"
    rf"|{_HOUSE}"
    rf"|(?<![\d号第])(?P<stair>{_SPOKEN}|[A-Z])(?P<how>{_DOOR}|{_STAIR})(?P<beyond>{_DETAIL})"
)

_AND = r"[和跟与同到至、,，]?\s?"
_SIGN = re.compile(f"[栋座元门梯-]|{'|'.join(HOUSE_WORDS)}")
"""Every house number has one of these: most texts have none, and are soon done with."""
_LIVED_IN = Expression(
    rf"(?:的|那里|那边|这边|家)?[。.!！]?$|{_AND}\d{{1,3}}号"
    r"|\s?的?(?:门(?![岗卫])|屋|房|院|[底顶]楼|底层|车库|楼[上下道顶]|[前后]|[东南西北](?:屋|厢|边)|旁边|隔壁|对面|里|之间|地下|阳台|天台|花园|围墙"
    r"|[门铺店]面|铺|塔|公寓|宿舍|漏[水雨电气]|渗水|[着起]火|冒烟|积水)"
)
"""What may come after the number of a house, and hardly after a day."""
_BEFORE_IT = Expression(rf"\d号{_AND}$")
"""Another house before this one: 3号到5号."""


@dataclass(frozen=True, slots=True)
class Address:
    """Numbers found at [start, named) of folded text; floor and door reach on to `end`.

    `also` is the first building of a list (3、4栋). `loose` marks a unit without its word
    (3栋2): believed only if it exists; a house of which nothing is told (5号) may be a day.
    `form` is 栋, 座, - (3-2: believed only if it exists), 单元 (no building named), or the word of
    another house (号, 排, 舍). `by` is the word of a unit that is no 单元: 门, 梯.
    """

    start: int
    named: int
    end: int
    building: str | None
    unit: str | None
    form: str
    also: str | None = None
    loose: bool = False
    by: str = ""


def addresses(text: str) -> Iterator[Address]:
    """House numbers from left to right."""
    for match in _ADDRESS.finditer(text) if _SIGN.search(text) else ():
        yield _READERS[next(part for part in _READERS if match[part])](match)


def _full(match: re.Match[str]) -> Address:
    listed = re.match(_SPOKEN, match["list"] or "")
    written = match["unit"] or match["bare"] or ""
    return Address(
        match.start(),
        match.start("detail"),
        match.end(),
        match["building"],
        None if match["units"] else canonical(written),
        match["form"],
        also=canonical(listed[0]) if listed else None,
        loose=(match["bare"] or match["by"]) is not None,
        by=match["by"] or "",
    )


def _alone(match: re.Match[str]) -> Address:
    return Address(match.start(), match.start("inside"), match.end(), None, match["alone"], "单元")


def _turned(match: re.Match[str]) -> Address:
    return Address(match.start(), match.end(), match.end(), match["of"], match["up"], "栋")


def _stairs(match: re.Match[str]) -> Address:
    start, named, end = match.start(), match.start("beyond"), match.end()
    by = match["how"]
    return Address(start, named, end, None, canonical(match["stair"]), "单元", by=by)


def _house(match: re.Match[str]) -> Address:
    named, end, text = match.start("within"), match.end(), match.string
    word = (match["word"] or "").removeprefix("号").removeprefix("宿") or "号"
    lived = match["room"] or end > named or word != "号" or _LIVED_IN.match(text, end)
    listed = _BEFORE_IT.search(text, max(0, match.start() - 5), match.start())
    number, room = canonical(match["house"]), canonical(match["room"] or "")
    return Address(match.start(), named, end, number, room, word, loose=not (lived or listed))


def _dashed(match: re.Match[str]) -> Address:
    first, second = canonical(match["first"]), canonical(match["second"] or "")
    named = match.start("more") if match["second"] else match.end("first")
    return Address(match.start(), named, match.end(), first, second, "-")


_READERS = {
    "up": _turned,
    "building": _full,
    "alone": _alone,
    "first": _dashed,
    "house": _house,
    "stair": _stairs,
}
"""What reads each form of a house number, by the group that only this form fills."""
