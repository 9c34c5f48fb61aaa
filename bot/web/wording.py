"""How pages write moments and draw people without pictures."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from datetime import date, datetime

WEEKDAYS = "一二三四五六日"
_BUILDING = Expression("[0-9A-Z]{1,2}栋")
HUES = 8
"""Colours of avatars in the style sheet."""


def moment(at: datetime, now: datetime) -> str:
    """Return a moment as a chat shows it: 今天 is left out, 昨天 and dates are said."""
    clock = f"{at:%H:%M}"
    days = (now.date() - at.date()).days
    if days == 0:
        return clock
    near = {1: "昨天", 2: "前天", -1: "明天", -2: "后天"}
    if days in near:
        return f"{near[days]} {clock}"
    if at.year == now.year:
        return f"{at.month}月{at.day}日 {clock}"
    return f"{day(at.date())} {clock}"


def day(on: date) -> str:
    """Return a date in full."""
    return f"{on.year}年{on.month}月{on.day}日"


def weekday(at: datetime) -> str:
    """Return the day of the week in one character."""
    return WEEKDAYS[at.weekday()]


def initial(name: str) -> str:
    """Return the character that stands for a person: the family name."""
    return name.strip()[:1] or "邻"


def mark(group: str) -> str:
    """Return what stands for a group: its building, else the first character of its name."""
    building = _BUILDING.search(group)
    return building.group() if building else initial(group)


def hue(who: str) -> int:
    """Return a colour number, always the same for the same person."""
    return zlib.crc32(who.encode()) % HUES


def linked(text: str, address: str) -> Markup:
    """Return words in which addresses of our own pages, and no others, can be tapped."""
    if not address:
        return escape(text)
    pieces = re.split(rf"({re.escape(address)}(?:/[\w/.-]*)?)", text)
    own = Markup('<a href="{0}">{0}</a>')
    told = (own.format(one) if one.startswith(address) else escape(one) for one in pieces)
    return Markup().join(told)
