"""Cutting words to what fits, and finding the link at their end."""

from __future__ import annotations

import re

TEXT_BYTES = 2048
"""Bytes of a text message, the same all over the family."""

_LINK_LAST = re.compile(r"(?P<words>[^\x00]*?)\s*(?P<link>https?://[!-~]+)\s*")


def shortened(text: str, most: int = TEXT_BYTES) -> str:
    """Return what fits into so many bytes; a cut is shown by …"""
    raw = text.encode()
    if len(raw) <= most:
        return text
    return raw[: most - len("…".encode())].decode("utf-8", "ignore") + "…"


def link_last(text: str) -> tuple[str, str] | None:
    """Return words and link of a text that ends with its only link, else None."""
    found = _LINK_LAST.fullmatch(text)
    if found is None or not found["words"].strip() or "://" in found["words"]:
        return None
    return found["words"], found["link"]
