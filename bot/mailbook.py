"""What channels write down and look up: how far they read, who moved, what became of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.trouble import report_quarantine
from handlers.actions.windows import met, replies_left
from knowledge.store import inbox, outbox
from knowledge.store.rows.marks import MarkRow
from knowledge.store.stamps import mark, set_mark
from scheduler.receipts import settle

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.app import App
    from handlers.messages import ChatRef, Receipt
    from handlers.work import Work


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

    async def has_met(self, chat: ChatRef) -> bool:
        """Look for what `meet` wrote down."""
        return await self._app.look(lambda session: mark(session, met(chat)) is not None)

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

    async def moves(self, channel: str) -> dict[str, str]:
        """Return the remembered moves."""
        prefix = f"{channel}.moved."

        def read(session: Session) -> dict[str, str]:
            rows = session.scalars(select(MarkRow).where(MarkRow.name.startswith(prefix)))
            return {row.name.removeprefix(prefix): row.value for row in rows}

        return await self._app.look(read)

    async def note_move(self, channel: str, old: str, new: str) -> None:
        """Write a move down."""
        await self._app.database.write(
            lambda session: set_mark(session, f"{channel}.moved.{old}", new)
        )

    async def set_aside(self, channel: str, event_id: str, why: str) -> None:
        """Put a nameless row into quarantine; again = no effect.

        The administrators hear of the first one of a day: a platform that has changed what it
        says would drown them otherwise; `linli doctor` counts them all.
        """

        def note(work: Work) -> None:
            row_id = inbox.set_aside(work.session, (channel, event_id), why, work.now)
            today = f"told.aside.{channel}.{work.now.date()}"
            if row_id is not None and mark(work.session, today) is None:
                set_mark(work.session, today, work.now.isoformat())
                report_quarantine(work, row_id)

        await self._app.act(f"aside:{channel}:{event_id}", note)
