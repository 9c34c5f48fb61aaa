"""What the other processes tell this one: wake up, look again, let somebody through."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from bot.roles.role import Role
from bot.roles.round import Round
from handlers.messages import ChatRef
from knowledge.store.bell import CHANGED, CHAT, EXPECT, INBOX, OUTBOX, Bell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.listening import Listening
    from handlers.messages import Clock
    from knowledge.store.bell import Word
    from knowledge.store.database import Database

GRACE = 1.0


class Neighbour(Protocol):
    """The application as the others see it."""

    @property
    def role(self) -> Role:
        """What this process does."""
        ...

    @property
    def database(self) -> Database:
        """What is shared."""
        ...

    @property
    def clock(self) -> Clock:
        """Where "now" comes from."""
        ...

    @property
    def listening(self) -> Listening:
        """The gate's memory."""
        ...

    @property
    def readers(self) -> Iterable[Callable[[str], None]]:
        """Who wants to know that a chat has news."""
        ...

    def wake(self) -> None:
        """Say that there may be something to handle or to send."""
        ...

    def changed(self) -> None:
        """Say that something was written."""
        ...

    async def refresh(self) -> None:
        """Take in what has changed."""
        ...


class Hearing:
    """Listens where processes share a PostgreSQL; elsewhere there is nobody to be heard."""

    def __init__(self, app: Neighbour) -> None:
        self._app = app
        self._freshness = Round(self._freshen)
        self._missed = False
        shared = app.database.engine.dialect.name == "postgresql"
        self._bell = Bell(app.database.url, self.hear, self._tuned) if shared else None

    def start(self) -> None:
        """Listen from now on; until the line stands, something may be missed."""
        if self._bell is not None:
            self._tuned(listening=False)
            self._freshness.start()
            self._bell.start()

    async def stop(self) -> None:
        """Listen no more."""
        if self._bell is not None:
            await self._bell.stop()
            await self._freshness.stop(GRACE)

    def hear(self, word: Word) -> None:
        """Do what a word asks for; unknown ones come from a newer program and are let be."""
        match word:
            case (kind,) if kind == INBOX:
                self._app.wake()
            case (kind,) if kind == OUTBOX:
                self._app.changed()
            case (kind, chat) if kind == CHAT:
                for look_again in self._app.readers:
                    look_again(chat)
            case (kind, _) if kind == CHANGED:
                self._freshness.wake()
            case (kind, channel, chat, who, until) if kind == EXPECT:
                moment = datetime.fromisoformat(until)
                self._app.listening.expect(ChatRef(channel, chat), who, moment)
            case _:
                pass

    def _tuned(self, listening: bool) -> None:  # noqa: FBT001 -- called by the bell.
        if listening:
            self._missed = True
            self._freshness.wake()
        else:  # who does everything tells itself
            self._app.listening.deaf = self._app.role is not Role.ALL

    async def _freshen(self) -> None:
        """Take in what has changed, and after a silence what was missed in it."""
        if self._missed:
            self._missed = False
            now = self._app.clock.now()
            await self._app.database.read(lambda session: self._app.listening.load(session, now))
            self._app.listening.deaf = False
            self._app.wake()
        await self._app.refresh()
