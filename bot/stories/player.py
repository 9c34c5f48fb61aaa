"""Plays a story against the real application with virtual time (CONTRACT §6)."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from bot.app import App
from bot.base import Base
from bot.channels.replay import DOWN, NAME, Replay
from bot.clocks import VirtualClock
from bot.config import read_settings
from bot.stories.story import BadStory
from handlers.actions.notices.happenings import Happening, happen
from handlers.actions.people.rostering import import_folder
from handlers.actions.trouble import report_files
from handlers.messages import ChatKind, ChatRef, Event, EventKind
from knowledge.store.outbox import hurry
from scheduler.notices import remember_birth

if TYPE_CHECKING:
    from pathlib import Path

    from bot.stories.story import Line
    from bot.stories.witness import Witness

SEED = 20261122
EDITED = ("faq", "notices", "roster", "scams", "timetable")
"""Folders that a story's administrator may write into."""


class Player:
    """One playing of a story in a copy of the data folder that is its own."""

    def __init__(self, folder: Path, start: Line, url: str | None, witness: Witness) -> None:
        settings, problems = read_settings(folder)
        if settings is None:
            raise BadStory("设置有错：" + "；".join(str(problem) for problem in problems))
        self._folder = folder
        self._witness = witness
        self._clock = VirtualClock(start.at)
        self._channel = Replay(self._arrived)
        base = Base(
            folder=folder,
            settings=settings,
            clock=self._clock,
            chance=random.Random(SEED),  # noqa: S311 -- a story is the same every time.
            database_url=url or f"sqlite:///{folder / 'replay.db'}",
            durable=url is not None,
        )
        self._app = App(base, (self._channel,))

    async def play(self, lines: tuple[Line, ...]) -> None:
        """Play every line; raises BadStory or AssertionFailed, naming the line."""
        try:
            await self._app.open()
            await self._app.act("story", lambda work: remember_birth(work.session, work.now))
            if wrong := await self._import_roster():
                raise BadStory(f"花名册有错，一行也没有导入：{wrong[0]}")
            for line in lines:
                await self._play(line)
        finally:
            await self._app.stop()

    async def _play(self, line: Line) -> None:
        if line.type != "assert":
            self._witness.next_line()
        await self._app.timeline.run_until(line.at, self._app.worker.drain, self._app.sender)
        self._look_at_tickets()
        if line.type == "assert":
            if "chat" in line.fields:
                self._chat(line)
            self._witness.check(line)
            return
        await getattr(self, f"_do_{line.type}")(line)
        await self._app.settle()
        await self._app.refresh()
        self._look_at_tickets()

    def _arrived(self, out: Any) -> None:
        self._look_at_tickets()
        self._witness.see_send(self._clock.now(), out)

    def _look_at_tickets(self) -> None:
        with self._app.database.view() as session:
            self._witness.see_tickets(session)

    def _chat(self, line: Line) -> ChatRef:
        chat = ChatRef(NAME, line.fields["chat"])
        if chat.kind is ChatKind.GROUP and self._app.town.hood.chat(NAME, chat.id) is None:
            raise BadStory(f"第 {line.number} 行：花名册里没有群 {chat.id}")
        return chat

    def _event(self, line: Line, **more: Any) -> Event:
        return Event(
            channel=NAME,
            event_id=line.fields.get("event_id") or f"line-{line.number}",
            chat=self._chat(line),
            sender=line.fields["from"],
            name=line.fields.get("name", ""),
            at=line.at,
            **more,
        )

    async def _do_message(self, line: Line) -> None:
        images = line.fields.get("images", 0)
        await self._app.hear(
            self._event(
                line,
                text=line.fields.get("text", ""),
                addressed=line.fields.get("addressed"),
                images=tuple(f"story-{line.number}-{n}" for n in range(images)),
                quote=line.fields.get("quote"),
            )
        )

    async def _do_press(self, line: Line) -> None:
        label = line.fields["label"]
        token = self._channel.token(self._chat(line), label)
        if token is None:
            raise BadStory(f"第 {line.number} 行：这个聊天里没有“{label}”这个按钮")
        await self._app.hear(self._event(line, kind=EventKind.PRESS, token=token))

    async def _do_advance(self, line: Line) -> None:
        """Time has been moved already."""

    async def _do_write(self, line: Line) -> None:
        path = (self._folder / line.fields["path"]).resolve()
        home = self._folder.resolve()
        parts = path.relative_to(home).parts if path.is_relative_to(home) else ("",)
        if not parts[1:] or parts[0] not in EDITED:
            raise BadStory(f"第 {line.number} 行：只能写 {'、'.join(EDITED)} 里的文件")
        content = line.fields.get("content")
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        if parts[0] == "roster" and (wrong := await self._import_roster()):
            await self._app.act(
                f"roster:wrong:{line.number}", lambda work: report_files(work, wrong)
            )
        await self._app.refresh()

    async def _do_event(self, line: Line) -> None:
        happening = Happening(
            kind=line.fields["kind"],
            place=line.fields.get("place"),
            level=line.fields.get("level") or "",
            text=line.fields["text"],
            key=line.fields.get("key") or f"line-{line.number}",
        )
        notices = self._app.papers.notices
        await self._app.act(f"event:{happening.key}", lambda work: happen(work, happening, notices))

    async def _do_fault(self, line: Line) -> None:
        fault = self._channel.fault
        mode = line.fields["mode"]
        if mode == "lost_ack":
            fault.lost_receipts = line.fields.get("count", 1)
        elif mode == "retry_after":
            fault.retry_after = float(line.fields.get("seconds", 1))
        else:
            fault.down, fault.retry_after = mode == "down", None
        if mode == "up":
            now = self._clock.now()
            await self._app.database.write(lambda session: hurry(session, NAME, now, DOWN))

    async def _import_roster(self) -> tuple[str, ...]:
        """Take the roster into the database; with errors nothing changes and they are returned."""
        problems = await self._app.act(
            f"roster:{self._clock.now().isoformat()}",
            lambda work: import_folder(work, self._folder / "roster"),
        )
        await self._app.refresh()
        return tuple(str(problem) for problem in problems if problem.level == "error")
