"""Traditional and simplified script."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC


IN_HAND = 256
"""Texts remembered: everybody who reads a message reads it in simplified script; a batch is 32."""


@lru_cache(maxsize=IN_HAND)
def to_simplified(text: str) -> str:
    """Return the text in simplified script."""
    return text if text.isascii() else str(_converter("t2s").convert(text))


def to_traditional(text: str) -> str:
    """Return the text in traditional script; words stay the mainland's (窗口, not 視窗)."""
    return text if text.isascii() else str(_converter("s2tw").convert(text))


def is_traditional(text: str) -> bool:
    """Whether the writer uses traditional script: at least as many traditional forms as simplified."""
    traditional = _differences(text, to_simplified(text))
    return traditional > 0 and traditional >= _differences(text, to_traditional(text))


def edition() -> str:
    """Return which edition of the dictionaries this is."""
    import opencc

    return str(opencc.__version__)


def _differences(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=False))


@cache
def _converter(direction: str) -> OpenCC:
    """Load one direction on first need (about 10 ms)."""
    from opencc import OpenCC

    return OpenCC(direction)
