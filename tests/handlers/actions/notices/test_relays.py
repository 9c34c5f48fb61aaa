"""Passing on: each level once, nobody but its keeper confirms, a missing keeper stops nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.actions.notices.sending import send_now
from handlers.actions.people.rostering import import_folder
from knowledge.store.rows.notices import RelayRow
from tests.world import GROUP, open_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from tests.world import World

NOTICE = """## 安检
编号：check
主题：社区
触发：2030-01-01 9:00
受众：全部
传达：逐级
来源：社区
核对：2026-11-22

【短】下周燃气安检。
"""


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    async with open_world(tmp_path, database_url) as found:
        (found.app.folder / "notices" / "check.md").write_text(NOTICE, "utf-8")
        await found.app.refresh()
        yield found


async def begin(world: World) -> None:
    def deed(work: Work) -> int:
        notice = next(one for one in world.app.papers.notices if one.id == "check")
        return send_now(work, notice)

    world.news.clear()
    await world.app.act("begin", deed)
    await world.app.settle()


def states(session: Session) -> dict[str, str]:
    return {row.place_id: row.state for row in session.scalars(select(RelayRow))}


async def test_a_level_begins_once_and_only_its_keeper_confirms(world: World) -> None:
    await begin(world)
    await begin(world)
    world["王主任"].hears_nothing()
    await world["王主任"].says("1")
    assert await world.looks(states) == {"ym": "waiting"}
    await world["唐主任"].says("1")
    assert await world.looks(states) == {"ym": "confirmed", "hz": "waiting"}
    await world["唐主任"].says("1")
    assert await world.looks(states) == {"ym": "confirmed", "hz": "waiting"}
    assert world.said_in(GROUP) == []


async def test_a_level_without_anybody_is_passed_over(world: World) -> None:
    people = world.app.folder / "roster" / "people.csv"
    rows = people.read_text("utf-8").splitlines(keepends=True)
    people.write_text("".join(row for row in rows if not row.startswith("wang,")), "utf-8")
    await world.app.act("import", lambda work: import_folder(work, people.parent))
    await world.app.refresh()

    await begin(world)
    await world["唐主任"].says("1")

    assert (await world.looks(states))["hz"] == "passed"
    world["郑哥"].hears("请传达到 和园小区、杏园小区")


async def test_silence_holds_nobody_up_and_nobody_is_asked_more_than_three_times(
    world: World,
) -> None:
    await begin(world)
    asked = 0
    for _ in range(6):
        await world.passes(hours=2)
        asked += sum("逐级传达·再提醒" in text for text in world.said_in("@tang"))
    assert asked == 2
    assert (await world.looks(states))["ym"] == "passed"
    heard = []
    for _ in range(3):
        await world.passes(days=1)
        heard += world.said_in(GROUP)
    assert [text for text in heard if "燃气安检" in text] != []
    assert set((await world.looks(states)).values()) == {"passed"}
