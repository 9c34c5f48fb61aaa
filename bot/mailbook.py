"""What channels write down and look up: how far they have read, and what became of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.windows import met, replies_left
from knowledge.store import outbox
from knowledge.store.stamps import mark, set_mark
from scheduler.receipts import settle

if TYPE_CHECKING:
    from bot.app import App
    from handlers.messages import ChatRef, Receipt


class Mailbook:
    """The part of the house (bot/house.py) that remembers letters."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def recall(self, name: str) -> str:
        """Return what was written down under a name."""
        return await self._app.look(lambda session: mark(session, f"channel.{name}") or "")

    async def remember(self, name: str, value: str) -> None:
        """Write it down."""
        await self._app.database.write(lambda session: set_mark(session, f"channel.{name}", value))

    async def meet(self, chat: ChatRef) -> None:
        """Write it down."""
        when = self._app.clock.now().isoformat()
        await self._app.database.write(lambda session: set_mark(session, met(chat), when))

    async def replies_left(self, chat: ChatRef) -> int:
        """Count the rows."""
        now = self._app.clock.now()
        return await self._app.look(lambda session: replies_left(session, chat, now))

    async def awaiting(self, channel: str) -> tuple[str, ...]:
        """Return the references, the oldest first."""
        return await self._app.look(lambda session: outbox.awaiting(session, channel))

    async def settle(self, channel: str, reference: str, receipt: Receipt) -> None:
        """Write it into the row of that message."""
        await self._app.database.write(lambda session: settle(session, channel, reference, receipt))
