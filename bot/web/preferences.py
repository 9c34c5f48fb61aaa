"""How a browser likes to read: the size of the text and the script, both kept in cookies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.faq.script import to_traditional
from knowledge.files.expression import Expression

if TYPE_CHECKING:
    from aiohttp import web

SIZE = "linli_text"
SCRIPT = "linli_script"
SIZES = (17, 20, 24, 28, 30)
"""Pixels (research/ux.md §2.5: the largest setting must be 30)."""
TRADITIONAL = "hant"
SIMPLIFIED = "hans"

_TRADITIONAL_READER = re.compile("zh-(hant|tw|hk|mo)")
_TAG = Expression(r"(<[^>]*>)")
_SHOWN = re.compile(r'\b(title|alt|placeholder|aria-label)="([^"]*)"')
_AS_IT_IS = re.compile(r'<textarea\b|\btranslate="no"')


def size_of(request: web.Request) -> int | None:
    """Return the chosen size, None to leave it to the page."""
    said = request.cookies.get(SIZE, "")
    return int(said) if said in map(str, SIZES) else None


def reads_traditional(request: web.Request) -> bool:
    """Tell whether pages are to be in traditional script: by choice, else by the browser."""
    if said := request.cookies.get(SCRIPT):
        return said == TRADITIONAL
    preferred = request.headers.get("Accept-Language", "").lower()
    return _TRADITIONAL_READER.match(preferred) is not None


def in_traditional(page: str) -> str:
    """Return a page in traditional script, but for what people wrote and what forms send."""
    parts = _TAG.split(page)
    for place in range(1, len(parts), 2):
        tag = parts[place]
        parts[place] = _SHOWN.sub(lambda found: to_traditional(found[0]), tag)
        if not _AS_IT_IS.search(tag):
            parts[place + 1] = to_traditional(parts[place + 1])
    return "".join(parts)


def preferences(request: web.Request) -> dict[str, object]:
    """Return what every template needs to know of it."""
    traditional = reads_traditional(request)
    return {"text_size": size_of(request), "language": "zh-Hant" if traditional else "zh-CN"}
