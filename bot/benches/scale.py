"""One, two and four workers of one service on PostgreSQL, and what limits them on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.benches import postgres
from bot.benches.report import BUILDINGS, FIRST, MATTERS, build
from bot.benches.stage import MONDAY
from bot.benches.talk import question
from bot.pack import copy_pack
from handlers.messages import Event, direct
from knowledge.store import inbox, migrate
from knowledge.store.bell import INBOX, ring
from knowledge.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

SIZES = (1, 2, 4)
CHATS, EACH = 64, 15
REPORTS_OF_TEN = 3
"""Of what passes the gate: 7 % questions to 3 % reports (CONTRACT §9, `road`)."""
LOOK = 0.02
ENOUGH = 1.7
"""What two workers must reach of one, where the database has a core of its own."""
NEEDED = 3
"""Cores: one for each of two workers and one for the database."""
TOO_FEW = (
    "这台机器只有 {cores} 个核：两个办理进程和数据库要 {needed} 个，"
    "这里看不出 {enough} 倍；量到的 {times} 倍是分着用核的结果。"
)


def measure() -> dict[str, Any]:
    """Return messages handled in one second, durably, by so many worker processes.

    `busy` is the share of all cores that workers and database took: near 1 the machine is the
    limit. `goal` says whether two workers reach their share, or why that cannot be seen here.
    """
    if not postgres.is_here():
        return {"left_out": postgres.MISSING}
    with (
        tempfile.TemporaryDirectory(prefix="linli-scale-") as scratch,
        postgres.served() as server,
    ):
        turns = {size: _measure(server, Path(scratch), size) for size in SIZES}
    one = turns[1]["per_second"]
    times = {f"times_{size}": round(turns[size]["per_second"] / one, 2) for size in SIZES[1:]}
    return {
        **{f"workers_{size}": figures for size, figures in turns.items()},
        **times,
        "cores": os.cpu_count() or 1,
        "load_of_others": round(os.getloadavg()[0], 1),
        "goal": verdict(times["times_2"], os.cpu_count() or 1),
    }


def verdict(times: float, cores: int) -> str:
    """Say whether two workers do enough more than one, or why this machine cannot show it."""
    if times < ENOUGH and cores < NEEDED:
        return TOO_FEW.format(cores=cores, needed=NEEDED, enough=ENOUGH, times=times)
    reached = "到了" if times >= ENOUGH else "没到"
    return f"两个办理进程是一个的 {times} 倍，要 {ENOUGH} 倍：{reached}。"


def _measure(server: Any, scratch: Path, size: int) -> dict[str, Any]:
    folder = scratch / f"data{size}"
    copy_pack(folder)
    build(folder)
    url = postgres.new_database(server, f"scale{size}")
    migrate.upgrade(url)
    database = Database(url)
    with _workers(folder, url, size) as workers:
        _round(database, "early", size)  # what is loaded once is loaded
        ours, theirs = _cpu(workers), _cpu(_children(server.get_pid()))
        seconds = _round(database, "then", EACH)
        ours, theirs = _cpu(workers) - ours, _cpu(_children(server.get_pid())) - theirs
    database.close()
    return {
        "per_second": round(CHATS * EACH / seconds),
        "worker_cpu_ms": round(1000 * ours / (CHATS * EACH), 2),
        "database_cpu_ms": round(1000 * theirs / (CHATS * EACH), 2),
        "busy": round((ours + theirs) / seconds / (os.cpu_count() or 1), 2),
    }


def _round(database: Database, name: str, each: int) -> float:
    """Let so many messages arrive in each chat at once; return the seconds until all is handled."""
    with database.transaction() as session:
        _arrive(session, name, each)
    begun = time.perf_counter()
    while True:
        with database.view() as session:
            if not inbox.any_waiting(session):
                return time.perf_counter() - begun
        time.sleep(LOOK)


def _arrive(session: Session, name: str, each: int) -> None:
    arrivals = []
    for number in range(CHATS * each):
        who, turn = f"guest{number % CHATS}", number // CHATS
        chat = direct("web", who)
        event = Event("web", f"{name}-{number}", chat, who, MONDAY, text=_words(number, turn))
        arrivals.append(inbox.Arrival(("web", event.event_id), chat.id, event.as_payload()))
    inbox.store_all(session, arrivals, MONDAY)
    ring(session, INBOX)


def _words(number: int, turn: int) -> str:
    if number % 10 >= REPORTS_OF_TEN:
        return question(number)
    building, unit = FIRST + (number + turn * CHATS // 2) % BUILDINGS, turn % 2 + 1
    return f"桂花园{building}栋{unit}单元{MATTERS[turn % len(MATTERS)]}"


@contextmanager
def _workers(folder: Path, url: str, size: int) -> Iterator[list[int]]:
    command = (sys.executable, "-m", "bot", "--data", str(folder), "run", "--role", "worker")
    processes = [
        subprocess.Popen(  # noqa: S603 -- our own program.
            command,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"LINLI_DATABASE__URL": url},
        )
        for _ in range(size)
    ]
    try:
        for process in processes:
            if process.stdout is not None:
                process.stdout.readline()  # it says that it has started
        yield [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
            process.communicate()


def _children(parent: int) -> list[int]:
    """Return the processes that a process has started (Linux)."""
    found = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(pid) for pid in found.read_text(encoding="ascii").split()] if found.exists() else []


def _cpu(processes: list[int]) -> float:
    """Return the CPU seconds that living processes have taken (Linux; 0 elsewhere)."""
    ticks = 0
    for pid in processes:
        status = Path(f"/proc/{pid}/stat")
        if status.exists():
            ticks += sum(
                map(int, status.read_text(encoding="utf-8").rpartition(")")[2].split()[11:13])
            )
    return ticks / os.sysconf("SC_CLK_TCK")
