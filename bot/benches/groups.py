"""Sixty-four groups that talk at the same time: mostly chatter, some questions, a few reports."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from bot.benches.machine import percentile
from bot.benches.stage import MONDAY, Silent, running_app
from bot.benches.talk import QUESTIONS, chatter, question
from handlers.messages import ChatRef, Event
from knowledge.store.rows.roster import ChatRow
from knowledge.store.stamps import touch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from sqlalchemy.orm import Session

    from bot.app import App
    from handlers.messages import Outgoing, Receipt

    Say = Callable[[str, int, str], Awaitable[None]]

CHATS = 64
EACH = 100
SHARES = {"chatter": 90, "question": 7, "report": 3}
"""Of a hundred messages of a group."""
WARMING = 3_000
"""Messages of chatter before."""
PACED = 30
"""Messages of a group at a given pace."""
CALLED = "小助手 "
AT_ONCE = ("水管爆了往楼下灌", "下水道堵了冒出来", "井盖没了")
"""Logged at once: each only once for a building, the second would only be counted."""
ASKED_FIRST = ("楼道灯坏了", "门禁坏了", "电梯坏了", "垃圾没人收", "楼道堆满了杂物", "楼上半夜太吵")
"""Answered by a draft that its sender confirms."""
UNITS = tuple(f"{building}栋{unit}单元" for building in range(1, 8) for unit in (1, 2))
ELSEWHERE = ("电机厂宿舍1栋1单元", "东苑小区1栋1单元")
"""Places of which no report of the run speaks."""
PATIENCE = 60.0
"""Seconds after which a reply counts as lost."""


@dataclass(slots=True)
class Turn:
    """One run: seconds of every message until it was done with, and of the whole."""

    spent: list[float] = field(default_factory=list)
    seconds: float = 0.0
    worked: float = 0.0
    """Processor seconds."""

    @property
    def cpu_us(self) -> float:
        """Processor microseconds for a message."""
        return self.worked / len(self.spent) * 1e6

    @property
    def per_second(self) -> float:
        """Messages a second."""
        return len(self.spent) / self.seconds

    @property
    def p99_ms(self) -> float:
        """Milliseconds within which 99 of 100 messages were done with."""
        return percentile(self.spent, 0.99) * 1000


class Replying(Silent):
    """Tells who waits for a reply in a chat that it has come."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[str, asyncio.Event] = {}

    def replied(self, chat: str) -> asyncio.Event:
        """Return what will be set by the next message to the chat."""
        self._waiting[chat] = asyncio.Event()
        return self._waiting[chat]

    async def send(self, out: Outgoing) -> Receipt:
        """Take it, and wake who waits for it."""
        if waiting := self._waiting.get(out.chat.id):
            waiting.set()
        return await super().send(out)


async def warm_up(say: Say) -> None:
    """Talk a while, then say each question and each matter, one by one and all at once, in a group each.

    What is compiled or read on first need, for one message or for a batch, is there by then.
    """
    for number in range(CHATS):
        _words(number)
    first = CHATS * EACH
    for number, text in enumerate(_talk()[-WARMING:], first):
        await say("g-road-0", number, text)
    first += WARMING
    alone, together = map(_of_every_kind, ELSEWHERE)
    for number, text in enumerate(alone, first):
        await say("g-road-0", number, text)
    first += len(alone)
    both = enumerate(together)
    await asyncio.gather(*(say(f"g-road-{n}", first + n, text) for n, text in both))


async def talk(say: Say, turn: Turn) -> None:
    """Let all groups talk at the same time, and note what it took."""
    begun, worked = time.perf_counter(), time.process_time()
    await asyncio.gather(*(_chat(say, n, turn) for n in range(CHATS)))
    turn.seconds = time.perf_counter() - begun
    turn.worked = time.process_time() - worked


async def talk_at(say: Say, turn: Turn, per_second: float) -> None:
    """Let the groups say the same at a given pace, and note what each message took.

    Seconds count from when it was to be said, so that nobody gains by listening late.
    """
    begun, worked = time.perf_counter(), time.process_time()
    pause = CHATS / per_second
    await asyncio.gather(*(_paced_chat(say, n, turn, begun, pause) for n in range(CHATS)))
    turn.seconds = time.perf_counter() - begun
    turn.worked = time.process_time() - worked


def _report(n: int) -> str:
    """A report by number: the first ones are logged at once, the later ones are asked about."""
    floor, place = divmod(n, len(UNITS))
    matter = AT_ONCE[floor] if floor < len(AT_ONCE) else ASKED_FIRST[n % len(ASKED_FIRST)]
    return f"{CALLED}{UNITS[place]}{matter}"


def _of_every_kind(place: str) -> tuple[str, ...]:
    asked = (CALLED + one for one in QUESTIONS)
    return (*asked, *(f"{CALLED}{place}{matter}" for matter in (*AT_ONCE, *ASKED_FIRST)))


async def _chat(say: Say, number: int, turn: Turn) -> None:
    """One group says one thing after the other."""
    for n, text in enumerate(_words(number)):
        await asyncio.sleep(0)  # every message arrives by itself
        begun = time.perf_counter()
        await say(f"g-road-{number}", number * EACH + n, text)
        turn.spent.append(time.perf_counter() - begun)


async def _paced_chat(say: Say, number: int, turn: Turn, begun: float, pause: float) -> None:
    """One group says something about once in a pause, in its order, at moments of chance."""
    chance = random.Random(number)  # noqa: S311 -- the same moments every time.
    for n, text in enumerate(_words(number)[:PACED]):
        planned = begun + (n + chance.random()) * pause
        await asyncio.sleep(max(0, planned - time.perf_counter()))
        await say(f"g-road-{number}", number * EACH + n, text)
        turn.spent.append(time.perf_counter() - planned)


@cache
def _words(number: int) -> list[str]:
    """All that one group says; thought of before anybody speaks."""
    chance = random.Random(number)  # noqa: S311 -- the same talk every time.
    kinds = [kind for kind, share in SHARES.items() for _ in range(share * EACH // 100)]
    chance.shuffle(kinds)
    questions = itertools.count(number * SHARES["question"])
    reports = itertools.count(number, CHATS)
    talk = _talk()[number * EACH : (number + 1) * EACH]
    words = []
    for text, kind in zip(talk, kinds, strict=True):
        if kind == "question":
            words.append(CALLED + question(next(questions)))
        else:
            words.append(_report(next(reports)) if kind == "report" else text)
    return words


@cache
def _talk() -> list[str]:
    return chatter(random.Random(1))  # noqa: S311 -- the same talk every time.


@asynccontextmanager
async def neighbourhood() -> AsyncIterator[tuple[App, Say]]:
    """Yield the real application with its talking groups, and what says something in one."""
    channel = Replying()
    async with running_app(channel) as app:
        await app.database.write(_add_groups)
        await app.refresh()

        async def say(chat: str, number: int, text: str) -> None:
            called = text.startswith(CALLED)
            reply = channel.replied(chat)
            who = f"guest-{number}"
            await app.hear(
                Event(
                    "web",
                    f"e{number}",
                    ChatRef("web", chat),
                    who,
                    MONDAY,
                    text=text,
                    addressed=called,
                )
            )
            if called:
                await asyncio.wait_for(reply.wait(), PATIENCE)

        yield app, say


def _add_groups(session: Session) -> None:
    session.add_all(
        ChatRow(channel="web", chat_id=f"g-road-{n}", name=f"群{n}", scope="gh", mode="仅@")
        for n in range(CHATS)
    )
    touch(session, "roster")
