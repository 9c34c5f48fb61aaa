"""What every rig can do: speak as a person, press, deliver again, break, and see what arrives."""

from __future__ import annotations

import asyncio
import random
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

from aiohttp import web
from sqlalchemy import select

from bot.app import App
from bot.base import Base
from bot.channels.web import WebChannel
from bot.clocks import VirtualClock
from bot.config import read_settings
from bot.opening import hang_up, open_channels, settle_in
from bot.settings.database import FILE
from bot.stocking import stock
from bot.web.server import build_web
from handlers.actions.telling import About, tell_chat
from handlers.messages import Channel, ChatRef, direct
from knowledge.community.days.zone import ZONE
from knowledge.store import migrate
from knowledge.store.copying import copy_out
from knowledge.store.database import make_engine
from knowledge.store.rows.messages import InboxRow, OutboxRow
from tests.channels.town import settle_town
from tests.postgres import wipe
from tests.settled import copy_settled, scratch

if TYPE_CHECKING:
    from pathlib import Path

EVENING = datetime(2026, 11, 23, 19, 0, tzinfo=ZONE)
"""A Monday in service hours, when the stories begin."""


@dataclass(frozen=True)
class Arrived:
    """A message as the platform shows it; `chat` is g-… or @person."""

    at: datetime
    chat: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    photos: int = 0


Told = dict[str, list[tuple[str, tuple[str, ...]]]]
"""By chat: texts with the labels of their buttons."""


@cache
def _empty_database() -> Path:
    """A migrated file, made once: every rig begins with a copy."""
    path = scratch() / FILE
    migrate.upgrade(f"sqlite:///{path}")
    return path


