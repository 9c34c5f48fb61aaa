"""The built-in web chat as a channel: a sent message is a row, open pages are poked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.pokes import TASKS, Pokes
from handlers.messages import Capabilities, Outcome, Receipt
from knowledge.store.bell import CHAT, ring
from knowledge.store.rows.web import WebMessageRow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy.orm import Session

    from handlers.messages import Clock, Event, Outgoing
    from knowledge.store.database import Database

BOT = "bot"
"""Sender of everything that the bot says."""
CAPABILITIES = Capabilities(
    hears="all",
    pushes=True,
    buttons=8,
    edits=False,
    images=True,
    text_bytes=20_000,
    idempotent=True,
)


class WebChannel:
    """Delivers into the history that the pages show; pages hand in through `App.hear`."""

    name = "web"
    capabilities = CAPABILITIES

    def __init__(self) -> None:
        self.pokes = Pokes()
        self._home: _Home | None = None

    def attach(self, database: Database, clock: Clock, bot_name: str) -> None:
        """Say where messages are kept; until then every sending is put off."""
        self._home = _Home(database, clock, bot_name)

    async def start(self, hear: Callable[[Event], Awaitable[object]]) -> None:
        """Do nothing: the pages are served by the web server."""

    def stir(self) -> None:
        """Let open desks look again."""
        self.pokes.poke(TASKS)

    async def stop(self) -> None:
        """Send the open pages away."""
        await self.pokes.close()

    async def send(self, out: Outgoing) -> Receipt:
        """Write one bubble; the same key again changes nothing and is as good as sent."""
        if self._home is None:
            return Receipt(Outcome.LATER, retry_after=1.0, detail="not attached")
        try:
            row_id = await self._home.keep(out)
        except SQLAlchemyError as trouble:
            return Receipt(Outcome.LATER, retry_after=1.0, detail=type(trouble).__name__)
        self.pokes.poke(out.chat.id)
        return Receipt(Outcome.SENT, reference=str(row_id))


@dataclass(frozen=True, slots=True)
class _Home:
    database: Database
    clock: Clock
    bot_name: str

    async def keep(self, out: Outgoing) -> int:
        return await self.database.write(lambda session: self._keep(session, out))

    def _keep(self, session: Session, out: Outgoing) -> int:
        known = session.scalar(select(WebMessageRow.id).where(WebMessageRow.key == out.key))
        if known is not None:
            return known
        row = WebMessageRow(
            key=out.key,
            chat_id=out.chat.id,
            sender=BOT,
            name=self.bot_name,
            text=out.text,
            buttons=[{"label": one.label, "token": one.token} for one in out.buttons],
            images=list(out.images),
            at=self.clock.now(),
        )
        session.add(row)
        session.flush()
        ring(session, CHAT, out.chat.id)
        return row.id
