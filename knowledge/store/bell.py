"""Telling the other processes of a change: one NOTIFY with the commit, LISTEN where one waits.

A bell that is not heard costs a second, never a message: whoever waits also looks by itself.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, make_url, text

from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy.orm import Session, sessionmaker

    Word = tuple[str, ...]
    """What is told: a kind and its details, such as ("outbox",) or ("chat", "g-1")."""

INBOX, OUTBOX, CHAT, EXPECT, CHANGED = "inbox", "outbox", "chat", "expect", "changed"
"""What is told: an event waits; a message may be sent; a chat has news (its id); the gate shall let
somebody through (channel, chat, who, until); a stamp has grown (its name)."""
CHANNEL = "linli"
LIMIT = 7_000
"""Bytes of one NOTIFY; PostgreSQL takes 8,000."""
AGAIN = 1.0
"""Seconds until a lost line is tried again."""
_RUNG = "bell"

log = Logbook()


def ring(session: Session, *word: str) -> None:
    """Tell the other processes once this transaction is committed; again = once."""
    session.info.setdefault(_RUNG, {})[word] = None


def hang(sessions: sessionmaker[Session]) -> None:
    """Let what was rung in a transaction of these sessions go out with its commit."""
    event.listen(sessions, "before_commit", _go_out)


def _go_out(session: Session) -> None:
    if session.get_nested_transaction() is not None:
        return
    for told in _parts(session.info.pop(_RUNG, ())):
        session.execute(
            text("SELECT pg_notify(:channel, :told)"), {"channel": CHANNEL, "told": told}
        )


def _parts(words: Iterable[Word]) -> Iterator[str]:
    """Write the words down in as few notes as can carry them."""
    part: list[Word] = []
    size = 0
    for word in words:
        long = len(json.dumps(word))
        if part and size + long > LIMIT:
            yield json.dumps(part)
            part, size = [], 0
        part.append(word)
        size += long + 2
    if part:
        yield json.dumps(part)


class Bell:
    """Listens to what other processes ring; `hear` gets each word.

    `tuned` is called with True once it listens and with False when the line is lost: in between
    something may have been missed.
    """

    def __init__(
        self, url: str, hear: Callable[[Word], None], tuned: Callable[[bool], None]
    ) -> None:
        plain = make_url(url).set(drivername="postgresql")
        self._address = plain.render_as_string(hide_password=False)
        self._hear = hear
        self._tuned = tuned
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Listen from now on."""
        self._task = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _listen(self) -> None:
        from psycopg import Error

        while True:
            try:
                await self._line()
            except (Error, OSError) as trouble:
                log.warning(
                    "The bell is not heard.", action="bell.lost", why=type(trouble).__name__
                )
            self._tuned(False)  # noqa: FBT003 -- a callback takes no keywords.
            await asyncio.sleep(AGAIN)

    async def _line(self) -> None:
        from psycopg import AsyncConnection

        line: AsyncConnection[Any] = await AsyncConnection.connect(
            self._address, autocommit=True, **ALIVE
        )
        async with line:
            await line.execute(f"LISTEN {CHANNEL}")
            self._tuned(True)  # noqa: FBT003 -- a callback takes no keywords.
            async for note in line.notifies():
                for word in json.loads(note.payload):
                    self._hear(tuple(word))


ALIVE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}
"""A server that has gone without a word is noticed after some ten seconds."""
