"""少发点, 多发点: a person's own word acts, a leader's acts for the group, members' are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.actions.notices.paces import LESS, paces, wishes
from knowledge.community.notices.budget import Budget, slot_at
from knowledge.community.notices.manners import Manners
from knowledge.store.rows.notices import PaceRow
from tests.world import GROUP, MORNING, open_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.world import World


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    async with open_world(tmp_path, database_url) as found:
        yield found


async def test_ones_own_word_goes_one_step_and_back(world: World) -> None:
    zhou = world["周爹爹"]
    await zhou.says("少发点")
    assert "一周最多 1 条" in zhou.hears("以后少发")
    assert await world.looks(paces) == {"replay:@zhou": -1}
    await zhou.says("多发点")
    zhou.hears("照平常发，一周最多 2 条")
    await zhou.says("多发点")
    zhou.hears("一周最多 3 条")


async def test_a_leader_decides_for_the_group_and_members_only_wish(world: World) -> None:
    for called in ("刘姐", "刘姐", "周爹爹"):
        await world[called].says("少发点", GROUP)
        assert world.news == []
    assert await world.looks(paces) == {}
    await world["陈叔"].says("提醒少发点", GROUP)
    assert world.said_in(GROUP) == []
    assert [out.chat.id for out in world.news] == ["@zheng"]
    assert "3 个人说提醒要“少发点”" in world.news[0].text
    assert await world.looks(lambda session: wishes(session, "replay", GROUP, LESS)) == 3

    await world["郑哥"].says("少发点", GROUP)
    world["郑哥"].reads("这个群的提醒以后少发，一周最多 1 条")
    assert await world.looks(paces) == {f"replay:{GROUP}": -1}
    assert await world.looks(lambda session: wishes(session, "replay", GROUP, LESS)) == 0
    await world["肖姐"].says("多发点", GROUP)  # 邻长 of another estate: a member like all others
    assert await world.looks(paces) == {f"replay:{GROUP}": -1}


async def test_erasing_takes_the_wish_along(world: World) -> None:
    await world["刘姐"].says("少发点", GROUP)
    await world["刘姐"].says("删除我的数据")
    await world["刘姐"].says("1")
    assert await world.looks(lambda session: session.scalars(select(PaceRow)).all()) == []


def test_a_chats_week_has_room_for_half_as_many_or_one_more() -> None:
    budget = Budget(Manners(per_day=9, per_theme_week=9, paces={"a": -1, "b": 1}))
    room = {}
    for chat in ("a", "b", "c"):
        room[chat] = 0
        while not budget.refusal(chat, slot_at(MORNING), "消防"):
            budget.spend(chat, slot_at(MORNING), "消防")
            room[chat] += 1
    assert room == {"a": 1, "b": 3, "c": 2}
