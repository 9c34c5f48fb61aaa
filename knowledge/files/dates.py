"""Dates as people write them into files."""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号])")
_ALWAYS = frozenset({"长期", "長期"})
HOW_TO_WRITE = "写成 2026-12-31 或 2026年12月31日；长期有效写“长期”"


def parse_date(text: str) -> date | None:
    """Return the day, or None for 长期; raise ValueError with a Chinese sentence otherwise."""
    text = re.sub(r"\s", "", text).replace("－", "-")
    if text in _ALWAYS:
        return None
    found = _DATE.fullmatch(text)
    if not found:
        msg = f"“{text}”不是一个日期"
        raise ValueError(msg)
    year, *rest = (int(part) for part in found.groups() if part)
    try:
        return date(year, *rest)
    except ValueError:
        msg = f"“{text}”这一天不存在"
        raise ValueError(msg) from None


def is_past(text: str, today: date) -> bool:
    """Tell whether a day of that text is over; False for 长期, for nothing, and for what is no day."""
    try:
        day = parse_date(text)
    except ValueError:
        return False
    return day is not None and day < today
