"""Several processes of one service on a real PostgreSQL, killed and started again."""

from __future__ import annotations

import asyncio
import multiprocessing
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from knowledge.community.days.zone import ZONE
from tests.chaos.served import serve

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess
    from pathlib import Path

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([serve.__module__])


@dataclass
class Fleet:
    """The processes by name, such as `worker2`."""

    folder: Path
    running: dict[str, ForkServerProcess] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    port: int = 0
    """Where pages are served; 0 = anywhere."""

    def now(self) -> datetime:
        """What the clocks show."""
        return datetime.now(ZONE)  # noqa: TID251 -- real processes.

    async def start(self, *names: str, after: timedelta = timedelta()) -> None:
        """Start processes and wait until each says that it has; their clocks stand `after` later."""
        await asyncio.gather(*(self._start(name, after) for name in names))

    async def _start(self, name: str, after: timedelta) -> None:
        role = name.rstrip("0123456789")
        now = ["--now", (self.now() + after).isoformat()] if after else []
        arguments = ["--data", str(self.folder), *now, "run", "--role", role]
        arguments += ["--port", str(self.port)]
        heard = self.folder / f"{name}.out"
        heard.write_text("", encoding="utf-8")
        process = FORKS.Process(
            target=serve, args=(arguments, heard, self.folder / f"{name}.log"), daemon=True
        )
        process.start()
        self.running[name] = process
        while "\n" not in (greeting := heard.read_text(encoding="utf-8")):
            assert process.is_alive(), self.said(name)
            await asyncio.sleep(0.05)
        if found := re.search(r"http://[\d.]+:\d+", greeting):
            self.addresses[name] = found[0]

    def fails(self, name: str) -> bool:
        """Whether a process has ever shown a traceback, or logged one."""
        said = self.said(name)
        return "Traceback" in said or '"exception":' in said

    def said(self, name: str) -> str:
        """What a process has written on stderr."""
        log = self.folder / f"{name}.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    async def kill(self, name: str) -> None:
        """End one at once, as `kill -9` does."""
        process = self.running.pop(name)
        self.addresses.pop(name, None)
        process.kill()
        await asyncio.to_thread(process.join)

    async def end(self, *names: str) -> dict[str, float]:
        """Tell processes to stop; return after how many seconds each had."""
        loop = asyncio.get_running_loop()
        began = loop.time()

        async def ended(name: str) -> float:
            process = self.running.pop(name)
            process.terminate()
            await asyncio.to_thread(process.join)
            assert process.exitcode == 0, self.said(name)
            return loop.time() - began

        return dict(zip(names, await asyncio.gather(*map(ended, names)), strict=True))

    async def bury(self) -> None:
        """Leave nothing running."""
        for name in list(self.running):
            await self.kill(name)
