"""House numbers in folded text: `3栋2单元5层502`, `3-2`, `2单元`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.numerals import canonical
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = r"[\s,，、的.·/-]{0,2}"
_NOT_A_DOOR = r"(?![\d元块天人度次年月度点:.])"
_DETAIL = (
    rf"(?:{_GAP}\d{{1,2}}层)?"
    rf"(?:{_GAP}\d{{3,4}}(?:[室房户]|号(?!楼))?{_NOT_A_DOOR})?"
)
_SPOKEN = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_LETTER = "[A-Z甲乙丙丁戊东南西北中左右]"
_UNIT = (
    rf"(?:\d{{1,3}}|{_LETTER})(?=单元)"
    rf"|{_SPOKEN}(?=门(?![口卫岗禁铃锁面牌]))"
    r"|\d{1,2}(?=-\d{3,4}(?!\d))"
)
_BARE = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?=$|[\s,，。.!！?？])"
_LIST = rf"(?:{_SPOKEN}[、,，~到至和跟与-]){{1,4}}"
_MEASURE = r"(?!\s?(?:[天个人户名位点月日号时分元块次岁年周层比胜输赢斤米度]|小时|公斤))"

_TURNED = (
    rf"(?P<up>\d{{1,3}}|{_LETTER})单元的?(?P<of>[0-9A-Z甲乙丙丁戊]{{1,5}})栋(?!{_GAP}\d{{1,3}}单元)"
)
"""The unit before its building: 2单元3栋."""

_ADDRESS = Expression(
    rf"{_TURNED}|(?:(?<![\d/A-Z])(?<!\d[.:：])(?P<list>{_LIST}))?"
    r"(?P<building>[0-9A-Z甲乙丙丁戊]{1,5})(?P<form>[栋座])(?:楼(?![道梯上下]))?"
    rf"(?:{_GAP}(?P<units>{_LIST})?(?P<unit>{_UNIT})(?:单元|门)?|(?P<bare>{_BARE}))?"
    rf"(?P<detail>{_DETAIL})"
    rf"|(?<![\d/A-Z周期第-])(?<!\d[.:：])(?P<first>{_SPOKEN})-(?:(?P<door>\d{{3,4}})|(?P<second>{_SPOKEN})"
    rf"(?:单元)?(?P<more>-\d{{3,4}}|{_DETAIL}))(?![\d栋:：/.%-]){_MEASURE}"
    rf"|(?P<alone>\d{{1,3}}|{_LETTER})单元(?P<inside>{_DETAIL})"
)

_SIGN = re.compile("[栋座元-]")
"""Every house number has one of these: most texts have none, and are soon done with."""


@dataclass(frozen=True, slots=True)
class Address:
    """Numbers found at [start, named) of folded text; floor and door reach on to `end`.

    `also` is the first building of a list (3、4栋). `loose` marks a unit without its word
    (3栋2): believed only if it exists. `form` is 栋, 座, - (3-2: believed only if it exists)
    or 单元 (no building named).
    """

    start: int
    named: int
    end: int
    building: str | None
    unit: str | None
    form: str
    also: str | None = None
    loose: bool = False


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
        loose=match["bare"] is not None,
    )


def _alone(match: re.Match[str]) -> Address:
    return Address(match.start(), match.start("inside"), match.end(), None, match["alone"], "单元")


def _turned(match: re.Match[str]) -> Address:
    return Address(match.start(), match.end(), match.end(), match["of"], match["up"], "栋")


def _dashed(match: re.Match[str]) -> Address:
    first, second = canonical(match["first"]), canonical(match["second"] or "")
    named = match.start("more") if match["second"] else match.end("first")
    return Address(match.start(), named, match.end(), first, second, "-")


_READERS = {"up": _turned, "building": _full, "alone": _alone, "first": _dashed}
"""What reads each form of a house number, by the group that only this form fills."""
