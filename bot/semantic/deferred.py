"""Events that wait for a second opinion, outside of any transaction; all others go on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.semantic.adviser import Adviser
    from knowledge.faq.opinion import Doubtful


class Deferred:
    """Which inbox rows are put off; one that has its opinion is called up by `wake`.

    Nothing is written down: after a crash the row still waits, and is put off again.
    """

    def __init__(self, adviser: Adviser | None, wake: Callable[[], None]) -> None:
        self._adviser, self._wake = adviser, wake
        self._asking: dict[int, asyncio.Task[None]] = {}

    @property
    def rows(self) -> frozenset[int]:
        """The rows that must not be taken now; their chats keep their order and wait too."""
        return frozenset(self._asking)

    def put_off(self, wanted: Mapping[int, Doubtful]) -> None:
        """Ask about these rows, each at once."""
        for row_id, doubtful in wanted.items():
            self._asking[row_id] = asyncio.create_task(self._ask(row_id, doubtful))

    async def one_is_ready(self) -> bool:
        """Wait until one of them has its opinion; False when none is put off."""
        if not self._asking:
            return False
        await asyncio.wait(tuple(self._asking.values()), return_when=asyncio.FIRST_COMPLETED)
        return True

    async def stop(self) -> None:
        """Ask no more: what is put off waits in the inbox for the next start."""
        asking = tuple(self._asking.values())
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        if self._adviser is not None:
            await self._adviser.close()

    async def _ask(self, row_id: int, doubtful: Doubtful) -> None:
        try:
            if self._adviser is not None:
                await self._adviser.learn(doubtful)
        finally:
            self._asking.pop(row_id, None)
            self._wake()