class Rig:
    """A running application with one channel and the platform behind it."""

    name: ClassVar[str]
    troubles: ClassVar[frozenset[str]] = frozenset()
    """Ways in which this platform can fail."""
    quotes: ClassVar[bool] = True
    demo: ClassVar[bool] = False
    """Whether its people can be played only in a demo."""
    waits: ClassVar[int] = 7
    """Seconds that the platform asks us to wait when it says `later`."""
    home: ClassVar[str] = "g-hy"
    """Where people speak when a test does not say where."""
    groups: ClassVar[bool] = True
    """Whether it has groups at all."""
    hears_all: ClassVar[bool] = True
    """Whether it hears in groups what is not said to the bot."""
    captions: ClassVar[bool] = True
    """Whether words can come with a picture in one message."""
    handed: ClassVar[str] = "sent"
    """State of a message that the platform has taken."""
    again_after: ClassVar[timedelta] = timedelta(minutes=1)
    """Time in which a chat can surely be told one more thing."""
    most: ClassVar[int] = 24
    """Messages that a chat may be sent after one word of theirs."""
    chats: ClassVar[tuple[str, ...]] = ("g-hy", "g-xy", "@li", "@zhang")
    """Where it can be spoken to."""
    fields: ClassVar[tuple[str, ...]] = ()
    """What the platform can say at all, where that is a promise of ours."""
    slow: ClassVar[bool] = False
    """Whether a sending can be made to take a moment."""

    def __init__(self, folder: Path, at: datetime = EVENING) -> None:
        self.folder = folder
        self.clock = VirtualClock(at)
        self.app: App
        self.database_url = ""
        self.stopped = False
        self.keys = (f"{nth:032x}" for nth in count(1))

    # What a rig fills in.

    def channels(self) -> tuple[Channel, ...]:
        """The channel under test; by default what the settings open."""
        settings, problems = read_settings(self.folder)
        assert settings is not None, problems
        return open_channels(settings)

    async def set_up(self) -> None:
        """Start the platform."""

    async def tear_down(self) -> None:
        """Stop the platform."""

    async def says(self, who: str, text: str, chat: str = "g-hy", **more: Any) -> bool:
        """Let the platform deliver; True once it was acknowledged. `called` = addressed to us."""
        raise NotImplementedError

    async def presses(self, who: str, label: str, chat: str = "g-hy") -> bool:
        """Press the button of the newest card that has it."""
        raise NotImplementedError

    async def again(self) -> bool:
        """Deliver the last delivery once more."""
        raise NotImplementedError

    async def arrivals(self) -> list[Arrived]:
        """Everything that people have been shown."""
        raise NotImplementedError

    async def trouble(self, kind: str) -> None:
        """Fail from now on (down), or at the next sending (the others)."""
        raise NotImplementedError

    async def up(self) -> None:
        """End a `down`."""

    # What is the same everywhere.

    @property
    def channel(self) -> Channel:
        return self.app.channels[self.name]

    @classmethod
    def as_shown(cls, told: Told) -> Told:
        """What this platform shows of what people were told elsewhere."""
        return told

    def place(self, chat: str) -> ChatRef:
        return direct(self.name, chat[1:]) if chat.startswith("@") else ChatRef(self.name, chat)

    async def open(self, *, live: bool = False) -> None:
        """Start everything; `live` = it works and sends by itself, as a service does."""
        await asyncio.to_thread(settle_town, self.folder)
        await self.set_up()
        settings, problems = read_settings(self.folder)
        assert settings is not None, problems
        self.database_url = settings.database.address(self.folder)
        if self.database_url == f"sqlite:///{self.folder / FILE}":
            self._settle(self.folder / FILE)
        else:  # a rig before this one may have stood on it
            wipe(self.database_url)
        base = Base(
            folder=self.folder,
            settings=settings,
            clock=self.clock,
            chance=random.Random(7),
            database_url=self.database_url,
            durable=False,
        )
        pages = WebChannel()
        self.app = App(base, (*self.channels(), pages))
        pages.attach(self.app.database, self.clock, self.app.rules.bot_name)
        settle_in(self.app)
        await (self.app.start() if live else self.app.open())
        self.runner = web.AppRunner(
            build_web(self.app), access_log=None, shutdown_timeout=1, auto_decompress=False
        )
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{self.runner.addresses[0][1]}"
        for channel in () if live else self.app.channels.values():
            await channel.start(self.app.hear)
        await self.ready()
        await stock(self.app, demo=self.demo)
        await self.app.settle()
        await self.forget()

    def _settle(self, database: Path) -> None:
        """Begin on a file with the roster in it; only a demo stocks its own."""
        if self.demo:
            shutil.copy(_empty_database(), database)
        else:
            copy_settled(self.folder, self.clock.now(), database)

    async def ready(self) -> None:
        """Wait until the channel has found its platform."""

    async def forget(self) -> None:
        """Leave out what was said before the test began."""

    async def close(self) -> None:
        await self.stop()
        await self.tear_down()

    async def stop(self) -> None:
        """Stop the application; the platform stays."""
        if not self.stopped:
            self.stopped = True
            await hang_up(self.app)
            await self.runner.cleanup()
            await self.app.stop()

    async def settle(self) -> None:
        """Let everything be answered, a few seconds for the windows included."""
        await self.app.settle()
        await self.pass_time(self.clock.now() + timedelta(seconds=3))

    async def pass_time(self, until: datetime) -> None:
        await self.app.timeline.run_until(until, self.app.worker.drain, self.app.sender)

    async def tells(self, chat: str, *texts: str, repeatable: bool = False) -> None:
        """Let the bot have something to say."""
        about = About(repeatable=repeatable)

        def tell(work):
            for text in texts:
                tell_chat(work, self.place(chat), text, about=about)

        await self.app.act(f"test:{next(self.keys)}", tell)

    def on_disk(self, text: str) -> list[str]:
        """The states of the sendings with that text, read past the application."""
        engine = make_engine(self.database_url)
        with engine.connect() as connection:
            found = connection.scalars(select(OutboxRow.state).where(OutboxRow.text == text))
            states = list(found)
        engine.dispose()
        return states

    def kept(self) -> bytes:
        """All that its database holds, as it lies there; a PostgreSQL as a backup has it."""
        files = list(self.folder.glob(f"{FILE}*"))
        if not files:
            files = [self.folder / "copy.db"]
            copy_out(self.database_url, files[0])
        return b"".join(path.read_bytes() for path in files)

    async def inbox(self) -> list[InboxRow]:
        query = select(InboxRow).where(InboxRow.channel == self.name).order_by(InboxRow.id)
        return await self.app.look(lambda session: list(session.scalars(query)))

    async def outbox(self) -> list[OutboxRow]:
        query = select(OutboxRow).where(OutboxRow.channel == self.name).order_by(OutboxRow.id)
        return await self.app.look(lambda session: list(session.scalars(query)))

    async def sending(self, text: str) -> OutboxRow:
        """The one outbox row with that text in it; one that went on to another channel, else ours."""
        query = select(OutboxRow).where(OutboxRow.text.contains(text))
        rows = await self.app.look(lambda session: list(session.scalars(query)))
        found = [row for row in rows if row.channel == self.name] or rows
        assert len(found) == 1, [row.text for row in found]
        return found[0]

    async def shown(self, chat: str, text: str) -> list[Arrived]:
        """What was shown in a chat and contains a text."""
        return [one for one in await self.arrivals() if one.chat == chat and text in one.text]

    async def token(self, chat: str, label: str) -> str:
        """What the button with that label carries on the newest card that has it."""
        for one in reversed(await self.arrivals()):
            for name, token in one.buttons:
                if one.chat == chat and name == label:
                    return token
        raise AssertionError((chat, label, await self.arrivals()))


class SocketRig(Rig):
    """A channel whose platform and we speak over a WebSocket."""

    vital: ClassVar[tuple[tuple[str | int, ...], ...]]
    """Ways to the fields of a frame without which it means nothing."""

    also: ClassVar[tuple[str, type]]
    """A vital field, and another type in which it is right as well."""

    def frame(self, who: str, text: str) -> dict[str, Any]:
        """A right frame: somebody says something in private."""
        raise NotImplementedError

    async def throw(self, text: str | bytes, *, wait: bool) -> bool:
        """Send any text; `wait` = until it is read, True when it was."""
        raise NotImplementedError
