"""House numbers in folded text: `3栋2单元5层502`, `3-2`, `2单元`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.community.numerals import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = r"[\s,，、的.·/-]{0,2}"
_NOT_A_DOOR = r"(?![\d元块天人度次年月度点:.])"
_DETAIL = (
    rf"(?:{_GAP}\d{{1,2}}层)?"
    rf"(?:{_GAP}\d{{3,4}}(?:[室房户]|号(?!楼))?{_NOT_A_DOOR})?"
)
_UNIT = (
    r"(?:\d{1,3}|[A-Z]|[东南西北中左右])(?=单元)|\d{1,2}(?=门(?![口卫岗禁铃锁面牌])|-\d{3,4}(?!\d))"
)
_MEASURE = r"(?!\s?(?:[天个人点月日号时分元块次岁年周层比胜输赢斤米度]|小时|公斤))"
_SPOKEN = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"

_ADDRESS = re.compile(
    rf"(?P<building>[0-9A-Z甲乙丙丁戊]{{1,5}})(?P<marker>[栋座])(?:楼(?![道梯上下]))?"
    rf"(?:{_GAP}(?P<unit>{_UNIT})(?:单元|门)?)?(?P<detail>{_DETAIL})"
    rf"|(?<![\d.:：/A-Z周期第-])(?P<first>{_SPOKEN})-(?:(?P<door>\d{{3,4}})|(?P<second>{_SPOKEN})"
    rf"(?:单元)?(?P<more>-\d{{3,4}}|{_DETAIL}))(?![\d:：/.%-]){_MEASURE}"
    rf"|(?P<alone>\d{{1,3}}|[A-Z])单元(?P<inside>{_DETAIL})"
)


@dataclass(frozen=True, slots=True)
class Address:
    """Numbers found at [start, named) of folded text; floor and door reach on to `end`."""

    start: int
    named: int
    end: int
    building: str | None
    unit: str | None
    form: str
    """`栋`, `座`, `-` (3-2: only believed when it exists) or `单元` (no building named)."""


def addresses(text: str) -> Iterator[Address]:
    """House numbers from left to right."""
    return (_address(match) for match in _ADDRESS.finditer(text))


def _address(match: re.Match[str]) -> Address:
    if match["building"]:
        named = match.start("detail")
        return Address(
            match.start(), named, match.end(), match["building"], match["unit"], match["marker"]
        )
    if match["alone"]:
        named = match.start("inside")
        return Address(match.start(), named, match.end(), None, match["alone"], "单元")
    return _dashed(match)


def _dashed(match: re.Match[str]) -> Address:
    first, second = canonical(match["first"]), canonical(match["second"] or "")
    named = match.start("more") if match["second"] else match.end("first")
    return Address(match.start(), named, match.end(), first, second, "-")
