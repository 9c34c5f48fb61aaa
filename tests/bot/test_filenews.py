"""What is new in the files is written down and told, also where the database was away meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import TimeoutError as NoConnection

from bot.filenews import FileNews
from knowledge.store.changes import newest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from handlers.work import Work
    from tests.world import World

HOURS = "8:30–17:30"


class Away:
    """A way to the database that fails once for a cause, as soon as it may."""

    def __init__(self, world: World, cause: str, fault: Exception | None = None) -> None:
        self._world, self._cause, self._failed = world, cause, False
        self._fault = fault or NoConnection(cause)
        self.reached, self.let_go = asyncio.Event(), asyncio.Event()
        self.tried = 0

    async def act(self, cause: str, deed: Callable[[Work], object]) -> object:
        self.tried += cause == self._cause
        if cause == self._cause and not self._failed:
            self._failed = True
            self.reached.set()
            await self.let_go.wait()
            raise self._fault
        return await self._world.app.act(cause, deed)


def save(world: World, old: str, new: str) -> None:
    path = world.app.folder / "faq" / "hours.md"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    world.app.papers.refresh()


async def test_a_change_that_could_not_be_noted_is_noted_by_the_next_who_comes_and_waits(
    world: World, tmp_path: Path
) -> None:
    away = Away(world, "files")
    news = FileNews(world.app.papers, tmp_path, away.act)
    save(world, HOURS, "9:00–17:00")
    first = asyncio.create_task(news.tell())
    await away.reached.wait()
    second = asyncio.create_task(news.tell())
    for _ in range(5):  # turns of the loop: enough to come as far as the first, were it let
        await asyncio.sleep(0)
    assert (away.tried, second.done()) == (1, False)

    away.let_go.set()
    with pytest.raises(NoConnection, match="files"):
        await first
    await second
    noted = (await world.app.look(newest)).values()
    assert [row.how for row in noted if "9:00–17:00" in row.text] == ["file"]


async def test_an_error_that_could_not_be_told_is_told_by_the_next_heartbeat_and_only_once(
    world: World, tmp_path: Path
) -> None:
    away = Away(world, "papers")
    away.let_go.set()
    news = FileNews(world.app.papers, tmp_path, away.act)
    save(world, "核对：", "核队：")
    with pytest.raises(NoConnection, match="papers"):
        await news.tell()
    world.news.clear()
    for teller in (news, news, FileNews(world.app.papers, tmp_path, away.act)):
        await teller.tell()
        await world.app.settle()
    assert len([out for out in world.news if "hours.md" in out.text]) == 1


async def told(world: World, news: FileNews) -> int:
    """How many of the administrators' messages name the file now."""
    world.news.clear()
    await news.tell()
    await world.app.settle()
    return len([out for out in world.news if "hours.md" in out.text])


async def test_an_error_that_comes_back_is_told_again_also_after_a_start_without_it(
    world: World, tmp_path: Path
) -> None:
    save(world, "核对：", "核队：")
    assert await told(world, FileNews(world.app.papers, tmp_path, world.app.act)) == 1

    save(world, "核队：", "核对：")
    started_anew = FileNews(world.app.papers, tmp_path, world.app.act)
    assert await told(world, started_anew) == 0
    save(world, "核对：", "核队：")
    assert await told(world, started_anew) == 1


async def test_where_nothing_can_be_kept_an_error_is_told_once_and_the_clock_goes_on(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("in the way of the folder", "utf-8")
    news = FileNews(world.app.papers, tmp_path, world.app.act)
    save(world, "核对：", "核队：")
    assert [await told(world, news) for _ in range(3)] == [1, 0, 0]


async def test_what_would_fail_every_time_is_tried_once_and_the_clock_goes_on(
    world: World, tmp_path: Path
) -> None:
    away = Away(world, "files", fault=LookupError("a row that nobody foresaw"))
    away.let_go.set()
    news = FileNews(world.app.papers, tmp_path, away.act)
    save(world, HOURS, "9:00–17:00")
    for _ in range(3):
        await news.tell()
    assert away.tried == 1


async def test_an_error_that_nobody_could_be_told_of_is_told_after_the_next_start(
    world: World, tmp_path: Path
) -> None:
    away = Away(world, "papers", fault=LookupError("a row that nobody foresaw"))
    away.let_go.set()
    save(world, "核对：", "核队：")
    assert await told(world, FileNews(world.app.papers, tmp_path, away.act)) == 0
    assert await told(world, FileNews(world.app.papers, tmp_path, away.act)) == 1
