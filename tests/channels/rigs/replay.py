"""The channel of stories."""

from __future__ import annotations

from typing import Any

from bot.channels.replay import DOWN, NAME, Replay
from handlers.messages import Event, EventKind
from knowledge.store.outbox import hurry
from tests.channels.rigs.rig import Arrived, Rig


class ReplayRig(Rig):
    name = NAME
    troubles = frozenset({"down", "later", "unknown"})

    def channels(self):
        self.seen: list[Arrived] = []
        self.replay = Replay(self._arrived)
        return (self.replay,)

    def _arrived(self, out):
        buttons = tuple((one.label, one.token) for one in out.buttons)
        self.seen.append(Arrived(self.clock.now(), out.chat.id, out.text, buttons, len(out.images)))

    async def says(self, who, text, chat="g-hy", **more: Any):
        self.last = Event(
            channel=NAME,
            event_id=next(self.keys),
            chat=self.place(chat),
            sender=who,
            at=self.clock.now(),
            text=text,
            addressed=True if more.get("called") else None,
            images=("story-1",) if more.get("photo") else (),
            quote=more.get("quote"),
        )
        return await self.again()

    async def presses(self, who, label, chat="g-hy"):
        self.last = Event(
            channel=NAME,
            event_id=next(self.keys),
            chat=self.place(chat),
            sender=who,
            at=self.clock.now(),
            kind=EventKind.PRESS,
            token=await self.token(chat, label),
        )
        return await self.again()

    async def again(self):
        try:
            await self.app.hear(self.last)
        except Exception:  # noqa: BLE001 -- whatever it was: nothing was stored.
            return False
        return True

    async def forget(self):
        self.seen.clear()

    async def arrivals(self):
        return list(self.seen)

    async def trouble(self, kind):
        fault = self.replay.fault
        if kind == "down":
            fault.down = True
        elif kind == "later":
            fault.retry_after = 7
        else:
            fault.lost_receipts = 1

    async def up(self):
        self.replay.fault.down, self.replay.fault.retry_after = False, None
        now = self.clock.now()
        await self.app.database.write(lambda session: hurry(session, NAME, now, DOWN))
