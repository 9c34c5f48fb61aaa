"""Numbers as people write them in addresses: 3, ３, 三, 叁, 二十三, 廿三."""

from __future__ import annotations

DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "弍": 2,
    "弎": 3,
}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100}
NUMERALS = "".join((*DIGITS, *TENS, "廿"))
"""All characters that a written number may hold; 两 counts things and names no building."""


def canonical(written: str) -> str | None:
    """One spelling for one number: `叁` → `3`, `03` → `3`, `5a` → `5A`, `A` → `A`.

    None when it is zero or nothing.
    """
    written = written.upper()
    if written[:1] in DIGITS or written[:1] in TENS or written[:1] == "廿":
        value = _value(written.replace("廿", "二十"))
        return None if value is None else str(value)
    return written.lstrip("0") or None


def _value(written: str) -> int | None:
    if not any(char in TENS for char in written):
        return int("".join(str(DIGITS[char]) for char in written)) or None
    total, digit = 0, 0
    for char in written:
        if char in TENS:
            total, digit = total + (digit or 1) * TENS[char], 0
        else:
            digit = DIGITS[char]
    return total + digit or None
