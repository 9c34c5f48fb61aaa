"""Runs the real application in processes that die at one named step after another.

Called as `python -m tests.chaos.runner FOLDER CHANNEL`; the next process takes over what the dead
one has left. What the outside saw is kept in two files: `acked` (events that were acknowledged)
and `seen` (messages that arrived, one JSON object a line).
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from bot.app import App
from bot.base import Base
from bot.channels.web import WebChannel
from bot.clocks import SystemClock
from bot.config import read_settings
from bot.stocking import stock
from handlers.actions.telling import tell_chat
from handlers.intents.read import read_intent
from handlers.messages import Capabilities, ChatRef, Event, Outcome, Outgoing, Receipt
from knowledge.store.rows.messages import InboxRow, OutboxRow
from scheduler.outlet import Claim
from tests.amount import amount

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy.orm import Session

    from handlers.messages import Channel
    from handlers.work import Work

KILLED = 137
TRIALS = amount(1, 5)
PATIENCE = 120
"""Seconds after which a process that should have died gives up."""
GROUP = "g"

STEPS = (
    ("Intake._write", "before"),
    ("Intake._write", "after"),
    ("Worker._batch", "before"),
    ("Worker._batch", "after"),
    ("Outlet._claim", "before"),
    ("Outlet._claim", "after"),
    ("send", "after"),
    ("Outlet._record", "before"),
    ("Outlet._record", "after"),
)
"""Everything between "stored" and "receipt written": before or after the commit of whom."""


def die() -> None:
    """End at once, as `kill -9` does: nothing is finished, nothing is written."""
    os._exit(KILLED)


@dataclass
class Plain:
    """A platform that cannot tell a repeated message: what arrives is written down."""

    seen: Path
    name: str = "plain"
    capabilities: Capabilities = field(
        default=Capabilities(
            hears="all", pushes=True, buttons=8, edits=False, images=True, text_bytes=4096
        )
    )

    async def start(self, hear: Callable[[Event], Awaitable[object]]) -> None:
        """The trial speaks."""

    async def stop(self) -> None:
        """Nothing to let go."""

    async def send(self, out: Outgoing) -> Receipt:
        """Arrive, for good."""
        append(self.seen, {"key": out.key, "chat": out.chat.id, "text": out.text})
        return Receipt(Outcome.SENT)


def append(path: Path, document: dict[str, Any]) -> None:
    """Write one line that outlives this process."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(document, ensure_ascii=False) + "\n")


def lines(path: Path) -> list[dict[str, Any]]:
    """Return what was appended so far."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def arm(app: App, channel: Channel, step: tuple[str, str]) -> None:
    """Make this process die the first time it comes to the step with something in its hands."""
    where, when = step
    write, send = app.database.write, channel.send

    async def deadly_write(change: Callable[[Session], Any]) -> Any:
        named = change.func if isinstance(change, partial) else change
        if not named.__qualname__.startswith(where):
            return await write(change)

        def changed(session: Session) -> Any:
            result = change(session)
            if when == "before" and _something(where, result):
                session.flush()
                die()
            return result

        result = await write(changed)
        if when == "after" and _something(where, result):
            die()
        return result

    async def deadly_send(out: Outgoing) -> Receipt:
        receipt = await send(out)
        if where == "send":
            die()
        return receipt

    app.database.write = deadly_write  # type: ignore[method-assign]  # this process is to die
    channel.send = deadly_send  # type: ignore[method-assign]  # this process is to die


def _something(where: str, result: object) -> bool:
    """Whether the transaction had anything to do; receipts are written only for sendings."""
    done = result.messages if isinstance(result, Claim) else result
    return where == "Outlet._record" or (any(done) if isinstance(done, list) else bool(done))


async def trial(folder: Path, name: str, number: int, step: tuple[str, str] | None) -> None:
    """Deliver what is not acknowledged yet and one new report; die at the step, or finish."""
    settings, _ = read_settings(folder)
    if settings is None:
        raise ValueError(folder)
    channel: Channel = WebChannel() if name == "web" else Plain(folder / "seen")
    clock = SystemClock()
    url = settings.database.address(folder)
    base = Base(folder, settings, clock, random.SystemRandom(), url)
    app = App(base, (channel,))
    if isinstance(channel, WebChannel):
        channel.attach(app.database, clock, app.rules.bot_name)
    await app.open()
    await stock(app)
    if step is not None:
        arm(app, channel, step)
    await app.start()
    acked = {line["event"] for line in lines(folder / "acked")}
    for spoken in range(1, number + 1):
        if f"e{spoken}" not in acked:
            await say(app, folder, name, spoken)
    await app.act(f"broadcast:{number}", lambda work: broadcast(work, name, number))
    await rest(app)
    await app.stop()


async def say(app: App, folder: Path, name: str, number: int) -> None:
    """Report something of its own building, and write down that it was acknowledged."""
    event = Event(
        channel=name,
        event_id=f"e{number}",
        chat=ChatRef(name, GROUP),
        sender="li",
        at=app.clock.now(),
        text=f"{number}栋1单元水管爆了",
        addressed=True,
    )
    await app.hear(event)
    append(folder / "acked", {"event": event.event_id})


def broadcast(work: Work, name: str, number: int) -> None:
    """Tell the group something that must never be repeated."""
    tell_chat(work, ChatRef(name, GROUP), f"广播第 {number} 次。")


async def rest(app: App) -> None:
    """Wait until nothing is left to handle or to send."""
    while await app.look(_waiting):  # noqa: ASYNC110 -- the database is looked at, not an event.
        await asyncio.sleep(0.02)


def _waiting(session: Session) -> int:
    unsent = OutboxRow.state.in_(("pending", "sending"))
    received = select(func.count()).select_from(InboxRow).where(InboxRow.state == "new")
    queued = select(func.count()).select_from(OutboxRow).where(unsent)
    return (session.scalar(received) or 0) + (session.scalar(queued) or 0)


def play(folder: Path, name: str) -> None:
    """Let a process die at each step, several times; then one that finishes."""
    read_intent("1栋1单元水管爆了")  # the word lists are read once, before the twins are made
    steps = [step for step in STEPS for _ in range(TRIALS)]
    for number, step in enumerate([*steps, None], 1):
        ended = _in_a_process(folder, name, number, step)
        expected = KILLED if step else 0
        if ended != expected:
            sys.exit(f"{step}: ended with {ended}")


def _in_a_process(folder: Path, name: str, number: int, step: tuple[str, str] | None) -> int:
    process = os.fork()  # a twin of this one, so that nothing is imported a second time
    if process == 0:
        signal.alarm(PATIENCE)
        try:
            asyncio.run(trial(folder, name, number, step))
        except BaseException:  # noqa: BLE001 -- the child must never run on as its parent.
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    play(Path(sys.argv[1]), sys.argv[2])
