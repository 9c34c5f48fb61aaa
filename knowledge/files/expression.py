"""A regular expression that is compiled when a text is first held against it."""

from __future__ import annotations

import re
import sys
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Expression:
    """For what most messages never meet: compiling it takes up to 4 ms, and no start waits for it.

    It is asked as a `re.Pattern` is; that costs a tenth of a microsecond more.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first place in [start, end) that fits."""
        return self._compiled.search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return what fits at `start`."""
        return self._compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the whole of [start, end) if it fits."""
        return self._compiled.fullmatch(text, start, end)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield all places that fit, from left to right."""
        return self._compiled.finditer(text)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return the text with something else in all places that fit."""
        return self._compiled.sub(new, text)

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """Return what stands between the places that fit."""
        return self._compiled.split(text, maxsplit)
