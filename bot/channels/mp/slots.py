"""Answers that go back with the call itself: the platform waits five seconds for them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

REMEMBERED = 1000
"""Calls whose answer is kept, should the platform ask the same again."""


@dataclass(slots=True)
class Slot:
    """One call that waits for its answer."""

    account: str
    answer: asyncio.Future[str] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Slots:
    """Brings what is to be said to somebody together with the call that they are waiting in."""

    def __init__(self) -> None:
        self._slots: dict[str, Slot] = {}

    async def wait(self, event_id: str, account: str, patience: float) -> str:
        """Return what is said to the account meanwhile, "" for nothing.

        The same call, delivered again, gets the same answer: its first one may have been lost.
        """
        slot = self._slots.get(event_id)
        if slot is None:
            slot = self._slots[event_id] = Slot(account)
            while len(self._slots) > REMEMBERED:
                self.close(next(iter(self._slots)))
        try:
            return await asyncio.wait_for(asyncio.shield(slot.answer), patience)
        except TimeoutError:
            self.close(event_id)
            return ""

    def fill(self, account: str, text: str) -> str:
        """Give the answer to the oldest call of the account; return its id, "" without one."""
        for event_id, slot in self._slots.items():
            if slot.account == account and not slot.answer.done():
                slot.answer.set_result(text)
                return event_id
        return ""

    def close(self, event_id: str) -> None:
        """Let a call go without an answer."""
        slot = self._slots.pop(event_id, None)
        if slot is not None and not slot.answer.done():
            slot.answer.set_result("")

    def close_all(self) -> None:
        """Let all of them go."""
        for event_id in tuple(self._slots):
            self.close(event_id)
