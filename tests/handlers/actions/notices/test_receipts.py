"""收到: counted silently, once a household, told as one number; the list goes to the leader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from handlers.actions.notices.receipts import household
from knowledge.community.roster.people import Grant, Person, Role
from knowledge.store.rows.notices import ReceiptRow
from tests.world import GROUP, open_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.world import World


@pytest.fixture
async def noticed(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    """The world a moment after the fire notice of 12-01 09:00."""
    async with open_world(tmp_path, database_url) as world:
        await world.passes(days=8)
        assert "消防提醒" in world.said_in(GROUP)[0]
        yield world


async def test_each_person_counts_once_and_nobody_is_answered(noticed: World) -> None:
    for called in ("周爹爹", "周爹爹", "刘姐"):
        await noticed[called].says("收到", GROUP)
        assert noticed.news == []

    counted = await noticed.looks(
        lambda session: session.scalar(select(func.count()).select_from(ReceiptRow))
    )
    assert counted == 2


async def test_a_received_elsewhere_or_days_later_is_not_counted(noticed: World) -> None:
    await noticed["周爹爹"].says("收到", "g-xy")
    await noticed.passes(days=7)
    await noticed["周爹爹"].says("收到", GROUP)

    assert await noticed.looks(lambda session: session.scalars(select(ReceiptRow)).all()) == []


async def test_strangers_count_too(noticed: World) -> None:
    await noticed.stranger("guest").says("收到", GROUP)
    await noticed["周爹爹"].says("收到", GROUP)
    await noticed.passes(minutes=90)

    assert "今天已有 2 户回“收到”" in noticed.said_in(GROUP)[0]


async def test_the_number_is_told_once_and_names_go_to_the_leader_only(noticed: World) -> None:
    await noticed["周爹爹"].says("收到", GROUP)

    await noticed.passes(minutes=90)
    assert noticed.said_in(GROUP) == ["消防提醒：今天已有 1 户回“收到”，谢谢大家！"]
    listed = noticed["张师傅"].hears("还有", "名单")
    assert "周爹爹" not in listed
    names = listed.partition("名单：")[2].split("、")
    assert {name[-2:] for name in names[:2]} == {"娭毑", "马叔"}  # 独居, as they have agreed to
    await noticed.passes(days=2)
    assert not any("收到" in text and "已有" in text for text in noticed.said_in(GROUP))


async def test_when_nobody_answers_the_group_hears_no_zero(noticed: World) -> None:
    await noticed.passes(minutes=90)

    assert noticed.said_in(GROUP) == []
    noticed["张师傅"].hears("还有")


def test_a_household_is_a_unit_and_a_door() -> None:
    def lives(who: str, door: str) -> Person:
        return Person(who, who, door=door, grants=(Grant(Role.RESIDENT, ("hy-3-1",)),))

    assert household(lives("a", "301")) == household(lives("b", "301")) == ("hy-3-1", "301")
    assert household(lives("a", "")) != household(lives("b", ""))
