"""Messages as OneBot 11 writes them: a list of segments, or one text with CQ codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Segment = tuple[str, Mapping[str, str]]
"""Kind and fields; every value is text."""
MOST = 100
"""Segments of one message that are looked at."""

_CODE = re.compile(r"\[CQ:(?P<kind>[A-Za-z_]{1,32})(?P<fields>(?:,[^,\[\]]*)*)\]")
_ESCAPED = (("&#91;", "["), ("&#93;", "]"), ("&#44;", ","), ("&amp;", "&"))


class Odd(Exception):
    """It is no message; the text names the field."""


def segments_of(message: Any) -> tuple[Segment, ...]:
    """Return the segments of a message in either form; raises Odd."""
    if isinstance(message, str):
        return tuple(_from_text(message))[:MOST]
    if isinstance(message, dict):
        return (_segment(message),)
    if not isinstance(message, list):
        raise Odd("message")
    return tuple(_segment(one) for one in message[:MOST])


def _segment(raw: Any) -> Segment:
    if not isinstance(raw, dict) or not isinstance(raw.get("type"), str):
        raise Odd("segment")
    fields = raw.get("data") or {}  # what needs no fields may come without
    if not isinstance(fields, dict):
        raise Odd("segment")
    return raw["type"], {
        name: str(value) for name, value in fields.items() if isinstance(value, str | int)
    }


def _from_text(message: str) -> list[Segment]:
    found: list[Segment] = []
    at = 0
    for code in _CODE.finditer(message):
        found.append(("text", {"text": _plain(message[at : code.start()])}))
        pairs = (pair.partition("=") for pair in code["fields"].split(",")[1:])
        found.append((code["kind"], {name: _plain(value) for name, _, value in pairs}))
        at = code.end()
    found.append(("text", {"text": _plain(message[at:])}))
    return found


def _plain(text: str) -> str:
    for code, character in _ESCAPED:
        text = text.replace(code, character)
    return text
