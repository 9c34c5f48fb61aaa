"""Files of pages that are read with the first visit: a start must not wait for all of them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


@dataclass(slots=True)
class Page:
    """What answers at an address: the function `name` of a `file` that may not have been read yet."""

    file: str
    name: str
    _found: Callable[[Any], Awaitable[Any]] | None = None

    async def __call__(self, asked: Any) -> Any:
        """Answer as the function does; the file is read beside the loop, up to 50 ms long."""
        if self._found is None:
            self._found = await asyncio.to_thread(lambda: self.function)
        return await self._found(asked)

    @property
    def function(self) -> Callable[[Any], Awaitable[Any]]:
        """The function itself; AttributeError where there is none (a test looks)."""
        found: Callable[[Any], Awaitable[Any]] = getattr(import_module(self.file), self.name)
        return found


@dataclass(frozen=True, slots=True)
class Later:
    """Stands in a table for a file of pages: each of its names is the page of that name."""

    file: str

    def __getattr__(self, name: str) -> Page:
        return Page(self.file, name)
