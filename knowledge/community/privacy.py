"""Masking: what may be seen of a person in a group, a log or an export.

Pure and linear in the length of the text. The rules are those of research on trust (§4):
mobile 138****5678, ID number first 3 and last 2, bank card last 4, place to the unit.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.files.expression import Expression

if TYPE_CHECKING:
    import re

DIGITS = r"[0-9０-９]"
GAP = r"[ \-－　·.]?"
HAN = "零〇一二三四五六七八九"
HAN_DIGITS = {han: str(value) for value, han in enumerate("零一二三四五六七八九")} | {"〇": "0"}

IN_HAND = 256
"""Texts remembered: the same answer goes to many groups, and a matter is told of again and again."""

MOBILE_LENGTH = 11
ID_LENGTHS = (15, 18)
CARD_LENGTH = 16
"""Digits of the shortest bank card that is hidden (research on trust, §4)."""

_FLAT = (
    rf"(?:{DIGITS}{{3,4}}|[{HAN}]{{3,4}}|[{HAN}]百零?[{HAN}十]{{1,3}})(?!{DIGITS}|[{HAN}十百千万])"
)
"""The number of a flat in digits or as it is spoken: 501, 五零一, 五百零一."""
HIDDEN_DOOR = "（门牌已隐去）"

_MOBILE = Expression(
    rf"(?<![0-9０-９])(?:[+＋]?[8８][6６]{GAP})?[1１]{GAP}[3-9３-９](?:{GAP}{DIGITS}){{9}}(?!{DIGITS})"
)
_RUN = Expression(rf"(?<![0-9０-９A-Za-z_])(?:{DIGITS}{GAP}){{10,}}[0-9０-９Xx]")
_HAN_RUN = Expression(rf"[{HAN}](?:[ \-]?[{HAN}]){{10,}}")
_DOOR = Expression(
    rf"((?:{DIGITS}{{1,3}}|[{HAN}十]{{1,3}})(?:单元|栋|幢|号楼|座))"
    rf"[ ,，]?(?:(?:{DIGITS}{{1,2}}|[{HAN}十]{{1,3}})(?:楼|层)[ ]?)?{_FLAT}(?:室|号|房)?"
    rf"(?!{DIGITS}|[ ]?(?:年|元|块|米|天|户|单元|月份|[栋幢层]|楼(?![上下道梯顶])))"
)
_ROOM = Expression(rf"(?<!{DIGITS})(?<![{HAN}]){_FLAT}(?:室|房(?![子间产东租价]))")
_BARE_DOOR = Expression(
    rf"(?:(?<![大国人专])家|住|屋)(?:里|在|是)?[ ]?(?P<at>[1-9１-９]{DIGITS}{{2,3}})"
    rf"(?!{DIGITS}|[\-－.·]{DIGITS}|[ ]?[年元块米天户人个平万分度路次斤家号公岁])"
    rf"|(?<![0-9０-９\-－.·A-Za-z])(?P<of>[1-9１-９]{DIGITS}{{2,3}})[ ]?"
    r"(?=的?(?:开门|敲门|没人在|没有人在|漏水|跳闸|门口|对门|楼上|楼下|隔壁|客厅|厨房|厕所|卫生间|阳台"
    r"|门铃|门锁|业主|住户|租户|租客|邻居|老人|那户|那家|这家|他家|她家|家里))"
    # a number made like a door (floor, then 01-09) is one close before what is done at a door;
    # our own ticket numbers stand apart: `1203 还没人接单`
    r"|(?<![0-9０-９\-－.·A-Za-z第])(?P<like>(?:[1-9１-９]|[1-3１-３][0-9０-９])[0０][1-9１-９])"
    r"(?=的?(?:换好|换了|修好|修了|还是|还在|还没|又|没好|没修|装好|弄好|搞好|通了|灯|水管|水龙头|没电|没水|不亮"
    r"|停电|停水|也一样|这边|那边))"
)
_DASHED = Expression(
    rf"(?<![0-9０-９\-－])({DIGITS}{{1,3}}[\-－]{DIGITS}{{1,2}})[\-－]{DIGITS}{{3,4}}(?![0-9０-９\-－])"
)
_EMAIL = Expression(r"(?<![\w.+-])([\w.+-])[\w.+-]{0,63}@((?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,10})")
_PLATE = Expression(
    r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z])[·. ]?"
    r"(?=[A-Z0-9]{0,5}[0-9])[A-Z0-9]{3,4}([A-Z0-9]{2})(?![A-Z0-9])"
)

PATTERNS = (_MOBILE, _RUN, _HAN_RUN, _DASHED, _DOOR, _ROOM, _BARE_DOOR, _EMAIL, _PLATE)
_NEEDED = Expression(rf"[0-9０-９{HAN}@]")
"""Each of them has a digit, a spoken one or an @: most titles of matters have none."""


@lru_cache(maxsize=IN_HAND)
def mask(text: str, public: frozenset[str] = frozenset()) -> str:
    """Return the text with phones, ID and card numbers, doors, mail addresses and plates hidden.

    `public` = mobile numbers, as `mobiles` gives them, that are meant for everybody.
    """
    if _NEEDED.search(text) is None:
        return text
    text = _MOBILE.sub(lambda found: _mask_mobile(found, public), text)
    text = _RUN.sub(_mask_run, text)
    text = _HAN_RUN.sub(_mask_han_run, text)
    text = _DASHED.sub(r"\1", text)
    text = _DOOR.sub(r"\1", text)
    text = _ROOM.sub(HIDDEN_DOOR, text)
    text = _BARE_DOOR.sub(_mask_bare_door, text)
    text = _EMAIL.sub(r"\1***@\2", text)
    return _PLATE.sub(r"\1***\2", text)


def mobiles(text: str) -> frozenset[str]:
    """The mobile numbers that stand in the text, each as its eleven digits."""
    return frozenset(_digits(one.group())[-MOBILE_LENGTH:] for one in _MOBILE.finditer(text))


def cut(text: str, limit: int) -> str:
    """Return the first `limit` characters at most, ending before a number that it would tear.

    Half a telephone number is not recognised any more: what is cut first can be masked later.
    """
    if len(text) <= limit:
        return text
    spans = (found.span() for pattern in PATTERNS for found in pattern.finditer(text))
    end = limit
    for start, stop in sorted(spans, reverse=True):
        if start < end < stop:
            end = start
    return text[:end]


def _digits(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isdigit() or c in "Xx")


def _mask_bare_door(match: re.Match[str]) -> str:
    number = match["at"] or match["of"] or match["like"]
    return match.group().replace(number, HIDDEN_DOOR)


def _mask_mobile(match: re.Match[str], public: frozenset[str]) -> str:
    digits = _digits(match.group())[-MOBILE_LENGTH:]
    if digits in public:
        return match.group()
    return f"{digits[:3]}****{digits[7:]}"


def _mask_run(match: re.Match[str]) -> str:
    digits = _digits(match.group())
    if len(digits) in ID_LENGTHS:
        return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"
    if len(digits) >= CARD_LENGTH:
        return f"{'*' * (len(digits) - 4)}{digits[-4:]}"
    return match.group()


def _mask_han_run(match: re.Match[str]) -> str:
    digits = "".join(HAN_DIGITS.get(c, "") for c in match.group())
    if len(digits) == MOBILE_LENGTH and digits[0] == "1" and digits[1] in "3456789":
        return f"{digits[:3]}****{digits[7:]}"
    if len(digits) >= min(ID_LENGTHS):
        return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"
    return match.group()


def personal(text: str) -> bool:
    """Tell whether masking would change the text: it carries something personal."""
    return mask(text) != text
